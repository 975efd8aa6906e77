"""Services that change campaigns and self-assessments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.question_sets.answers import answer_text, check_answer, is_empty
from inspections.question_sets.grades import SCORES, AnswerGrade
from inspections.question_sets.models import Question, QuestionSetVersion
from inspections.self_assessments.models import (
    Campaign,
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    State,
    Submission,
)
from inspections.self_assessments.rules import (
    check_all_can_be_asked,
    check_can_answer,
    check_can_open,
    check_can_return,
    check_can_review,
    check_can_submit,
    check_can_validate,
    check_dates,
    check_move,
    check_name_is_new,
)
from inspections.self_assessments.selectors import answer_sheet, settings_to_ask
from providers.directory.models import Setting
from providers.people.models import User
from providers.people.rules import own_membership, own_organisation
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused

COLUMNS = ("grade", "value", "reason", "narrative", "good_practice", "action_needed")


@transaction.atomic
def open_campaign(
    *,
    by: User,
    name: str,
    version: QuestionSetVersion,
    opens_on: dt.date,
    due_on: dt.date,
    validation_due_on: dt.date,
    settings: Iterable[Setting],
) -> Campaign:
    """Open a campaign with a self-assessment for each setting. Providers see it from `opens_on`."""
    check_can_open(by)
    check_dates(opens_on, due_on, validation_due_on)
    check_name_is_new(by, name)
    if not version.published_at:
        raise Refused("This version of the question set is a draft. Publish it first.")
    chosen = list(settings)
    if not chosen:
        raise Refused("Choose at least one setting.")
    allowed = settings_to_ask(by, version)
    check_all_can_be_asked(chosen, allowed)
    campaign = Campaign.objects.create(
        council=own_organisation(by),
        name=name,
        version=version,
        opens_on=opens_on,
        due_on=due_on,
        validation_due_on=validation_due_on,
        opened_by=own_membership(by),
    )
    owners = {setting.pk: setting.owner_id for setting in allowed}
    SelfAssessment.objects.audited_create(
        [
            SelfAssessment(campaign=campaign, setting=setting, provider_id=owners[setting.pk], due_on=due_on)
            for setting in chosen
        ]
    )
    return campaign


@dataclass(frozen=True)
class TypedAnswer:
    """One question as a page sends it: `data` for `check_answer`, and the version that the page showed."""

    question: Question
    data: Mapping
    row_version: int


class AnswersChanged(Conflict):
    """Raised when somebody else answered the same questions meanwhile; nothing was saved.

    `theirs` maps the question's id to the current answer.
    """

    def __init__(self, theirs: dict[int, SelfAssessmentAnswer]) -> None:
        told = "; ".join(
            f"{answer.question.code}: {answer_text(answer.question, answer) or 'no answer'}"
            f" by {answer.answered_by.person}"
            for answer in theirs.values()
        )
        super().__init__(
            f"Someone else has answered these questions since you opened the page: {told}. Nothing was saved."
        )
        self.theirs = theirs


@transaction.atomic
def save_answers(*, by: User, assessment: SelfAssessment, typed: Iterable[TypedAnswer]) -> int:
    """Save the answers of one section, all or none. Return how many changed.

    A value that comes back as the page showed it is not an edit: it overwrites nothing and conflicts with
    nobody. Raise AnswersChanged on a conflict, WrongAnswer for an answer that cannot be taken.
    """
    assessment = _locked(assessment)
    check_can_answer(by, assessment)
    asked = set(
        Question.objects.filter(standard__version=assessment.campaign.version_id).values_list("pk", flat=True)
    )
    standing = {
        answer.question_id: answer
        for answer in assessment.answers.select_related("question", "answered_by__person__details")
    }
    changed, theirs = [], {}
    for one in typed:
        if one.question.pk not in asked:
            raise Refused("This question is not part of this campaign.")
        cleaned = check_answer(one.question, one.data)
        answer = standing.get(one.question.pk)
        if answer is None and is_empty(cleaned):
            continue
        if answer is not None and columns_of(answer) == cleaned:
            continue
        if (answer.row_version if answer else 0) == one.row_version:
            changed.append((one.question, answer, cleaned))
        elif answer is not None and not _is_untouched(answer, one.row_version, cleaned):
            theirs[one.question.pk] = answer
    if theirs:
        raise AnswersChanged(theirs)
    for question, answer, cleaned in changed:
        row = answer or SelfAssessmentAnswer(assessment=assessment, question=question)
        for name, value in cleaned.items():
            setattr(row, name, value)
        row.answered_by, row.answered_on = own_membership(by), today()
        row.save()
    return len(changed)


def columns_of(answer: Any) -> dict:
    return {name: getattr(answer, name) for name in COLUMNS}


def _is_untouched(answer: SelfAssessmentAnswer, row_version: int, cleaned: Mapping) -> bool:
    """Tell whether the values are those that the page showed at that version."""
    if not row_version:
        return is_empty(cleaned)
    shown = answer.history.filter(row_version=row_version).first()
    return shown is not None and columns_of(shown) == dict(cleaned)


@transaction.atomic
def submit(*, by: User, assessment: SelfAssessment) -> Submission:
    assessment = _locked(assessment)
    check_can_submit(by, assessment)
    _move(assessment, State.SUBMITTED)
    return Submission.objects.create(
        assessment=assessment,
        round=assessment.round,
        submitted_at=timezone.now(),
        submitted_by=own_membership(by),
        due_on=assessment.due_on,
        is_late=today() > assessment.due_on,
    )


@dataclass(frozen=True)
class CouncilView:
    """The council's view of one answer, read at `answer_version`.

    `row_version` is that of the council's earlier view on the page, 0 where there was none.
    """

    question: Question
    answer_version: int
    agrees: bool
    row_version: int = 0
    council_grade: str = ""
    note: str = ""


@transaction.atomic
def review_answers(*, by: User, assessment: SelfAssessment, views: Iterable[CouncilView]) -> int:
    """Save the council's views of the answers of one section. Return how many changed."""
    assessment = _locked(assessment)
    check_can_review(by, assessment)
    sheet = answer_sheet(assessment)
    asked = {question.pk for question in sheet.asked}
    standing = {
        row.question_id: row for row in assessment.validations.select_related("looked_at_by__person__details")
    }
    written = 0
    for view in views:
        answer = sheet.answers.get(view.question.pk)
        if answer is None or view.question.pk not in asked:
            raise Refused("There is no answer to this question.")
        if answer.row_version != view.answer_version:
            raise Conflict("This answer has changed since you read it. Read it again.")
        columns = _checked(view)
        row = standing.get(view.question.pk) or CouncilValidation(
            assessment=assessment, question=view.question, answer_version=0
        )
        if row.pk and all(getattr(row, name) == value for name, value in columns.items()):
            continue
        if row.row_version != view.row_version:
            raise Conflict(
                f"{row.looked_at_by.person} has reviewed {view.question.code} since you opened the page. Nothing was saved."
            )
        for name, value in columns.items():
            setattr(row, name, value)
        row.looked_at_by, row.looked_at_on = own_membership(by), today()
        row.save()
        written += 1
    return written


