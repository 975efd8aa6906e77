"""Services that change an action.

`action` is the row as the person read it: Conflict is raised when a newer one exists.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspections.actions import rules
from inspections.actions.models import Action, ActionEvidence, ActionExtension, ActionQuerySet, Source
from providers.directory.models import Provider, Setting
from providers.documents.models import Document
from providers.people.models import Membership, Organisation, User
from providers.people.rules import (
    check_acts_for,
    check_deals_with,
    check_may,
    own_membership,
    own_organisation,
)
from providers.people.services.organisations import provider_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.handover import HandoverType, register
from qa_portal.core.rules import Refused

State = Action.State


@dataclass(frozen=True)
class UndertakenStep:
    """One step of an improvement plan that the council accepted."""

    what: str
    due_on: dt.date
    question: str = ""
    standard: str = ""


@dataclass(frozen=True)
class ActionSource:
    """What led to the action: kind, public id of the visit or issue, and its name in words."""

    kind: Source
    id: uuid.UUID | None = None
    label: str = ""


@transaction.atomic
def propose_action(
    *,
    by: User,
    provider: Provider,
    what: str,
    source: ActionSource,
    setting: Setting | None = None,
    standard: str = "",
    question: str = "",
    is_key: bool = False,
    priority: str = Action.Priority.ORDINARY,
    due_on: dt.date | None = None,
) -> Action:
    """Add an action to a draft. The provider sees it once it is opened."""
    check_may(by, Permission.MANAGE_ACTIONS)
    council = own_organisation(by)
    if not by.scope.is_council:
        raise Refused("Only a council can ask a provider to act.")
    return Action.objects.create(
        council=council,
        provider=provider.present,
        setting=setting,
        source_kind=source.kind,
        source_id=source.id,
        source_label=source.label,
        standard=standard,
        question=question,
        what=what,
        is_key=is_key,
        priority=priority,
        due_on=due_on,
        owner_organisation=provider_organisation(provider),
        proposed_by=by.membership,
    )


@transaction.atomic
def change_proposed(*, by: User, action: Action, what: str, priority: str, due_on: dt.date | None) -> Action:
    """Change the wording of a proposed action."""
    rules.check_council_may(by, Permission.MANAGE_ACTIONS, action)
    action = locked(action, version=action.row_version)
    if action.state != State.PROPOSED:
        raise Refused("This action is no longer a proposal, so its wording cannot change.")
    action.what, action.priority, action.due_on = what, priority, due_on
    action.save()
    return action


@transaction.atomic
def open_action(*, by: User, action: Action, due_on: dt.date) -> Action:
    """Open an action so that the provider sees it. The caller has checked who may publish its source."""
    return _open(by, locked(action, version=action.row_version), due_on)


def _open(by: User, action: Action, due_on: dt.date) -> Action:
    check_acts_for(by, action.council, otherwise=f"Only {action.council} can open this action.")
    rules.check_move(action, State.OPEN)
    action.state, action.due_on = State.OPEN, due_on
    action.opened_at, action.opened_by = timezone.now(), by.membership
    action.save()
    return action


@transaction.atomic
def open_proposed(*, by: User, source: ActionSource, due_on: dt.date) -> list[Action]:
    """Open everything proposed under one source; `due_on` is for actions without a due date of their own."""
    proposed = Action.objects.of(source.kind, source.id).filter(state=State.PROPOSED)
    rows = list(proposed.select_for_update().order_by("pk"))
    return [_open(by, action, action.due_on or due_on) for action in rows]


@transaction.atomic
def record_action(
    *,
    by: User,
    provider: Provider,
    what: str,
    due_on: dt.date,
    setting: Setting | None = None,
    priority: str = Action.Priority.ORDINARY,
) -> Action:
    """Record an action that was agreed with the provider outside a visit, and open it at once."""
    check_deals_with(by, provider, setting)
    action = propose_action(
        by=by,
        provider=provider,
        setting=setting,
        what=what,
        source=ActionSource(Source.AGREED),
        due_on=due_on,
        priority=priority,
    )
    return open_action(by=by, action=action, due_on=due_on)


@transaction.atomic
def record_undertaken_steps(
    *,
    by: User,
    council: Organisation,
    provider: Provider,
    setting: Setting | None,
    source: ActionSource,
    undertaken: Sequence[UndertakenStep],
) -> list[Action]:
    """Record one open action for each step of a plan that the council accepted."""
    sentence = f"Only {council} can accept this plan."
    check_acts_for(by, council, Permission.MANAGE_ACTIONS, otherwise=sentence)
    owner, now = provider_organisation(provider), timezone.now()
    return [
        Action.objects.create(
            council=council,
            provider=provider.present,
            setting=setting,
            source_kind=source.kind,
            source_id=source.id,
            source_label=source.label,
            what=one.what,
            question=one.question,
            standard=one.standard,
            due_on=one.due_on,
            owner_organisation=owner,
            state=State.OPEN,
            proposed_by=by.membership,
            opened_at=now,
            opened_by=own_membership(by),
        )
        for one in undertaken
    ]


@transaction.atomic
def write_steps(
    *,
    by: User,
    action: Action,
    steps: str,
    on: dt.date,
    owner_role: str,
    owner: Membership | None = None,
) -> Action:
    """Write what will be done, by whom (a job title, not a name) and when. Returned steps are replaced."""
    action = locked(action, version=action.row_version)
    rules.check_can_write_step(by, action)
    if on < today():
        raise Refused("The date it will be done cannot be in the past.")
    if action.due_on and not action.is_overdue and on > action.due_on:
        raise Refused(f"The action is due on {action.due_on:%-d %B %Y}. Choose that date or an earlier one.")
    if owner and owner.organisation_id != own_organisation(by).pk:
        raise Refused("Choose someone from your organisation.")
    action.steps, action.steps_on, action.owner_role, action.owner = steps, on, owner_role, owner
    action.owner_organisation = own_organisation(by)
    action.state = State.OPEN
    action.steps_at, action.steps_by = timezone.now(), by.membership
    action.accepted_at = action.accepted_by = None
    action.save()
    return action


@transaction.atomic
def accept_steps(*, by: User, action: Action) -> Action:
    action = locked(action, version=action.row_version)
    rules.check_can_accept(by, action)
    action.accepted_at, action.accepted_by = timezone.now(), by.membership
    action.save()
    return action


@transaction.atomic
def return_action(*, by: User, action: Action, reason: str) -> Action:
    """Return steps or work that is not good enough to the organisation responsible, with a reason."""
    action = locked(action, version=action.row_version)
    rules.check_can_return(by, action)
    action.state, action.returned_reason = State.RETURNED, reason
    action.returned_at, action.returned_by = timezone.now(), by.membership
    action.done_at = action.done_by = None
    action._change_reason = reason
    action.save()
    return action


@transaction.atomic
def add_evidence(*, by: User, action: Action, what: str, document: Document | None = None) -> ActionEvidence:
    """Add a document, or what somebody at the council saw; `what` says what it shows."""
    action = locked(action)
    rules.check_can_add_evidence(by, action)
    if document is None and by.scope.is_provider:
        raise Refused("Add a document as evidence.")
    if document and document.organisation_id != own_organisation(by).pk:
        raise Refused("Choose a document of your own organisation.")
    if document and action.evidence.filter(document=document).exists():
        raise Refused("This document is already evidence for this action.")
    return ActionEvidence.objects.create(
        action=action, document=document, what=what, added_by=own_membership(by), added_on=today()
    )


@transaction.atomic
def report_done(*, by: User, action: Action, note: str) -> Action:
    action = locked(action, version=action.row_version)
    rules.check_can_report_done(by, action)
    action.state, action.done_note = State.DONE, note
    action.done_at, action.done_by = timezone.now(), by.membership
    action.save()
    return action


@transaction.atomic
def verify_action(*, by: User, action: Action, note: str) -> Action:
    """Close an action whose evidence a second person has checked."""
    action = locked(action, version=action.row_version)
    rules.check_can_verify(by, action)
    action.state, action.verified_note = State.CLOSED, note
    action.verified_at, action.verified_by = timezone.now(), by.membership
    action.save()
    return action


@transaction.atomic
def extend_action(*, by: User, action: Action, to: dt.date, reason: str) -> ActionExtension:
    action = locked(action, version=action.row_version)
    rules.check_can_extend(by, action)
    before = action.due_on
    if before is None or to <= before:
        raise Refused(
            f"The new date must be later than {before:%-d %B %Y}."
            if before
            else "This action has no due date yet."
        )
    if to < today():
        raise Refused("The new date cannot be in the past.")
    action.due_on, action._change_reason = to, reason
    action.save()
    return ActionExtension.objects.create(
        action=action, from_on=before, to_on=to, reason=reason, extended_by=own_membership(by)
    )


@transaction.atomic
def withdraw_proposed(*, by: User, action: Action, reason: str) -> Action:
    """Withdraw a proposed action. The caller has checked that its draft can still change."""
    action = locked(action, version=action.row_version)
    rules.check_can_withdraw(by, action)
    return _cancel(by, action, reason)


@transaction.atomic
def cancel_action(*, by: User, action: Action, reason: str) -> Action:
    action = locked(action, version=action.row_version)
    rules.check_can_cancel(by, action)
    return _cancel(by, action, reason)


def _cancel(by: User, action: Action, reason: str) -> Action:
    action.state, action.cancelled_reason = State.CANCELLED, reason
    action.cancelled_at, action.cancelled_by = timezone.now(), by.membership
    action._change_reason = reason
    action.save()
    return action


def owned_by(membership: Membership) -> ActionQuerySet:
    """Return the live actions that somebody follows, for the hand-over of a leaver's work."""
    return Action.objects.live().filter(owner=membership)


def hand_over(action: Action, to: Membership, reason: str) -> None:
    """Give an action that somebody follows to a colleague."""
    action.owner, action._change_reason = to, reason
    action.save()


register(HandoverType("action", "actions", owned_by, hand_over))
