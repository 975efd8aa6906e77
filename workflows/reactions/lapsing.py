"""A paper that a lot must have runs out: nobody new is referred there until another stands in its stead.

It goes by itself both ways (scenario 5): the pause begins with the first day without, the lift is today's.
"""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse

from providers.contracts.hold_services import hold_referrals, lift_hold
from providers.contracts.models import ReferralHold
from providers.documents.kinds import Kind
from providers.notifications.kinds import REFERRALS_PAUSED
from providers.notifications.services import About, notify_all
from providers.people.models import Membership
from providers.people.selectors import holders, holders_anywhere
from providers.purchasing.lapses import lapsed, places_with_something_expired
from providers.purchasing.models import LotMembership
from providers.purchasing.selectors import names_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today

SOURCE = "paper "


def open_holds():
    return ReferralHold.objects.filter(kind=ReferralHold.Kind.DOCUMENT, to_on=None, source__startswith=SOURCE)


def source_of(kind: str) -> str:
    return f"{SOURCE}{kind}"


def places_to_pause() -> list[LotMembership]:
    places = places_with_something_expired(today()).with_names()
    held = set(open_holds().values_list("membership", "source"))
    return [
        place
        for place in places
        if any((place.pk, source_of(kind)) not in held for kind in lapsed(place, today()))
    ]


@transaction.atomic
def pause(place: LotMembership) -> None:
    for kind, since in lapsed(place, today()).items():
        hold = hold_referrals(
            by=None,
            membership=place,
            kind=ReferralHold.Kind.DOCUMENT,
            source=source_of(kind),
            from_on=max(since, place.from_on),
            reason=f"{Kind(kind).label} has expired",
        )
        tell(place, hold, kind)


def tell(place: LotMembership, hold: ReferralHold, kind: str) -> None:
    """The provider, who ends the pause with a renewal, and the council's people who look after the lot."""
    system = place.lot.system
    notify_all(
        to=readers_of(place),
        key=f"paused:{hold.public_id}",
        kind=REFERRALS_PAUSED,
        about=About(
            path=reverse("purchasing_system", args=[system.public_id]),
            subject_kind="referral hold",
            subject_id=hold.public_id,
        ),
        facts={"document": Kind(kind).label, "lot": str(place.lot), "on": hold.from_on},
    )


def readers_of(place: LotMembership) -> list[Membership]:
    apply = holders_anywhere(Permission.APPLY).filter(organisation__provider__in=names_of(place.provider))
    return [*apply, *holders(Permission.MANAGE_PURCHASING, place.lot.system.council)]


def pauses_that_ended() -> Iterator[ReferralHold]:
    for hold in open_holds().select_related("membership__provider"):
        if not is_needed(hold):
            yield hold


def is_needed(hold: ReferralHold) -> bool:
    return hold.source.removeprefix(SOURCE) in lapsed(hold.membership, today())


@transaction.atomic
def lift_pause(hold: ReferralHold) -> None:
    hold = open_holds().select_for_update().filter(pk=hold.pk).first()
    if hold and not is_needed(hold):
        lift_hold(by=None, hold=hold, reason="Another one in date stands in its stead")
