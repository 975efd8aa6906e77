"""Holding referrals on a lot and lifting the hold. `by` is None where a rule of the portal acts, not a person."""

import datetime as dt
from typing import Any

from django.db import transaction

from providers.contracts.models import ReferralHold
from providers.people.models import User
from providers.people.rules import check_acts_for, check_acts_for_provider
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

Membership = Any  # a LotMembership of the purchasing slice, which is above this one

WHO_MAY = {
    ReferralHold.Kind.SUSPENSION: Permission.DECIDE_SUSPENSIONS,
    ReferralHold.Kind.REGISTRATION: Permission.CHECK_APPLICATIONS,
    ReferralHold.Kind.GRADE: Permission.CHECK_APPLICATIONS,
    ReferralHold.Kind.DOCUMENT: Permission.CHECK_APPLICATIONS,
    ReferralHold.Kind.EXCLUSION: Permission.CHECK_APPLICATIONS,
    ReferralHold.Kind.PROVIDER_REQUEST: Permission.APPLY,
}


def check_can_hold(by: User | None, membership: Membership, kind: str) -> None:
    if by is None:
        return
    permission, sentence = (
        WHO_MAY[ReferralHold.Kind(kind)],
        "This lot is looked after by another organisation.",
    )
    if by.scope.is_provider:
        check_acts_for_provider(by, membership.provider_id, permission, otherwise=sentence)
    else:
        check_acts_for(by, membership.lot.system.council, permission, otherwise=sentence)


@transaction.atomic
def hold_referrals(
    *,
    by: User | None,
    membership: Membership,
    kind: str,
    source: str,
    from_on: dt.date | None = None,
    reason: str = "",
) -> ReferralHold:
    """Stop new referrals from `from_on` (default today). The same source holds once, however often it asks."""
    check_can_hold(by, membership, kind)
    locked(membership)
    standing = ReferralHold.objects.filter(
        membership=membership, kind=kind, source=source, to_on=None
    ).first()
    if standing:
        return standing
    hold = ReferralHold(membership=membership, kind=kind, source=source, from_on=from_on or today())
    hold._change_reason = reason
    hold.save()
    return hold


@transaction.atomic
def lift_hold(*, by: User | None, hold: ReferralHold, on: dt.date | None = None, reason: str = "") -> None:
    """Lift the hold; `on` is the first day with referrals again, or the hold's first day if that is later."""
    hold = locked(hold)
    check_can_hold(by, hold.membership, hold.kind)
    if hold.to_on:
        raise Refused(f"This hold was lifted on {hold.to_on:%-d %B %Y} already.")
    hold.to_on, hold._change_reason = max(on or today(), hold.from_on), reason
    hold.save()
