"""The newest validated self-assessment, by the day it was submitted, with the council's grades."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Max

from inspections.question_sets.answers import total_of_answers
from inspections.question_sets.models import Question
from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import GapLink, ScorecardSource
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.scoring.arithmetic import WHOLE, DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import day_words
from inspections.self_assessments.models import (
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    State,
)
from inspections.self_assessments.selectors import ValidatedAnswer
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import day_of

CODE = "self_assessment"
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No self-assessment has been validated")


@dataclass(frozen=True, slots=True)
class SelfAssessmentRow:
    """One validated self-assessment. `points` is None if no question applied."""

    raw_ref: str
    on: dt.date
    council: str
    points: int | None

    @property
    def evidence(self) -> Evidence:
        says = f"Submitted {day_words(self.on)}, validated by {self.council}"
        return Evidence("self_assessment", ref_of(self.raw_ref), says, self.on, self.council)


class SelfAssessments:
    def __init__(self, context: ScoringContext, by_setting: dict[int, list[SelfAssessmentRow]]) -> None:
        self.told, self.by_setting = context.told, by_setting

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        newest = next((one for one in self.by_setting.get(setting, ()) if one.on <= on), None)
        if newest is None:
            return NOTHING
        status = Status.NOT_COMPARABLE if newest.points is None else Status.CURRENT
        return DomainResult(CODE, status, newest.points, newest.on, *self.told(newest))


def load_self_assessments(context: ScoringContext) -> SelfAssessments:
    found = SelfAssessment.objects.filter(
        context.scope.by("visits", "campaign__council"), setting__in=context.settings, state=State.VALIDATED
    )
    if context.scope.is_provider_view:
        found = found.filter(provider__in=context.scope.providers or ())
    rows = list(
        found.annotate(submitted_at=Max("submissions__submitted_at"))
        .order_by("-submitted_at", "-pk")
        .values_list(
            "pk", "setting", raw_ref(), "submitted_at", "campaign__council__name", "campaign__version"
        )
    )
    versions = {version for *_, version in rows}
    points = dict(points_of(found.order_by(), {pk: version for pk, *_, version in rows}, versions))
    by_setting = defaultdict(list)
    for pk, setting, ref, submitted_at, council, _ in rows:
        by_setting[setting].append(SelfAssessmentRow(ref, day_of(submitted_at), council, points[pk]))
    return SelfAssessments(context, dict(by_setting))


def points_of(found, version_of: dict[int, int], versions: set[int]) -> Iterator[tuple[int, int | None]]:
    """Yield (assessment, points) of the grades after validation: the council's own if it gave one."""
    questions = defaultdict(list)
    asked = Question.objects.filter(standard__version__in=versions).select_related("standard")
    for one in asked.order_by("standard__order", "order"):
        questions[one.standard.version_id].append(one)
    own = {
        (assessment, question): grade
        for assessment, question, grade in CouncilValidation.objects.filter(assessment__in=found)
        .exclude(council_grade="")
        .values_list("assessment", "question", "council_grade")
    }
    answers: dict[int, dict[int, ValidatedAnswer]] = defaultdict(dict)
    rows = SelfAssessmentAnswer.objects.filter(assessment__in=found)
    for pk, question, grade, value in rows.values_list("assessment", "question", "grade", "value"):
        graded = own.get((pk, question))
        answers[pk][question] = ValidatedAnswer(graded or grade, None if graded else value)
    for pk, version in version_of.items():
        total = total_of_answers(questions[version], answers[pk])
        yield pk, WHOLE * total.score // total.most if total.most else None


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="self_assessment",
    load=lambda context, loaded: load_self_assessments(context),
    table=SelfAssessment,
    author=F("validated_by"),
    page="self_assessment",
    gap="This will be scored when the council has validated a self-assessment.",
    gap_link=GapLink("Open a campaign", "choose_question_set", Permission.MANAGE_CAMPAIGNS),
)
