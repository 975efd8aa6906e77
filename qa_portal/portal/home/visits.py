"""Panels of the next visits, and of which settings in use have been visited."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from inspections.visits.models import Visit
from inspections.visits.selectors import visited_in_last_year
from providers.contracts.selectors import use
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.ui.bars import BarPart, share_bar
from qa_portal.portal.home.panels import BarShare, Figure, Lines, Link, PanelLine, PanelTag, Shares, counted

DAYS_AHEAD, MOST = 14, 6
VISITED, PLANNED, NEITHER = "#00703c", "#1d70b8", "#942514"


def next_visits(user, on: dt.date):
    """Return visits of the next fourteen days by the reader's council, or at the reader's own settings."""
    planned = Visit.objects.visible_to(user).planned()
    soon = planned.filter(planned_on__range=(on, on + dt.timedelta(days=DAYS_AHEAD)))
    return soon.filter(council=user.scope.organisation_id) if user.scope.is_council else soon


def led_or_joined_by(user) -> Q:
    return Q(lead=user.membership) | Q(assessors__membership=user.membership)


def visits_figure(count: int) -> Figure:
    words = f"visit{'' if count == 1 else 's'} in the next {DAYS_AHEAD} days"
    return Figure(count, words, reverse("visits") + "?show=planned")


def visits_panel(user, visits: list[Visit], *, whose: str = "") -> Lines:
    """Return the panel. `whose` goes into the sentence of an empty panel: "of yours"."""
    may_plan = user.scope.is_council and user.scope.may(Permission.PLAN_VISITS)
    return Lines(
        title=f"Visits in the next {DAYS_AHEAD} days",
        lines=[visit_line(visit, user) for visit in visits[:MOST]],
        nothing=f"No visit{whose} is planned in the next {DAYS_AHEAD} days.",
        to_do=Link("Plan a monitoring visit", reverse("plan_visit")) if may_plan else None,
        more=[Link("All planned visits", reverse("visits") + "?show=planned")],
    )


def visit_line(visit: Visit, user) -> PanelLine:
    lead = "you lead" if visit.lead_id == user.membership.pk else visit.lead.person.name
    told = visit.get_kind_display() if user.scope.is_provider else f"{visit.get_kind_display()}, {lead}"
    return PanelLine(
        words=visit.about,
        href=reverse("visit", args=[visit.public_id]),
        detail=told,
        on=visit.planned_on,
        mark=None if visit.notice == Visit.Notice.ANNOUNCED else PanelTag(visit.get_notice_display()),
    )


def coverage(user, on: dt.date) -> dict[str, int]:
    """Count the open settings in which the reader's council has children: visited, planned, neither."""
    planned = Visit.objects.visible_to(user).planned().filter(setting=OuterRef("pk"))
    used = (
        Setting.objects.visible_to(user)
        .filter(use(on, user.scope.authority_id))
        .filter(Q(closed_on=None) | Q(closed_on__gt=on))
        .annotate(was_visited=visited_in_last_year(user, on), coming=Exists(planned))
    )
    waiting = Q(was_visited=False, coming=True)
    return used.order_by().aggregate(
        visited=Count("pk", filter=Q(was_visited=True)),
        planned=Count("pk", filter=waiting),
        neither=Count("pk", filter=Q(was_visited=False, coming=False)),
    )


def coverage_panel(counts: dict[str, int]) -> Shares:
    register = reverse("directory")
    not_visited = f"{register}?only=in_use&only=not_visited"
    shares = [
        BarShare("visited in the last 12 months", counts["visited"], VISITED),
        BarShare("not visited, a visit is planned", counts["planned"], PLANNED, href=not_visited),
        BarShare("not visited, and none planned", counts["neither"], NEITHER, href=not_visited),
    ]
    total = sum(counts.values())
    parts = [BarPart(share.words, share.count, share.colour) for share in shares]
    return Shares(
        title="Settings in use that were visited",
        note=f"{counts['visited']} of {counted(total, 'setting')} in use visited within 12 months.",
        bar=share_bar(parts, title="Settings in use, by when they were visited", chart_id="coverage"),
        shares=[share for share in shares if share.count] if total else [],
        nothing="No setting is in use: no count of children placed is recorded yet.",
        to_do=Link("Record placing counts", reverse("placing_counts")),
        more=[Link("Settings not visited", not_visited)] if total > counts["visited"] else [],
    )
