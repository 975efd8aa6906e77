"""The grade scale of monitoring visits and self-assessments. Proposed: facts 2.2, "Grade scale [P]"."""

from django.db import models


class AnswerGrade(models.TextChoices):
    MET = "met", "Met"
    PARTLY_MET = "partly_met", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_ASSESSED = "not_assessed", "Not assessed"


SCORES = {AnswerGrade.MET: 2, AnswerGrade.PARTLY_MET: 1, AnswerGrade.NOT_MET: 0, AnswerGrade.NOT_ASSESSED: 0}
"""What is not assessed counts as the lowest; what does not apply has no score and leaves both sums."""

BEST = max(SCORES.values())
NEEDS_REASON = (AnswerGrade.NOT_APPLICABLE, AnswerGrade.NOT_ASSESSED)
COLOURS = {
    AnswerGrade.MET: "green",
    AnswerGrade.PARTLY_MET: "amber",
    AnswerGrade.NOT_MET: "red",
    AnswerGrade.NOT_APPLICABLE: "none",
    AnswerGrade.NOT_ASSESSED: "none",
}
"""For `{% rag %}`, which draws a shape and a word beside the colour."""
