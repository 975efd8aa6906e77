from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from providers.people.models import Invitation, Membership, PersonalDetails, User
from providers.people.rules import check_can_end, check_can_reassign
from qa_portal.core import handover
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


def end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def end_membership(
    *, by: User, membership: Membership, reason: str, hand_over_to: Membership | None = None
) -> bool:
    """End the membership today. Open work must go to a colleague. With the last membership the account closes.

    Return whether the account was closed.
    """
    locked(membership.organisation)  # two who end each other take turns
    check_can_end(by, membership)
    if handover.assigned_to(membership):
        if hand_over_to is None:
            raise Refused("Choose a colleague who takes over the work in hand.")
        hand_over_work(of=membership, to=hand_over_to, reason=reason)
    membership.to_on, membership._change_reason = max(today(), membership.from_on), reason
    membership.save()
    user = membership.person.user
    if Membership.objects.in_force().filter(person=membership.person).exists():
        return False
    close_account(by=by, user=user)
    return True


def close_account(*, by: User, user: User) -> None:
    """Nobody is deleted: the account stops, its sessions end, history keeps naming the person.

    Other organisations may read a person's history, so the reason stays with the membership.
    """
    standing = Invitation.objects.open().filter(email__iexact=user.email)
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by.membership)  # audit-ok: operational table
    user.person.left_on, user.person._change_reason = today(), "Last membership ended"
    user.person.save()
    user.is_active = False
    user.save()
    end_sessions(user)


@transaction.atomic
def reassign_work(*, by: User, of: Membership, to: Membership, reason: str) -> int:
    """Give one person's work to a colleague and return how many pieces changed hands."""
    check_can_reassign(by, of)
    return hand_over_work(of=of, to=to, reason=reason)


def hand_over_work(*, of: Membership, to: Membership, reason: str) -> int:
    if to.pk == of.pk:
        raise Refused("Choose somebody else to take over the work.")
    if to.organisation_id != of.organisation_id or not to.is_in_force:
        raise Refused("Choose a colleague of the same organisation.")
    moved = 0
    for kind in handover.handover_types():
        for row in kind.held_by(of):
            kind.hand_over(row, to, reason)
            moved += 1
    return moved


@transaction.atomic
def change_details(*, by: User, full_name: str, job_title: str, phone: str) -> None:
    """One's own name and how to be reached at work."""
    PersonalDetails.objects.update_or_create(
        person=by.person, defaults={"full_name": full_name, "job_title": job_title, "phone": phone}
    )
