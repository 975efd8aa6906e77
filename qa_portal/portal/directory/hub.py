"""The setting's page as a hub: what matters at a glance, and a tab for each kind of fact.

A new area joins here: one function in `CARDS` for what belongs on the first screen, one `Tab` for the rest
(docs/map.md says which area brings which). Each asks its own querysets from `visible_to`, and only for the page
that shows it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.scorecards.presentation.presenters import band_tag
from inspections.scorecards.queries import ScorecardQuery
from inspections.scorecards.scoring import words
from inspections.scorecards.selectors import scorecard
from inspections.visits.models import Visit
from providers.directory.models import Setting
from providers.people.models import SettingLead
from providers.people.rules import can, check_can_name_lead
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today


@dataclass
class Reader:
    """Who reads of which setting, on which day; `setting` is a row of `with_grades(directory_of(...))`."""

    user: Any
    setting: Any
    on: dt.date = field(default_factory=today)

    @cached_property
    def knows(self) -> bool:
        """Return whether the reader may see where it is, whom to ring, and what was changed."""
        return Setting.objects.known_to(self.user).filter(pk=self.setting.pk).exists()

    @property
    def sees_cases(self) -> bool:
        return self.user.scope.may(P.VIEW_CASES)

    def url(self, page: str) -> str:
        return reverse(page, args=[self.setting.public_id])


@dataclass(frozen=True)
class Tab:
    """One part of the page, at an address of its own; for whoever it is not open to it does not exist."""

    label: str
    page: str
    is_open: Callable[[Reader], bool]


TABS = (
    Tab("Overview", "setting", lambda reader: True),
    Tab("Inspections", "setting_inspections", lambda reader: True),
    Tab("Monitoring", "setting_monitoring", lambda reader: reader.sees_cases),
    Tab("Owners and use", "setting_owners", lambda reader: True),
    Tab("Contacts and premises", "setting_contacts", lambda reader: reader.knows),
    Tab("History", "setting_history", lambda reader: reader.knows),
)


def tabs_for(reader: Reader, here: str) -> list[dict[str, Any]]:
    """Return label, address and whether it is the present one, for each tab that the reader may open."""
    return [
        {"label": tab.label, "url": reader.url(tab.page), "current": tab.page == here}
        for tab in TABS
        if tab.is_open(reader)
    ]


@dataclass(frozen=True)
class Card:
    """One figure of the first screen. `tag` is a text and a colour; `rag` a level and a text."""

    title: str
    says: str = ""
    href: str = ""
    detail: str = ""
    tag: tuple[str, str] | None = None
    rag: tuple[str, str] | None = None
    more: tuple[str, str] | None = None
    """Words and address of what the reader may do about it."""


def rating(reader: Reader) -> Card | None:
    """Return the scorecard rating of today with its reason; None for whoever may not read the scorecard."""
    if not reader.user.scope.may(P.VIEW_SCORECARDS):
        return None
    asked = ScorecardQuery({}, reader.user)
    readable = asked.may_read and asked.readable_settings().filter(pk=reader.setting.pk)
    if not readable:
        return None
    card = scorecard(as_at=reader.on, scope=asked.scope, among=readable, before=False, with_evidence=False)
    if not card.rows:
        return Card("Scorecard rating", "No rating", detail="It is not registered today.")
    tag = band_tag(card.rows[0].score)
    reason = words.reason(card.rows[0].score)
    return Card(
        "Scorecard rating",
        detail=reason[:1].upper() + reason[1:],
        rag=(tag.level, tag.text),
        more=("See the scorecard and its evidence", reader.url("scorecard_setting")),
    )


def ofsted_grade(reader: Reader) -> Card:
    current = reader.setting.current
    if current is None:
        return Card(
            "Ofsted grade", reader.setting.grade, detail="No inspection that gives a grade is published."
        )
    on = f"Inspected on {current.inspected_on:%-d %B %Y}, " if current.inspected_on else ""
    return Card(
        "Ofsted grade", reader.setting.grade, reader.url("setting_inspections"), f"{on}{current.scale}"
    )


def open_issues(reader: Reader) -> Card | None:
    """Return how many contract issues are open and the furthest stage, as far as this reader was told."""
    if not reader.sees_cases:
        return None
    seen = ContractIssue.objects.visible_to(reader.user).open().filter(setting=reader.setting)
    issues = list(seen.select_related("stage").order_by("-stage__number"))
    if not issues:
        return Card("Contract issues", "None open")
    stage = issues[0].stage
    told = (stage.name_for_provider or "Being looked at") if reader.user.scope.is_provider else stage.name
    return Card(
        "Contract issues",
        f"{len(issues)} open",
        reader.url("setting_monitoring"),
        f"{'At' if len(issues) == 1 else 'Furthest'} stage: {told.lower()}",
        tag=("Significant", "red") if any(one.severity == "high" for one in issues) else None,
    )


def next_visit(reader: Reader) -> Card | None:
    """Return the next planned monitoring visit with who leads it, and when somebody was last there."""
    if not reader.sees_cases:
        return None
    seen = Visit.objects.visible_to(reader.user).filter(setting=reader.setting)
    planned = seen.planned().select_related("lead__person__details").order_by("planned_on", "pk").first()
    last = seen.filter(visited_on__isnull=False).order_by("-visited_on").values_list("visited_on", flat=True)
    been = last.first()
    visited = f"Last visited on {been:%-d %B %Y}" if been else "Never visited"
    if planned is None:
        return Card("Next visit", "None planned", detail=visited)
    return Card(
        "Next visit",
        f"{planned.planned_on:%-d %B %Y}",
        reverse("visit", args=[planned.public_id]),
        f"{planned.get_kind_display()}, {planned.lead.person}. {visited}",
        tag=("Overdue", "red") if planned.planned_on < reader.on else None,
    )


def actions(reader: Reader) -> Card | None:
    if not reader.sees_cases:
        return None
    live = Action.objects.visible_to(reader.user).filter(setting=reader.setting).live()
    late = Action.objects.overdue(reader.on).filter(setting=reader.setting).values("pk")
    counts = live.aggregate(all=Count("pk"), late=Count("pk", filter=Q(pk__in=late)))
    if not counts["all"]:
        return Card("Actions", "None open")
    return Card(
        "Actions",
        f"{counts['all']} not closed",
        f"{reverse('actions')}?setting={reader.setting.pk}",
        tag=(f"{counts['late']} overdue", "red") if counts["late"] else None,
    )


def lead_officer(reader: Reader) -> Card | None:
    """Return who leads and who stands in, for the council's own people."""
    leads = SettingLead.objects.visible_to(reader.user).in_force(reader.on).filter(setting=reader.setting)
    lead, may_name = leads.with_names().first(), can(check_can_name_lead, reader.user, reader.setting)
    if lead is None and not may_name:
        return None
    return Card(
        "Lead officer",
        str(lead.lead.person) if lead else "Nobody yet",
        detail=f"Deputy: {lead.deputy.person}" if lead and lead.deputy else "",
        more=("Change the lead officer", reader.url("set_lead")) if may_name else None,
    )


CARDS: tuple[Callable[[Reader], Card | None], ...] = (
    rating,
    ofsted_grade,
    open_issues,
    next_visit,
    actions,
    lead_officer,
)


def cards_for(reader: Reader) -> list[Card]:
    """Return the figures of the first screen, in the order of `CARDS`."""
    return [card for make in CARDS if (card := make(reader)) is not None]
