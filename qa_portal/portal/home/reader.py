"""For partner agencies, the QA board and all who read rather than act."""

import datetime as dt

from django.urls import reverse

from providers.contracts.models import ReferralHold
from qa_portal.core.access.permissions import Permission
from qa_portal.portal.home.panels import HomePage, Line, Lines, Mark, Panel
from qa_portal.portal.home.region import region_of
from qa_portal.portal.home.scorecards import (
    alerts_panel,
    bands_panel,
    moved_panel,
    nothing_shared,
    region_figures,
    worst_panel,
)


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
        Line("The register", reverse("register"), "Settings and providers, with what Ofsted says of them."),
        Line("My messages", reverse("messages"), "What the portal has told you."),
        Line("Everything else", reverse("more"), "Organisations, sharing, question sets and more."),
    ]
    return Lines(
        title="Nothing waits for you",
        note="When somebody asks something of you, it stands here. Meanwhile you can read:",
        lines=pages,
    )


def paused_panel(user, on: dt.date) -> Lines:
    """For those who look for places: where nobody new is placed."""
    held = ReferralHold.objects.visible_to(user).in_force(on)
    held = held.select_related("membership__provider", "membership__lot").order_by("-from_on", "pk")
    return Lines(
        title="Where referrals are paused",
        lines=[
            Line(
                words=str(hold.membership.provider),
                href=reverse("provider", args=[hold.membership.provider.public_id]),
                detail=str(hold.membership.lot),
                on=hold.from_on,
                mark=Mark(
                    hold.get_kind_display(), "red" if hold.kind == ReferralHold.Kind.SUSPENSION else "yellow"
                ),
            )
            for hold in held[:8]
        ],
        nothing="Every provider on a lot is open to referrals.",
    )


def may_place(user) -> bool:
    return user.scope.is_council and user.scope.may(Permission.RECORD_PLACING_COUNTS)
