"""Inputs common to all domains: settings, viewer, dates and rules."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from inspections.scorecards.inputs.definitions import Rules
from inspections.scorecards.inputs.row_ids import Ids
from inspections.scorecards.inputs.visibility import EvidenceScope
from inspections.scorecards.scoring.arithmetic import DomainResult, Evidence
from providers.directory.models import ProviderMerger, SettingOwnership


class DomainSource(Protocol):
    """The loaded rows of one domain, which give a result for any setting and day of the context."""

    def reading(self, setting: int, on: dt.date) -> DomainResult: ...


class EvidenceRecord(Protocol):
    """A record that can be the only evidence of a domain result."""

    @property
    def evidence(self) -> Evidence: ...


@dataclass(frozen=True)
class Owners:
    """Who owned each setting and when.

    `spans` by setting: (from, first day no longer or None, provider). `present` maps the id of a merged
    provider to its present one.
    """

    spans: Mapping[int, Sequence[tuple[dt.date | None, dt.date | None, int]]]
    present: Mapping[int, int]

    def of(self, setting: int, on: dt.date) -> int | None:
        """Return the id of the day's owner, under its present name; None if no file says."""
        for start, end, provider in self.spans.get(setting, ()):
            if (start is None or start <= on) and (end is None or on < end):
                return self.now(provider)
        return None

    def now(self, provider: int) -> int:
        return self.present.get(provider, provider)

    def all(self) -> set[int]:
        """Return every provider that owned one of the settings at any time, and those merged into them."""
        owners = {self.now(provider) for spans in self.spans.values() for *_, provider in spans}
        return owners | {merged for merged, into in self.present.items() if into in owners}


@dataclass(frozen=True)
class ScoringContext:
    """What the domains need to score some settings. `days` are all the days asked for, in order.

    Without evidence a domain result has its points and neither words nor records: a list of thousands shows
    none.
    """

    settings: Ids
    owners: Owners
    scope: EvidenceScope
    days: tuple[dt.date, ...]
    rules: Rules
    with_evidence: bool = True

    @property
    def first(self) -> dt.date:
        return self.days[0]

    @property
    def last(self) -> dt.date:
        return self.days[-1]

    @cached_property
    def providers(self) -> Ids:
        """Return every provider that owned one of the settings at any time."""
        return Ids(self.owners.all())

    def told(self, record: EvidenceRecord) -> tuple[str, tuple[Evidence, ...]]:
        """Return the words and the evidence of a result that rests on one record."""
        if not self.with_evidence:
            return "", ()
        evidence = record.evidence
        return evidence.says, (evidence,)

    def since(self, area: str) -> dt.date:
        """Return the first day before the domain's window on the earliest day."""
        return self.first - dt.timedelta(days=self.rules.windows[area])


def owners_of(settings: Ids) -> Owners:
    spans: dict[int, list[tuple]] = defaultdict(list)
    rows = SettingOwnership.objects.filter(setting__in=settings).order_by("setting", "-from_on", "pk")
    for setting, start, end, provider in rows.values_list("setting", "from_on", "to_on", "provider"):
        spans[setting].append((start, end, provider))
    return Owners(spans, dict(ProviderMerger.objects.values_list("merged", "into")))
