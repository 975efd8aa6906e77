"""Rules for visits: who may do what, and when. Each raises Refused with the sentence that the page shows."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from inspections.visits.models import Visit, VisitAnswer, VisitAssessor
from inspections.visits.models.visits import RECORDABLE
from providers.people.models import Membership, User
from providers.people.rules import NOT_ALLOWED, check_acts_for, check_acts_for_provider
from providers.people.selectors import holders, who_answers_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.stand_ins import is_conflicted
from qa_portal.core.rules import Refused

State = Visit.State


def is_past(moment: dt.datetime | None) -> bool:
    return moment is not None and timezone.now() > moment


def check_council_may(by: User, permission: Permission, visit: Visit) -> None:
    """Check that the user acts for the council that owns the visit: a share gives reading only."""
    check_acts_for(by, visit.council, permission, otherwise=f"Only {visit.council} can change this visit.")


def check_state(visit: Visit, states: Iterable[State], sentence: str = "") -> None:
    if visit.state not in set(states):
        words = visit.get_state_display().lower()
        raise Refused(sentence or f"You cannot do this now. The visit's state is: {words}.")


def check_can_change_plan(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.PLAN_VISITS, visit)
    check_state(visit, {State.PLANNED}, "The visit has started, so its plan can no longer change.")


def check_can_cancel(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.PLAN_VISITS, visit)
    check_state(
        visit,
        {State.PLANNED, State.RECORDING},
        "The draft has been sent, so the visit can no longer be cancelled.",
    )


def check_can_record(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, RECORDABLE, closed_sentence(visit))


def closed_sentence(visit: Visit) -> str:
    """Return why the record cannot change now."""
    if visit.state == State.CANCELLED:
        return f"This visit was cancelled on {visit.cancelled_at:%-d %B %Y}. Its record is kept and cannot change."
    if visit.state == State.PUBLISHED:
        return "The report is published, so the record can no longer change."
    if visit.state == State.SIGN_OFF:
        return "The report is waiting for sign-off. You can change the record only if the manager returns it."
    return (
        "The provider is commenting on the draft. You can change the record again when the comments are in."
    )


def check_can_arrive(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, {State.PLANNED, State.RECORDING})
    if visit.kind == Visit.Kind.DESKTOP:
        raise Refused("A desktop review has no arrival to record.")
    if visit.arrived_at:
        raise Refused(f"The arrival was already recorded on {visit.arrived_at:%-d %B %Y}.")


def check_can_raise_concern(by: User, visit: Visit) -> None:
    """Check who may raise a concern. It is possible in every state, also after publication."""
    check_acts_for(by, visit.council, otherwise=f"Only {visit.council} can raise a concern here.")
    scope = scope_of(by)
    if not (scope.may(Permission.RECORD_VISITS) or scope.may(Permission.RAISE_ISSUES)):
        raise Refused(NOT_ALLOWED)


def check_not_held(visit: Visit) -> None:
    if visit.is_held:
        raise Refused(
            "The police or the LADO have asked us not to share this report. Nothing can be shared until they release it."
        )


def check_can_send_draft(by: User, visit: Visit) -> None:
    """Check who may send the draft and when; `reports.draft_gaps` says whether it is complete."""
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, {State.PLANNED, State.RECORDING}, "The draft has already been sent.")
    check_not_held(visit)
    if visit.kind != Visit.Kind.DESKTOP and not visit.is_known_to_provider:
        raise Refused("Press “We have arrived” first. The provider cannot see the visit until then.")
    if visit.provider and not who_answers_for(visit.provider).exists():
        raise Refused(
            f"Nobody at {visit.provider} can answer in the portal yet. Invite its manager, then send the draft."
        )


def check_provider_may(by: User, visit: Visit) -> None:
    """Check that the user answers for the provider, which finds the visit once it is told of it."""
    told = visit.provider_id if visit.is_known_to_provider else None
    sentence = "This visit is not your organisation's."
    check_acts_for_provider(by, told, Permission.ANSWER_FOR_PROVIDER, otherwise=sentence)


def check_can_comment(by: User, visit: Visit) -> None:
    """Check that the draft is with the provider and that the last day has not ended in London."""
    check_provider_may(by, visit)
    if visit.draft_sent_at is None:
        raise Refused("No draft has been sent to you yet.")
    if visit.accuracy_end in {Visit.AccuracyEnd.CONFIRMED, Visit.AccuracyEnd.COMMENTS}:
        raise Refused("Your organisation has already sent its response, so you cannot add to it.")
    if visit.accuracy_ended_at or is_past(visit.accuracy_deadline):
        day = f"{visit.accuracy_due_on:%-d %B %Y}"
        raise Refused(
            f"The deadline for comments was the end of {day}."
            " Contact the officer who leads the visit if something in the report is wrong."
        )


def check_can_extend(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, {State.WITH_PROVIDER}, "The draft is not with the provider.")
    if is_past(visit.accuracy_deadline):
        raise Refused("The deadline has passed, so you cannot give more time.")


def check_can_answer_comments(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, {State.ANSWERING}, "There are no comments to answer.")


def check_can_send_for_sign_off(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.RECORD_VISITS, visit)
    check_state(visit, {State.ANSWERING, State.AMENDING})


def authors_of(visit: Visit) -> set[int]:
    """Return ids of everyone who led the visit, went along, wrote an answer or sent the report.

    Includes former leads and authors of overwritten answers.
    """
    memberships = {visit.lead_id, visit.arrived_by_id, visit.draft_sent_by_id, visit.ready_by_id}
    begun = visit.history.exclude(state=State.PLANNED)
    memberships |= set(begun.values_list("lead", flat=True))
    memberships |= set(VisitAnswer.history.filter(visit=visit.pk).values_list("answered_by", flat=True))
    memberships |= set(VisitAssessor.objects.filter(visit=visit).values_list("membership", flat=True))
    return set(
        Membership.objects.filter(pk__in=[pk for pk in memberships if pk]).values_list("person", flat=True)
    )


def has_signatory(visit: Visit) -> bool:
    """Tell whether anyone at the council who may sign off is not on the visit."""
    return holders(Permission.SIGN_OFF_VISITS, visit.council).exclude(person__in=authors_of(visit)).exists()


def check_can_sign_off(by: User, visit: Visit) -> None:
    check_council_may(by, Permission.SIGN_OFF_VISITS, visit)
    check_state(visit, {State.SIGN_OFF}, "This report is not waiting for sign-off.")
    if is_conflicted(by, authors_of(visit)):
        raise Refused("Someone not on the visit must sign it off.")
