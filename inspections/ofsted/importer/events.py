"""Merging of what several files say of an inspection into one event."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inspections.ofsted.importer.covered_fields import is_unidentified
from inspections.ofsted.reader.headings import INSPECTION_PARTS
from inspections.ofsted.reader.rows import OTHER_SCALES
from inspections.ofsted.reader.shapes import HEADLINES

# By the columns an inspection stands in, never by its words: "Monitoring inspection" stands among full ones.
TYPES = {
    "latest": "full",
    "previous": "full",
    "interim": "interim_legacy",
    "assurance": "assurance",
    "monitoring": "monitoring",
}
SUPPORTED = HEADLINES["SA-3"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One file's version of one inspection, as `RegisterEntry.inspections` keeps it.

    `order` is the file's place among the files, `speaks` the fields that it has columns for.
    """

    order: int
    said: Mapping
    speaks: frozenset[str]

    @property
    def type_code(self) -> str:
        return TYPES[self.said["kind"]]

    @property
    def is_unidentified(self) -> bool:
        said = self.said
        return is_unidentified(said["kind"], said["event_number"], said["inspected_on"], self.speaks)


@dataclass(frozen=True, slots=True)
class Event:
    """One inspection, each part of it from the newest file that covers that part."""

    type_code: str
    event_number: str
    event_type: str
    inspected_on: dt.date | None
    published_on: dt.date | None
    scale: str
    judgements: Mapping[str, str]

    @property
    def day_key(self) -> tuple:
        return self.type_code, self.inspected_on


def events_of(tellings: Sequence[Telling]) -> list[Event]:
    """Return the events of one setting, from `tellings` oldest first and each file's latest inspection last.

    An inspection is known by its number. The lists sent to councils give none: there its type and day say
    which it is.
    """
    numbered: dict[str, list[Telling]] = defaultdict(list)
    loose: dict[tuple, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if number := telling.said["event_number"]:
            numbered[number].append(telling)
        elif not telling.is_unidentified:
            loose[telling.type_code, _day(telling.said["inspected_on"])].append(telling)
    if not loose:
        return [_folded(found) for found in numbered.values()]
    days = {_folded(numbered[number]).day_key: number for number in sorted(numbered)}
    for key in [key for key in loose if key in days and key[1]]:
        numbered[days[key]] += loose.pop(key)
    return [
        _folded(sorted(found, key=lambda telling: telling.order))
        for found in (*numbered.values(), *loose.values())
    ]


def _folded(tellings: Sequence[Telling]) -> Event:
    values: dict[str, str | None] = dict.fromkeys(INSPECTION_PARTS, "")
    judgements: dict[str, str] = {}
    # A file that tells of it twice, as the latest and as the one before, means the latest.
    for telling in {telling.order: telling for telling in tellings}.values():
        said, kind = telling.said, telling.said["kind"]
        told = parts_told(telling.speaks, kind)
        for part in INSPECTION_PARTS:
            if said[part] or (part in told and part != "event_number"):
                values[part] = said[part]
        judgements = {subject: words for subject, words in judgements.items() if subject not in told}
        judgements |= said["judgements"]
    scale = OTHER_SCALES.get(kind, "SA-3" if SUPPORTED in judgements else "SCCIF-4")
    return Event(
        type_code=tellings[-1].type_code,
        event_number=values["event_number"] or "",
        event_type=values["event_type"] or "",
        inspected_on=_day(values["inspected_on"]),
        published_on=_day(values["published_on"]),
        scale=scale,
        judgements=judgements,
    )


@lru_cache(maxsize=1024)
def parts_told(speaks: frozenset[str], kind: str) -> frozenset[str]:
    """Return the parts of such an inspection that a file has columns for: "published_on", "helped_and_protected"."""
    prefix = f"{kind}:"
    return frozenset(field.removeprefix(prefix) for field in speaks if field.startswith(prefix))


@lru_cache(maxsize=20_000)
def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
