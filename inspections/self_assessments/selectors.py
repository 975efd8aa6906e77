"""Queries and calculations over self-assessments for their pages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from inspections.question_sets.answers import asked_questions, grade_asked
from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.grading import Result
from inspections.question_sets.models import Question, QuestionSetVersion, Standard
from inspections.question_sets.selectors import questions_of, standards_of
from inspections.self_assessments.models import (
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    State,
)
from providers.contracts.selectors import use
from providers.directory import visibility_reasons
from providers.directory.models import Authority, Setting
from providers.people import roles
from providers.people.models import Membership, User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today

NEEDS_ACTION = (AnswerGrade.PARTLY_MET, AnswerGrade.NOT_MET)


@dataclass
class AnswerSheet:
    """A self-assessment with its questions and answers, read once for a whole page: three queries."""

    assessment: SelfAssessment
    standards: list[Standard]
    answers: dict[int, SelfAssessmentAnswer]
    asked: list[Question] = field(init=False)

    def __post_init__(self) -> None:
        self.asked = asked_questions(questions_of(self.standards), self.answers)

    def asked_in(self, standard: Standard) -> list[Question]:
        return [question for question in self.asked if question.standard_id == standard.pk]

    def unfinished(self, questions: Iterable[Question] | None = None) -> list[tuple[Question, str]]:
        """Return the asked questions that are not complete, each with what is missing."""
        found = [(one, missing_from_answer(one, self.answers.get(one.pk))) for one in questions or self.asked]
        return [(question, what) for question, what in found if what]

    def graded(self) -> tuple[dict[int, Result], Result]:
        return grade_asked(self.standards, self.asked, self.answers)


def answer_sheet(assessment: SelfAssessment, user: User | None = None) -> AnswerSheet:
    """Read a self-assessment with all its answers, or for a `user` with those they may read."""
    answers = SelfAssessmentAnswer.objects.visible_to(user) if user else SelfAssessmentAnswer.objects.all()
    answers = answers.filter(assessment=assessment)
    answers = answers.select_related("answered_by__person__details", "question")
    return AnswerSheet(
        assessment,
        standards_of(assessment.campaign.version),
        {answer.question_id: answer for answer in answers},
    )


def missing_from_answer(question: Question, answer: SelfAssessmentAnswer | None) -> str:
    """Return what the provider still has to say, or an empty string.

    A grade is a claim, so it needs evidence.
    """
    if answer is None or not answer.is_answered:
        return "No answer yet"
    if answer.grade in (AnswerGrade.MET, *NEEDS_ACTION) and not answer.narrative:
        return "Say what evidence you have"
    if answer.grade in NEEDS_ACTION and not answer.action_needed:
        return "Say what you will do about it"
    return ""


def unfinished_questions(assessment: SelfAssessment) -> list[tuple[Question, str]]:
    return answer_sheet(assessment).unfinished()


def validations_of(assessment: SelfAssessment, user: User | None = None) -> dict[int, CouncilValidation]:
    """Return the council's views by question id; for a `user`, those they may read."""
    rows = CouncilValidation.objects.visible_to(user) if user else CouncilValidation.objects.all()
    rows = rows.filter(assessment=assessment).select_related("question", "looked_at_by__person__details")
    return {row.question_id: row for row in rows}


def unreviewed_questions(
    assessment: SelfAssessment,
    sheet: AnswerSheet | None = None,
    validations: Mapping[int, CouncilValidation] | None = None,
) -> list[Question]:
    """Return asked questions whose answer the council has not reviewed, or that changed since."""
    sheet = sheet or answer_sheet(assessment)
    looked = validations_of(assessment) if validations is None else validations
    return [
        question
        for question in sheet.asked
        if question.pk in sheet.answers
        and (
            question.pk not in looked
            or looked[question.pk].answer_version != sheet.answers[question.pk].row_version
        )
    ]


@dataclass(frozen=True)
class Variance:
    """A question that both graded differently; `steps` above 0 means that the provider was kinder."""

    question: Question
    provider: str
    council: str
    steps: int
    note: str


