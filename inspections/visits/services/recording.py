"""Services at a visit: arrival, answers, people spoken to, verbal feedback, evidence and concerns."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from django.db import transaction
from django.db.models import Field
from django.utils import timezone

from inspections.question_sets.answers import TEXTS
from inspections.question_sets.models import Question
from inspections.visits import rules
from inspections.visits.conflicts import (
    EditConflict,
    MergeOutcome,
    base_values,
    edit_conflict,
    merge_edit,
    values_of,
)
from inspections.visits.models import PeopleSpokenTo, Visit, VisitAnswer, VisitConcern, VisitEvidence
from inspections.visits.services import lock
from providers.documents.models import Document
from providers.people.models import User
from providers.people.rules import own_membership
from qa_portal.core.dates import today
from qa_portal.core.due import run_soon
from qa_portal.core.rules import Refused

ANSWER_COLUMNS = ("grade", "value", *TEXTS)
BLANK_ANSWER = {"grade": "", "value": None} | dict.fromkeys(TEXTS, "")
BLANK_DETAILS = {"visited_on": None, "verbal_feedback": ""}
DETAIL_COLUMNS = tuple(BLANK_DETAILS)
OPEN_ISSUES = "open issues from visit concerns"


@dataclass(frozen=True)
class AnswerEdit:
    """An edited answer: `columns` from `check_answer`, `version` as the page showed it."""

    question: Question
    columns: Mapping
    version: int


@dataclass
class SaveResult:
    """How many rows were written, and the conflicts that were not."""

    written: int = 0
    conflicts: list[EditConflict] = field(default_factory=list)


@transaction.atomic
def arrive(*, by: User, visit: Visit) -> Visit:
    """Record the arrival. An unannounced visit is visible to the provider from now on."""
    visit = lock(visit)
    rules.check_can_arrive(by, visit)
    visit.arrived_at, visit.arrived_by = timezone.now(), by.membership
    visit.visited_on = visit.visited_on or today()
    visit.state = Visit.State.RECORDING
    visit.save()
    return visit


@transaction.atomic
def save_record(
    *,
    by: User,
    visit: Visit,
    answers: Iterable[AnswerEdit] = (),
    details: Mapping[str, tuple[object, int]] | None = None,
    people: Mapping[str, tuple[int, int]] | None = None,
) -> SaveResult:
    """Write what only this person changed. What somebody else changed differently comes back as a conflict.

    `details` and `people` map a column of the visit, or a role, to (the new value, the version on the page).
    """
    visit = lock(visit)
    rules.check_can_record(by, visit)
    saved = SaveResult()
    _save_answers(by, visit, list(answers), saved)
    _save_details(visit, details or {}, saved)
    _save_people(visit, people or {}, saved)
    if saved.written and visit.state == Visit.State.PLANNED:
        visit.state = Visit.State.RECORDING
        visit.save()
    return saved


def _save_answers(by: User, visit: Visit, answers: list[AnswerEdit], saved: SaveResult) -> None:
    in_scope = set(visit.scope.values_list("standard", flat=True))
    if any(one.question.standard_id not in in_scope for one in answers):
        raise Refused("That standard is not part of this visit.")
    rows = VisitAnswer.objects.select_for_update().filter(visit=visit)
    standing = {answer.question_id: answer for answer in rows}
    for one in answers:
        answer = standing.get(one.question.pk) or VisitAnswer(visit=visit, question=one.question)
        _merge_answer(by, answer, one, saved)


def _merge_answer(by: User, answer: VisitAnswer, given: AnswerEdit, saved: SaveResult) -> None:
    mine = {column: given.columns[column] for column in ANSWER_COLUMNS}
    base = base_values(answer, given.version, ANSWER_COLUMNS, BLANK_ANSWER)
    outcome = merge_edit(base=base, mine=mine, theirs=values_of(answer, ANSWER_COLUMNS))
    if outcome is MergeOutcome.WRITE:
        for column, value in mine.items():
            setattr(answer, column, value)
        answer.answered_by, answer.answered_on = own_membership(by), today()
        answer.save()
        saved.written += 1
    if outcome is MergeOutcome.CONFLICT:
        saved.conflicts.append(
            edit_conflict(
                answer,
                key=f"q{given.question.pk}",
                label=given.question.prompt,
                mine=mine,
                columns=ANSWER_COLUMNS,
            )
        )


def _save_details(visit: Visit, details: Mapping[str, tuple[object, int]], saved: SaveResult) -> None:
    """Merge column by column, because moving the visit changes the row and is no edit of these."""
    visited_on = details.get("visited_on", (None, 0))[0]
    if isinstance(visited_on, dt.date) and visited_on > today():
        raise Refused("The day of the visit cannot be in the future.")
    changes = {}
    for column, (value, version) in details.items():
        mine, blank = {column: value}, {column: BLANK_DETAILS[column]}
        base = base_values(visit, version, [column], blank)
        outcome = merge_edit(base=base, mine=mine, theirs=values_of(visit, [column]))
        if outcome is MergeOutcome.WRITE:
            if column == "visited_on" and value is None and visit.draft_sent_at:
                raise Refused("The draft gives the date of the visit. You can correct it but not remove it.")
            changes[column] = value
        if outcome is MergeOutcome.CONFLICT:
            label = str(cast(Field, Visit._meta.get_field(column)).verbose_name).capitalize()
            saved.conflicts.append(edit_conflict(visit, key=column, label=label, mine=mine, columns=[column]))
    if changes:
        for column, value in changes.items():
            setattr(visit, column, value)
        visit.save()
        saved.written += 1


def _save_people(visit: Visit, people: Mapping[str, tuple[int, int]], saved: SaveResult) -> None:
    standing = {row.role: row for row in visit.people.select_for_update()}
    for role, (number, version) in people.items():
        row = standing.get(role) or PeopleSpokenTo(visit=visit, role=role)
        _merge_people(row, number, version, saved)


def _merge_people(row: PeopleSpokenTo, number: int, version: int, saved: SaveResult) -> None:
    mine, blank = {"number": number}, {"number": 0}
    outcome = merge_edit(
        base=base_values(row, version, ["number"], blank), mine=mine, theirs={"number": row.number}
    )
    if outcome is MergeOutcome.WRITE:
        row.number = number
        row.save()
        saved.written += 1
    if outcome is MergeOutcome.CONFLICT:
        label = row.get_role_display()
        saved.conflicts.append(
            edit_conflict(row, key=f"people_{row.role}", label=label, mine=mine, columns=["number"])
        )


@transaction.atomic
def add_evidence(
    *, by: User, visit: Visit, document: Document, what: str, answer: VisitAnswer | None = None
) -> VisitEvidence:
    """Add a document as evidence for one answer, or for the whole visit."""
    visit = lock(visit)
    rules.check_can_record(by, visit)
    if answer and answer.visit_id != visit.pk:
        raise Refused("This answer belongs to another visit.")
    if document.organisation_id != visit.council_id:
        raise Refused("Choose a document of your own council.")
    if VisitEvidence.objects.filter(visit=visit, answer=answer, document=document).exists():
        raise Refused("This document is already evidence for this visit.")
    return VisitEvidence.objects.create(visit=visit, answer=answer, document=document, what=what)


@transaction.atomic
def raise_concern(
    *,
    by: User,
    visit: Visit,
    text: str,
    key: uuid.UUID | None = None,
    raised_at: dt.datetime | None = None,
) -> VisitConcern:
    """Raise a concern, from which a contract issue is opened at once.

    Sending the same `key` again adds nothing.
    """
    visit = lock(visit)
    rules.check_can_raise_concern(by, visit)
    known = VisitConcern.objects.filter(public_id=key).first() if key else None
    if known:
        if known.visit_id != visit.pk:
            raise Refused("This concern was raised at another visit.")
        return known
    concern = VisitConcern.objects.create(
        public_id=key or uuid.uuid4(),
        visit=visit,
        text=text,
        raised_at=min(raised_at or timezone.now(), timezone.now()),
        raised_by=own_membership(by),
    )
    run_soon(OPEN_ISSUES)
    return concern
