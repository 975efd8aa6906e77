from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from providers.people.models import Membership, SecondFactorReset, User
from providers.people.rules import check_can_reset_second_factor, own_organisation
from providers.people.services.memberships import end_sessions
from qa_portal.core.rules import Refused


@transaction.atomic
def reset_second_factor(
    *,
    by: User,
    membership: Membership,
    known_by: str,
    note: str,
    number_from: str = "",
    called_at: Any = None,
) -> SecondFactorReset:
    """Remove the lost second factor and end every session; the next sign-in sets up a new one.

    A council resets a provider's or an agency's person only after calling back on a number that the person
    who asked did not give.
    """
    check_can_reset_second_factor(by, membership)
    own = own_organisation(by)
    if membership.organisation_id != own.pk and known_by != SecondFactorReset.Known.CALLED_BACK:
        raise Refused("Call back on a number you already hold before you reset somebody else's people.")
    if called_at and called_at > timezone.now():
        raise Refused("The call back must be in the past.")
    user = membership.person.user
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return SecondFactorReset.objects.create(
        person=membership.person,
        organisation=membership.organisation,
        by=by.person,
        by_organisation=own,
        known_by=known_by,
        number_from=number_from,
        called_at=called_at,
        note=note,
    )
