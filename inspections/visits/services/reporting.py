"""Services from draft to published report: send, comment, answer, sign off by somebody else."""

import datetime as dt
from collections.abc import Mapping
from typing import cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspections.actions.models import Action, Source
from inspections.actions.services import (
    ActionSource,
    change_proposed,
    open_proposed,
    propose_action,
    withdraw_proposed,
)
from inspections.question_sets.models import Standard
from inspections.visits import rules
from inspections.visits.models import AccuracyComment, AccuracyExtension, ReportVersion, Visit
from inspections.visits.reports import VisitRecord, checksum, date_text, draft_gaps, report_content
from inspections.visits.services import lock
from providers.directory.models import Provider
from providers.documents.models import Document
from providers.people.models import User
from providers.people.rules import own_membership
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import day_of, today
from qa_portal.core.rules import Refused

State, Kind, End = Visit.State, ReportVersion.Kind, Visit.AccuracyEnd
ACCURACY_DAYS = 14
"""Facts 2.5: fourteen days for the provider's remarks [16]."""
ACTION_DAYS = 28
"""For an action whose day the officer left open [P]."""


def source_of(visit: Visit) -> ActionSource:
    return ActionSource(Source.VISIT, visit.public_id, f"{visit.get_kind_display()}, {visit.on:%-d %B %Y}")


@transaction.atomic
def propose_for_visit(
    *,
    by: User,
    visit: Visit,
    standard: Standard,
    what: str,
    priority: str = Action.Priority.ORDINARY,
    due_on: dt.date | None = None,
    question: str = "",
    is_key: bool = False,
) -> Action:
    """Propose an action in the draft. It is sent to the provider when the report is published."""
    visit = lock(visit)
    rules.check_can_record(by, visit)
    if not visit.scope.filter(standard=standard).exists():
        raise Refused("That standard is not part of this visit.")
    if due_on and due_on < today():
        raise Refused("The day an action is due cannot be in the past.")
    return propose_action(
        by=by,
        provider=cast(Provider, visit.provider),  # only a visit to a council's own service has none
        setting=visit.setting,
        source=source_of(visit),
        standard=standard.title,
        question=question,
        is_key=is_key or standard.is_limiting,
        what=what,
        priority=priority,
        due_on=due_on,
    )


@transaction.atomic
def change_proposal(
    *, by: User, visit: Visit, action: Action, what: str, priority: str, due_on: dt.date | None
) -> Action:
    """Change a proposed action while the record is open. Frozen versions stay as they are."""
    visit = lock(visit)
    rules.check_can_record(by, visit)
    if action.source_id != visit.public_id:
        raise Refused("This action was proposed at another visit.")
    return change_proposed(by=by, action=action, what=what, priority=priority, due_on=due_on)


@transaction.atomic
def withdraw_proposal(*, by: User, visit: Visit, action: Action, reason: str) -> Action:
    """Withdraw a proposed action while the record is open: a manager signs off all that they read."""
    visit = lock(visit)
    rules.check_can_record(by, visit)
    if action.source_id != visit.public_id:
        raise Refused("This action was proposed at another visit.")
    return withdraw_proposed(by=by, action=action, reason=reason)


def freeze_report(by: User, visit: Visit, kind: str, content: dict) -> ReportVersion:
    """Freeze the next version of the report. The visit is locked, so no two get the same number."""
    last = visit.versions.aggregate(last=Max("number"))["last"] or 0
    return ReportVersion.objects.create(
        visit=visit,
        number=last + 1,
        kind=kind,
        content=content,
        sha256=checksum(content),
        made_by=own_membership(by),
    )


def complete_record(visit: Visit) -> VisitRecord:
    """Return the record if it is complete. Raise Refused with everything that is missing."""
    record = VisitRecord(visit)
    if gaps := draft_gaps(visit, record):
        raise Refused(" ".join(gaps))
    return record


@transaction.atomic
def send_draft(*, by: User, visit: Visit) -> ReportVersion:
    """Freeze the first version and give the provider fourteen days, to the end of the last one in London."""
    visit = lock(visit)
    rules.check_can_send_draft(by, visit)
    version = freeze_report(by, visit, Kind.FOR_PROVIDER, report_content(visit, complete_record(visit)))
    visit.state = State.WITH_PROVIDER
    visit.draft_sent_at, visit.draft_sent_by = version.made_at, by.membership
    visit.accuracy_due_on = day_of(version.made_at) + dt.timedelta(days=ACCURACY_DAYS)
    visit.save()
    return version


@transaction.atomic
def extend_accuracy(*, by: User, visit: Visit, to: dt.date, reason: str) -> AccuracyExtension:
    visit = lock(visit)
    rules.check_can_extend(by, visit)
    before = cast(dt.date, visit.accuracy_due_on)  # a draft that is with the provider has its last day
    if to <= before:
        raise Refused(f"The new date must be later than {before:%-d %B %Y}.")
    visit.accuracy_due_on, visit._change_reason = to, reason
    visit.save()
    return AccuracyExtension.objects.create(
        visit=visit, from_on=before, to_on=to, reason=reason, extended_by=own_membership(by)
    )


