"""Invitations: signed, single use, bound to an e-mail address, an organisation and a role."""

import datetime as dt
import logging
from datetime import timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from providers.people import roles
from providers.people.models import Invitation, Membership, Organisation, Person, PersonalDetails, User
from providers.people.models.invitations import InvitationQuerySet
from providers.people.rules import check_can_invite
from qa_portal.core import due, handover
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

log = logging.getLogger("qa.mail")
SALT = "providers.people.invitation"
SEND_AGAIN = "send invitations that did not leave"
GRACE = timedelta(minutes=2)


def token_for(invitation: Invitation) -> str:
    """Return a token that changes each time the invitation is sent, so that a new link makes the old one void."""
    return signing.dumps([str(invitation.public_id), invitation.expires_at.isoformat()], salt=SALT)


def invitation_for(token: str) -> Invitation | None:
    """Return the open invitation of a token; None when forged, replaced, used, withdrawn or expired."""
    try:
        public_id, expires_at = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Invitation.objects.open().select_related("organisation").filter(public_id=public_id).first()
    if found and found.is_open and found.expires_at.isoformat() == expires_at:
        return found
    return None


@transaction.atomic
def invite(*, by: User, organisation: Organisation, email: str, role: str) -> Invitation:
    check_can_invite(by, organisation, role)
    email = email.lower()
    if (
        Membership.objects.in_force()
        .filter(person__user__email__iexact=email, organisation=organisation, role=role)
        .exists()
    ):
        raise Refused("This person already has that role here.")
    if (
        Invitation.objects.open()
        .filter(email=email, organisation=organisation, role=role, expires_at__gt=timezone.now())
        .exists()
    ):
        raise Refused("This person has already been invited to that role. Send the invitation again instead.")
    invitation = Invitation.objects.create(
        email=email,
        organisation=organisation,
        role=role,
        responsible=by.membership,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    transaction.on_commit(lambda: send(invitation))
    return invitation


@transaction.atomic
def invite_first_administrator(*, organisation: Organisation, email: str) -> Invitation:
    """Invite the first administrator, before there is anybody who could invite: for the operator's command line only."""
    return Invitation.objects.create(
        email=email.lower(),
        organisation=organisation,
        role=roles.InstallationAdministrator.key,
        responsible=None,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )


def address_of(invitation: Invitation) -> str:
    return settings.PORTAL_URL + reverse("accept_invitation", args=[token_for(invitation)])


@transaction.atomic
def invite_again(*, by: User, invitation: Invitation) -> None:
    """Send a new link with a new term; the old link stops working."""
    check_can_invite(by, invitation.organisation, invitation.role)
    fresh = locked(invitation, "organisation")
    if fresh.accepted_at or fresh.withdrawn_at:
        raise Refused(f"This invitation cannot be sent again: it is {fresh.state.lower()}.")
    fresh.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    fresh.sent_at = None
    fresh.save()
    transaction.on_commit(lambda: send(fresh))


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    check_can_invite(by, invitation.organisation, invitation.role)
    fresh = locked(invitation)
    if fresh.accepted_at or fresh.withdrawn_at:
        raise Refused(f"This invitation cannot be withdrawn: it is {fresh.state.lower()}.")
    fresh.withdrawn_at, fresh.withdrawn_by = timezone.now(), by.membership
    fresh.save()


def send(invitation: Invitation) -> None:
    """Send after the commit.

    A mail server that does not answer leaves the invitation “Not sent”, to be sent again.
    """
    context = {"invitation": invitation, "address": address_of(invitation), "days": settings.INVITATION_DAYS}
    try:
        send_mail(
            subject="You are invited to Placements quality assurance",
            message=render_to_string("email/invitation.txt", context),
            from_email=None,
            recipient_list=[invitation.email],
        )
    except (OSError, SMTPException) as error:
        log.warning("invitation %s not sent: %s", invitation.public_id, type(error).__name__)
        return
    # One column, and only of the link that went out: it may have been used or withdrawn meanwhile.
    sent = Invitation.objects.filter(pk=invitation.pk, expires_at=invitation.expires_at)
    sent.update(sent_at=timezone.now())  # audit-ok: operational table


def not_sent() -> InvitationQuerySet:
    """Open invitations whose mail did not leave when they were made; the operator's own are not mailed."""
    now = timezone.now()
    made_before = now + timedelta(days=settings.INVITATION_DAYS) - GRACE
    waiting = Invitation.objects.open().filter(sent_at=None, responsible__isnull=False)
    return waiting.filter(expires_at__gt=now, expires_at__lt=made_before).select_related("organisation")


def send_again(invitation: Invitation) -> None:
    """Nothing for one that was sent, used, withdrawn or made anew since the query."""
    if not_sent().filter(pk=invitation.pk, expires_at=invitation.expires_at).exists():
        send(invitation)


def hold_unsent(*, at: dt.datetime) -> int:
    """Mark unsent invitations as sent `at` a moment before a restore. The person who invited can send one again.

    Returns how many.
    """
    return not_sent().update(sent_at=at)  # audit-ok: operational table


@transaction.atomic
def accept_as_new_person(*, invitation: Invitation, full_name: str, password: str) -> User:
    """Create the account, its person and the membership, or open a closed account again.

    Raise Refused when the invitation was used meanwhile, or its address has an open account.
    """
    fresh = _lock_open(invitation)
    known = User.objects.select_related("person").filter(email__iexact=fresh.email).first()
    if known and known.is_active:
        raise Refused("There is an account with this email address: sign in to accept.")
    with audit_as(reason=_reason(fresh)):
        user = _open_again(known, password) if known else _new_account(fresh.email, password)
        PersonalDetails.objects.get_or_create(person=user.person, defaults={"full_name": full_name})
        _take_up(fresh, user.person)
    return user


def _new_account(email: str, password: str) -> User:
    user = User.objects.create_user(email=email, password=password, person=Person.objects.create())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _open_again(user: User, password: str) -> User:
    """Somebody who had left comes back: the same person under the same name, so that their history stays one.

    The old second factor is gone: whoever holds the address now sets up a new one.
    """
    Authenticator.objects.filter(user=user).delete()
    user.person.left_on = None
    user.person.save()
    user.is_active = True
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def accept_as_known_person(*, by: User, invitation: Invitation) -> Membership:
    """Accept for somebody signed in with the address that was invited."""
    fresh = _lock_open(invitation)
    if by.email.lower() != fresh.email:
        raise Refused("This invitation is for another email address. Sign in with that one.")
    with audit_as(reason=_reason(fresh)):
        return _take_up(fresh, by.person)


def _lock_open(invitation: Invitation) -> Invitation:
    fresh = locked(invitation, "organisation")
    if not fresh.is_open:
        raise Refused("This invitation can no longer be used. Ask for a new one.")
    return fresh


def _take_up(invitation: Invitation, person: Person) -> Membership:
    held = Membership.objects.filter(person=person, organisation=invitation.organisation, to_on=None)
    if held.filter(role=invitation.role).exists():
        raise Refused("You hold this role already.")
    membership = Membership.objects.create(
        person=person, organisation=invitation.organisation, role=invitation.role, from_on=today()
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), membership
    invitation.save()
    return membership


def _reason(invitation: Invitation) -> str:
    return f"Invitation of {timezone.localtime(invitation.created_at):%-d %B %Y} accepted"


def _hand_over(invitation: Invitation, to: Membership, reason: str) -> None:
    invitation.responsible = to
    invitation.save(update_fields=["responsible"])


handover.register(
    handover.HandoverType(
        one="open invitation",
        many="open invitations",
        held_by=lambda membership: Invitation.objects.open().filter(responsible=membership),
        hand_over=_hand_over,
    )
)
due.register(due.DueWork(SEND_AGAIN, not_sent, send_again))