def _checked(view: CouncilView) -> dict:
    note = view.note.strip()
    columns = {"answer_version": view.answer_version, "agrees": view.agrees, "note": note}
    if view.agrees:
        return columns | {"council_grade": ""}
    if not note:
        raise Refused(f"Say why you disagree with the answer to {view.question.code}.")
    if view.question.is_scored and view.council_grade not in (*SCORES, AnswerGrade.NOT_APPLICABLE):
        raise Refused(f"Give your own grade for {view.question.code}.")
    return columns | {"council_grade": view.council_grade if view.question.is_scored else ""}


@transaction.atomic
def return_with_reason(
    *, by: User, assessment: SelfAssessment, reason: str, due_on: dt.date
) -> SelfAssessment:
    """Return a self-assessment to the provider and start the next round."""
    assessment = _locked(assessment)
    check_can_return(by, assessment, due_on)
    assessment.round += 1
    assessment.due_on = due_on
    assessment.overdue_at = None
    assessment.returned_at, assessment.returned_by = timezone.now(), by.membership
    assessment.return_reason = reason
    return _move(assessment, State.RETURNED)


@transaction.atomic
def validate(*, by: User, assessment: SelfAssessment) -> SelfAssessment:
    assessment = _locked(assessment)
    check_can_validate(by, assessment)
    assessment.validated_at, assessment.validated_by = timezone.now(), by.membership
    return _move(assessment, State.VALIDATED)


@transaction.atomic
def note_overdue(*, assessment: SelfAssessment) -> bool:
    """Note that the current round is overdue. Return False where it was noted already or answers came in."""
    assessment = _locked(assessment)
    if assessment.overdue_at or not assessment.is_overdue:
        return False
    assessment.overdue_at = timezone.now()
    assessment.save()
    return True


@transaction.atomic
def close_without_answers(*, assessment: SelfAssessment) -> bool:
    """Close a self-assessment that was never submitted once validation is due.

    Return whether it was closed.
    """
    assessment = _locked(assessment)
    if not assessment.is_overdue or closes_on(assessment) >= today():
        return False
    _move(assessment, State.NOT_RETURNED)
    return True


def closes_on(assessment: SelfAssessment) -> dt.date:
    """Return the last day on which the provider can submit late."""
    return max(assessment.campaign.validation_due_on, assessment.due_on)


def _locked(assessment: SelfAssessment) -> SelfAssessment:
    return locked(assessment, "campaign__version__question_set", "setting__provision_type")


def _move(assessment: SelfAssessment, to: State) -> SelfAssessment:
    check_move(assessment, to)
    assessment.state = to
    assessment.save()
    return assessment