@transaction.atomic
def comment_on_draft(
    *, by: User, visit: Visit, remark: str, finding: str = "", document: Document | None = None
) -> AccuracyComment:
    """Comment on the finding with that question code, or without one on the whole report."""
    visit = lock(visit)
    rules.check_can_comment(by, visit)
    version = visit.versions.filter(kind=Kind.FOR_PROVIDER).latest("number")
    if finding and finding not in findings_of(version):
        raise Refused("That finding is not in the draft.")
    if document and document.organisation_id != by.scope.organisation_id:
        raise Refused("Choose a document of your own organisation.")
    return AccuracyComment.objects.create(
        visit=visit,
        version=version,
        finding=finding,
        remark=remark,
        document=document,
        made_by=own_membership(by),
    )


def findings_of(version: ReportVersion) -> dict[str, dict]:
    return {
        finding["code"]: finding
        for standard in version.content["standards"]
        for finding in standard["findings"]
    }


@transaction.atomic
def withdraw_comment(*, by: User, comment: AccuracyComment) -> None:
    visit = lock(comment.visit)
    rules.check_can_comment(by, visit)
    comment = locked(comment)
    if comment.withdrawn_at:
        raise Refused("This comment has already been withdrawn.")
    comment.withdrawn_at, comment.withdrawn_by = timezone.now(), by.membership
    comment.save()


@transaction.atomic
def end_accuracy(*, by: User, visit: Visit, nothing_to_correct: bool) -> Visit:
    """Send the provider's response. It must fit the comments that were made."""
    visit = lock(visit)
    rules.check_can_comment(by, visit)
    made = visit.comments.active().count()
    if nothing_to_correct and made:
        raise Refused(
            f"You have made {made} comment{'' if made == 1 else 's'}. Send them, or withdraw them first."
        )
    if not nothing_to_correct and not made:
        raise Refused("You have not made any comments. Confirm that the draft is accurate, or comment first.")
    return _end_accuracy(visit, End.CONFIRMED if nothing_to_correct else End.COMMENTS)


@transaction.atomic
def lapse_accuracy(*, visit: Visit) -> Visit:
    """End the time for comments once the deadline has passed. Comments made by then count."""
    visit = lock(visit)
    if visit.state == State.WITH_PROVIDER and rules.is_past(visit.accuracy_deadline):
        _end_accuracy(visit, End.LAPSED)
    return visit


def _end_accuracy(visit: Visit, end: str) -> Visit:
    visit.accuracy_end, visit.accuracy_ended_at = end, timezone.now()
    visit.state = State.ANSWERING if visit.comments.active().exists() else State.SIGN_OFF
    visit.save()
    return visit


@transaction.atomic
def answer_comments(*, by: User, visit: Visit, answers: Mapping[int, tuple[str, str]]) -> Visit:
    """Decide on every comment and send the report for sign-off.

    `answers` maps comment id to (decision, reason).
    """
    visit = lock(visit)
    rules.check_can_answer_comments(by, visit)
    for made in visit.comments.active().select_for_update():
        decision, reason = answers.get(made.pk, ("", ""))
        if decision not in AccuracyComment.Decision.values or not reason.strip():
            raise Refused("Answer every comment, each with a reason.")
        made.decision, made.decision_reason = decision, reason.strip()
        made.decided_at, made.decided_by = timezone.now(), by.membership
        made.save()
    return _send_for_sign_off(by, visit)


@transaction.atomic
def send_for_sign_off(*, by: User, visit: Visit) -> Visit:
    """Send the report again after a manager returned it."""
    visit = lock(visit)
    rules.check_can_send_for_sign_off(by, visit)
    if visit.comments.to_answer().exists():
        raise Refused("Answer every comment first.")
    return _send_for_sign_off(by, visit)


def _send_for_sign_off(by: User, visit: Visit) -> Visit:
    freeze_report(by, visit, Kind.FOR_SIGN_OFF, report_content(visit, complete_record(visit)))
    visit.state = State.SIGN_OFF
    visit.ready_at, visit.ready_by = timezone.now(), by.membership
    visit.save()
    return visit


@transaction.atomic
def return_to_officer(*, by: User, visit: Visit, reason: str) -> Visit:
    visit = lock(visit)
    rules.check_can_sign_off(by, visit)
    visit.state, visit.returned_reason = State.AMENDING, reason
    visit.returned_at, visit.returned_by = timezone.now(), by.membership
    visit._change_reason = reason
    visit.save()
    return visit


@transaction.atomic
def sign_off(*, by: User, visit: Visit) -> ReportVersion:
    """Publish the version that the manager read, open its actions and set their due dates."""
    visit = lock(visit)
    rules.check_can_sign_off(by, visit)
    rules.check_not_held(visit)
    read = visit.versions.latest("number").content
    opened = open_proposed(by=by, source=source_of(visit), due_on=today() + dt.timedelta(days=ACTION_DAYS))
    days = {str(action.public_id): date_text(action.due_on) for action in opened}
    actions = [
        told | {"due_on": days[told["public_id"]]} for told in read["actions"] if told["public_id"] in days
    ]
    version = freeze_report(by, visit, Kind.PUBLISHED, read | {"actions": actions})
    visit.state = State.PUBLISHED
    visit.published_at, visit.published_by = version.made_at, by.membership
    visit.save()
    return version
