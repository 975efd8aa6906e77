"""A paper that a lot must have runs out: nobody new is referred there until another stands in its stead.

It goes by itself both ways (scenario 5): the pause begins with the first day without, the lift is today's. A paper
that waits for its virus scan keeps a lot open and opens none, so that no lot goes to and fro.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from providers.contracts.hold_services import hold_referrals, lift_hold
from providers.contracts.models import ReferralHold
from providers.documents.document_kinds import DocumentKind
from providers.documents.rules import READABLE
from providers.notifications.kinds import REFERRALS_PAUSED
from providers.notifications.services import About, notify_all
from providers.people.models import Membership
from providers.people.selectors import holders, holders_anywhere
from providers.purchasing.document_cover import current_memberships, document_gaps
from providers.purchasing.models import LotMembership
from providers.purchasing.selectors import names_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today

SOURCE = "paper "


def holds():
    return ReferralHold.objects.filter(kind=ReferralHold.Kind.DOCUMENT, source__startswith=SOURCE)


def source_of(kind: str) -> str:
    return f"{SOURCE}{kind}"


def run_out(places: list[LotMembership]) -> dict[int, dict[str, dt.date]]:
    """Return, by place and kind, the first day without a document."""
    return {
        place: {kind: since for kind, since in kinds.items() if since}
        for place, kinds in document_gaps(places, today()).items()
    }


def places_to_pause() -> list[LotMembership]:
    places = list(current_memberships(today()).with_names())
    held = set(holds().filter(to_on=None).values_list("membership", "source"))
    due = run_out(places)
    return [
        place for place in places if any((place.pk, source_of(kind)) not in held for kind in due[place.pk])
    ]


@transaction.atomic
def pause(place: LotMembership) -> None:
    for kind, since in run_out([place])[place.pk].items():
        hold = hold_referrals(
            by=None,
            membership=place,
            kind=ReferralHold.Kind.DOCUMENT,
            source=source_of(kind),
            from_on=max(since, place.from_on, last_lift(place, kind) or since),
            reason=f"{DocumentKind(kind).label} has expired",
        )
        tell(place, hold, kind)


def last_lift(place: LotMembership, kind: str) -> dt.date | None:
    """Return the last day on which a pause of this kind ended; None if none did.

    The lot was open from that day, and referrals were made, whatever is found out later.
    """
    ended = holds().filter(membership=place, source=source_of(kind))
    return ended.aggregate(last=Max("to_on"))["last"]


def tell(place: LotMembership, hold: ReferralHold, kind: str) -> None:
    """Tell the provider, who ends the pause with a renewal, and the council's people who look after the lot."""
    system = place.lot.system
    notify_all(
        to=readers_of(place),
        key=f"paused:{hold.public_id}",
        kind=REFERRALS_PAUSED,
        about=About(
            path=reverse("purchasing_system", args=[system.public_id]),
            council=system.council,
            provider=place.provider,
            subject_kind="referral hold",
            subject_id=hold.public_id,
        ),
        facts={"document": DocumentKind(kind).label, "on": hold.from_on},
    )


def readers_of(place: LotMembership) -> list[Membership]:
    apply = holders_anywhere(Permission.APPLY).filter(organisation__provider__in=names_of(place.provider))
    return [*apply, *holders(Permission.MANAGE_PURCHASING, place.lot.system.council)]


def pauses_that_ended() -> list[ReferralHold]:
    standing = list(holds().filter(to_on=None))
    needed = needed_now({hold.membership_id for hold in standing})
    return [hold for hold in standing if (hold.membership_id, hold.source) not in needed]


def needed_now(keys: set[int]) -> set[tuple[int, str]]:
    """(place, source) of each hold that has to stand. A place that has ended needs none."""
    places = list(current_memberships(today()).filter(pk__in=keys))
    without = document_gaps(places, today(), scans=READABLE)
    return {(place, source_of(kind)) for place, kinds in without.items() for kind in kinds}


@transaction.atomic
def lift_pause(hold: ReferralHold) -> None:
    hold = locked(hold)
    if hold.to_on is None and (hold.membership_id, hold.source) not in needed_now({hold.membership_id}):
        lift_hold(by=None, hold=hold, reason="Nothing that the lot must have has run out any more")
