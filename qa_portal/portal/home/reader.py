"""Home page of partner agencies, the QA board and others who read rather than act."""

import datetime as dt

from django.urls import reverse

from providers.contracts.holds import ReferralState, referral_states
from providers.contracts.models import ReferralHold
from providers.purchasing.models import LotMembership
from qa_portal.core.access.permissions import Permission
from qa_portal.core.present import present
from qa_portal.portal.home.panels import HomePage, Lines, Link, Panel, PanelLine, PanelTag
from qa_portal.portal.home.region import region_of
from qa_portal.portal.home.scorecards import (
    alerts_panel,
    bands_panel,
    moved_panel,
    nothing_shared,
    region_figures,
    worst_panel,
)

MOST_PAUSED = 8


def reader_home(user, on: dt.date) -> HomePage:
    region, paused = region_of(user, on), [paused_panel(user, on)] if may_place(user) else []
    if region is None:
        return HomePage(main=[nothing_shared(), *paused])
    return HomePage(
        figures=region_figures(region),
        main=[worst_panel(region), moved_panel(region)],
        side=[bands_panel(region), alerts_panel(region), *paused],
    )


def visitor_home(user, on: dt.date) -> HomePage:
    return HomePage(main=[places_to_go(user)])


def places_to_go(user) -> Panel:
    pages = [
        PanelLine(
            "Settings and providers", reverse("directory"), "Every registered setting, with what Ofsted says."
        ),
        PanelLine("Messages", reverse("messages"), "What the portal has told you."),
        PanelLine(
            "Where to find things", reverse("all_pages"), "Every page you can open, with what it is for."
        ),
    ]
    return Lines(
        title="Nothing waits for you",
        note="You have no tasks. New tasks will appear here. Meanwhile you can read:",
        lines=pages,
    )


def paused_panel(user, on: dt.date) -> Lines:
    """Return lot places with paused referrals, suspensions first, then the newest pauses."""
    held = ReferralHold.objects.visible_to(user).in_force(on)
    places = LotMembership.objects.visible_to(user).in_force(on).filter(pk__in=held.values("membership"))
    places = list(places.with_names())
    states = referral_states(places, on)
    places.sort(
        key=lambda place: (not states[place.pk].is_suspended, -present(states[place.pk].since).toordinal())
    )
    return Lines(
        title="Where referrals are paused",
        lines=[paused_line(place, states[place.pk]) for place in places[:MOST_PAUSED]],
        nothing="Every provider on a lot is open to referrals.",
        more=[Link(f"All {len(places)}, by purchasing system", reverse("purchasing_systems"))]
        if len(places) > MOST_PAUSED
        else [],
    )


def paused_line(place: LotMembership, state: ReferralState) -> PanelLine:
    return PanelLine(
        words=str(place.provider),
        href=reverse("purchasing_system", args=[place.lot.system.public_id]),
        detail=f"{place.lot}, {place.lot.system}" + ("" if state.is_suspended else f". {state}"),
        on=state.since,
        mark=PanelTag("Suspended", "red") if state.is_suspended else PanelTag("Paused", "yellow"),
    )


def may_place(user) -> bool:
    return user.scope.is_council and user.scope.may(Permission.RECORD_PLACING_COUNTS)
