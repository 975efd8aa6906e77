"""The grade scale of monitoring visits and self-assessments. Proposed: facts 2.2, "Grade scale [P]"."""

from django.db import models


class Grade(models.TextChoices):
    MET = "met", "Met"
    PARTLY_MET = "partly_met", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_ASSESSED = "not_assessed", "Not assessed"


SCORES = {Grade.MET: 2, Grade.PARTLY_MET: 1, Grade.NOT_MET: 0, Grade.NOT_ASSESSED: 0}
"""What is not assessed counts as the lowest; what does not apply has no score and leaves both sums."""

BEST = max(SCORES.values())
NEEDS_REASON = (Grade.NOT_APPLICABLE, Grade.NOT_ASSESSED)
COLOURS = {
    Grade.MET: "green",
    Grade.PARTLY_MET: "amber",
    Grade.NOT_MET: "red",
    Grade.NOT_APPLICABLE: "none",
    Grade.NOT_ASSESSED: "none",
}
"""For `{% rag %}`, which draws a shape and a word beside the colour."""
