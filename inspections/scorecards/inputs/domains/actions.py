"""Actions due in the window, or overdue from before it: how many were done by their due day.

Only a verified action counts as done: a provider's own word raises no score. Until it is verified, an
action reported done in time counts neither way, and one reported done late is late, however long ago it was
due.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from inspections.actions.models import SHARED_WITH, Action, ActionExtension, Source
from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import ScorecardSource
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.inputs.visibility import KINDS, EvidenceScope
from inspections.scorecards.scoring.arithmetic import WHOLE, DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import counted, day_words
from qa_portal.core.dates import at_london, day_of

CODE = "actions"
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No action was due in these 12 months")


@dataclass(slots=True)
class ActionRow:
    """One action. `extended` has (day given, due day before it), the newest first."""

    raw_ref: str
    source: str
    council: str
    due_on: dt.date
    done_on: dt.date | None
    verified_on: dt.date | None
    cancelled_on: dt.date | None
    opened_on: dt.date
    extended: tuple[tuple[dt.date, dt.date], ...] = ()

    def due(self, on: dt.date) -> dt.date:
        """Return the day it was due as known on `on`: later extensions are ignored."""
        due = self.due_on
        for given, before in self.extended:
            if given > on:
                due = before
        return due

    def stood(self, on: dt.date) -> bool:
        return self.opened_on <= on and (self.cancelled_on is None or self.cancelled_on > on)

    def done_by(self, on: dt.date) -> bool:
        return self.done_on is not None and self.done_on <= on

    def on_time(self, on: dt.date) -> bool:
        return self.done_by(min(on, self.due(on)))

    def is_open_question(self, on: dt.date) -> bool:
        """Return whether it was reported done by its due day and is not yet verified."""
        return self.on_time(on) and not self.is_verified(on)

    def is_verified(self, on: dt.date) -> bool:
        return self.verified_on is not None and self.verified_on <= on

    def came_due(self, since: dt.date, on: dt.date) -> bool:
        """Return whether it counts in the window.

        Due today is not overdue; overdue actions count until verified.
        """
        due = self.due(on)
        if not self.done_by(on):
            return due < on
        return since < due <= on or (due <= on and not self.on_time(on) and not self.is_verified(on))

    def evidence(self, on: dt.date) -> Evidence:
        due = self.due(on)
        if self.is_open_question(on):
            says = f"Due {day_words(due)}, reported done {day_words(self.done_on)}, not yet verified"
        elif self.on_time(on):
            says = f"Due {day_words(due)}, done {day_words(self.done_on)}"
        elif self.done_by(on):
            says = f"Due {day_words(due)}, done late on {day_words(self.done_on)}"
        else:
            says = f"Due {day_words(due)}, overdue"
        return Evidence("action", ref_of(self.raw_ref), says, due, f"{self.council}: {self.source.lower()}")


class Actions:
    def __init__(self, context: ScoringContext, of_settings: dict, of_providers: dict) -> None:
        self.window, self.owners = dt.timedelta(days=context.rules.windows[CODE]), context.owners
        self.of_settings, self.of_providers = of_settings, of_providers
        self.with_evidence = context.with_evidence

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        about = self.of_settings.get(setting, [])
        if self.of_providers:
            about = about + self.of_providers.get(self.owners.of(setting, on), [])
        since = on - self.window
        due = [one for one in about if one.stood(on) and one.came_due(since, on)]
        if not due:
            return NOTHING
        due.sort(key=lambda one: (one.on_time(on), one.due(on), one.raw_ref))
        evidence = tuple(one.evidence(on) for one in due) if self.with_evidence else ()
        told = [one for one in due if not one.is_open_question(on)]
        claimed = counted(len(due) - len(told), "action")
        if not told:
            return DomainResult(
                CODE, Status.NO_DATA, says=f"{claimed} reported done, none verified yet", evidence=evidence
            )
        done = sum(one.on_time(on) for one in told)
        says = f"{done} of {counted(len(told), 'action')} done by the day it was due"
        return DomainResult(
            CODE,
            Status.CURRENT,
            WHOLE * done // len(told),
            max(one.due(on) for one in told),
            says if len(told) == len(due) else f"{says}; {claimed} reported done and not yet verified",
            evidence,
        )


def counting(scope: EvidenceScope) -> Q:
    """Return a condition for actions, by source, of the councils whose records of that kind count."""
    counted = Q(pk__in=())
    for name, kind in KINDS.items():
        counted |= Q(scope.by(name), source_kind__in=SHARED_WITH[kind])
    return counted


def load_actions(context: ScoringContext) -> Actions:
    whole = Q(setting=None, provider__in=context.providers)
    not_done = Q(verified_at=None) | Q(verified_at__gte=at_london(context.first, dt.time.min))
    found = Action.objects.filter(
        counting(context.scope),
        Q(setting__in=context.settings) | whole,
        Q(due_on__gt=context.since(CODE)) | not_done,
        opened_at__isnull=False,
    )
    if context.scope.is_provider_view:
        found = found.filter(provider__in=context.scope.providers or ())
    actions, settings, providers = {}, defaultdict(list), defaultdict(list)
    rows = found.order_by("pk").values_list(
        *("pk", "setting", "provider", raw_ref(), "source_kind", "council__name", "due_on"),
        *("done_at", "verified_at", "cancelled_at", "opened_at"),
    )
    sources = dict(Source.choices)
    for pk, setting, provider, ref, source, council, due_on, *moments in rows:
        days: list[Any] = [day_of(moment) if moment else None for moment in moments]
        actions[pk] = ActionRow(ref, sources[source], council, due_on, *days)
        if setting:
            settings[setting].append(actions[pk])
        else:
            providers[context.owners.now(provider)].append(actions[pk])
    more = ActionExtension.objects.filter(action__in=found.order_by()).order_by("-pk")
    for pk, given, before in more.values_list("action", "extended_at", "from_on"):
        actions[pk].extended += ((day_of(given), before),)
    return Actions(context, dict(settings), dict(providers))


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="action",
    load=lambda context, loaded: load_actions(context),
    table=Action,
    author=Coalesce("verified_by", "done_by", "opened_by"),
    page="action",
    gap="This will be scored when the next action falls due.",
)