def variances(sheet: AnswerSheet, validations: Mapping[int, CouncilValidation]) -> list[Variance]:
    """Return disagreements in the order of the questions."""
    return [
        Variance(
            question,
            str(sheet.answers[question.pk].get_grade_display()),
            str(validations[question.pk].get_council_grade_display()),
            validations[question.pk].steps_above(sheet.answers[question.pk]),
            validations[question.pk].note,
        )
        for question in sheet.asked
        if question.pk in validations and question.pk in sheet.answers and not validations[question.pk].agrees
    ]


@dataclass(frozen=True)
class ValidatedAnswer:
    """An answer after validation: as much of it as grading needs."""

    grade: str
    value: object


def validated_grades(
    sheet: AnswerSheet, validations: Mapping[int, CouncilValidation]
) -> tuple[dict[int, Result], Result]:
    """Grade with the council's own grade where it gave one, else with the provider's answer."""
    final: dict[int, ValidatedAnswer] = {}
    for pk, answer in sheet.answers.items():
        own = validations[pk].council_grade if pk in validations else ""
        final[pk] = ValidatedAnswer(own or answer.grade, None if own else answer.value)
    return grade_asked(sheet.standards, sheet.asked, final)


def settings_to_ask(user: User, version: QuestionSetVersion, on: dt.date | None = None) -> list[Any]:
    """Return open settings of the question set's types that the council hosts or places at, by name.

    Each has `obstacle`: a sentence where it cannot be included yet, else empty.
    """
    on = on or today()
    scope = scope_of(user)
    if not scope.is_council:
        return []
    codes = version.question_set.used_for.values("provision_type__code")
    hosted = Q(authority__in=Authority.objects.lineage(scope.authority_id))
    found = (
        Setting.objects.visible_to(user)
        .filter(hosted | use(on, scope.authority_id), provision_type__code__in=codes)
        .filter(Q(closed_on=None) | Q(closed_on__gt=on))
        .with_names()
        .with_owner(on)
        .order_by("working_name", "ofsted_name", "urn")
    )
    settings: list[Any] = list(found)  # rows of `with_owner`, to which `obstacle` is added
    can_answer = providers_with_people({setting.owner_id for setting in settings if setting.owner_id})
    for setting in settings:
        setting.obstacle = obstacle(setting, can_answer)
    return settings


def providers_with_people(providers: set[int]) -> set[int]:
    """Return ids of the providers at which somebody can answer today."""
    answering = [role.key for role in roles.ALL if Permission.ANSWER_FOR_PROVIDER in role.permissions]
    people = Membership.objects.in_force().filter(organisation__provider__in=providers, role__in=answering)
    return set(people.values_list("organisation__provider", flat=True))


def obstacle(setting: Any, can_answer: set[int]) -> str:
    if setting.owner_id is None:
        return "We do not know who owns it."
    if setting.owner_id not in can_answer:
        return f"Nobody at {setting.owner_name} has an account in the portal. Invite its manager first."
    return ""


COUNTED = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("overdue", "Overdue"),
    (State.SUBMITTED.value, "To validate"),
    (State.RETURNED.value, "Returned"),
    (State.VALIDATED.value, "Completed"),
    (State.NOT_RETURNED.value, "Never submitted"),
)


def progress_status(assessment: Any) -> str:
    """Return one of `COUNTED` for a row from `with_progress`; overdue comes before any other."""
    if assessment.is_overdue:
        return "overdue"
    if assessment.state == State.WITH_PROVIDER:
        return "in_progress" if assessment.answered else "not_started"
    return assessment.state


def counts(assessments: Iterable[SelfAssessment]) -> dict[str, int]:
    found = dict.fromkeys((key for key, _ in COUNTED), 0)
    for assessment in assessments:
        found[progress_status(assessment)] += 1
    return found


@visibility_reasons.register_case
def settings_that_assess_themselves(user: User) -> Q:
    return Q(pk__in=SelfAssessment.objects.visible_to(user).order_by().values("setting"))
