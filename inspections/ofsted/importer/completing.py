"""Filling in of values that a file has no column for, from the newest older file that has one."""

import datetime as dt
from collections.abc import Sequence
from copy import copy

from inspections.ofsted.importer.covered_fields import is_unidentified, spoken_anywhere, spoken_by_sheet
from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reader.headings import INSPECTION_PARTS, JUDGEMENTS
from inspections.ofsted.reader.shapes import HEADLINES

PLAIN = frozenset({"registered_on", "closed_on", "owner", "places"})
PARTS = frozenset(f"latest:{part}" for part in (*INSPECTION_PARTS, *JUDGEMENTS))
COMPLETED = PLAIN | PARTS
HEADLINE_COLUMNS = frozenset(f"latest:{HEADLINES[scale]}" for scale in ("SCCIF-4", "SA-3"))
SUPPORTED = HEADLINES["SA-3"]


def lacks(file: RegisterFile, older: Sequence[RegisterFile]) -> bool:
    """Return whether a sheet of the file has no column for something that an older file has."""
    known = _known(older)
    return any(known - speaks for speaks in spoken_by_sheet(file).values())


def completed(
    entries: Sequence[RegisterEntry], file: RegisterFile, older: Sequence[RegisterFile]
) -> list[RegisterEntry]:
    """Return the entries, copied where a cell was filled in. `older` are the files before this one, in order."""
    known, by_sheet = _known(older), spoken_by_sheet(file)
    gaps = {
        entry.urn: EntryGaps(entry, unknown, by_sheet[entry.sheet])
        for entry in entries
        if (unknown := known - by_sheet[entry.sheet])
    }
    for earlier in reversed(older):
        told = spoken_anywhere(earlier)
        waiting = {urn for urn, gap in gaps.items() if gap.unknown & told}
        if waiting:
            speaks = spoken_by_sheet(earlier)
            for entry in RegisterEntry.objects.filter(file=earlier).defer("cells"):
                if entry.urn in waiting:
                    gaps[entry.urn].fill(entry, speaks[entry.sheet])
    return [gaps[entry.urn].closed() if entry.urn in gaps else entry for entry in entries]


def _known(files: Sequence[RegisterFile]) -> frozenset[str]:
    return frozenset().union(*map(spoken_anywhere, files)) & COMPLETED


class EntryGaps:
    """One entry and its fields that are still unknown."""

    def __init__(self, entry: RegisterEntry, unknown: frozenset[str], speaks: frozenset[str]) -> None:
        self.entry, self.unknown = copy(entry), set(unknown)
        said = entry.said("latest")
        number, day = (said["event_number"], said["inspected_on"]) if said else ("", None)
        self.is_unidentified = is_unidentified("latest", number, day, speaks)
        self.latest = _copied(said)

    def fill(self, older: RegisterEntry, speaks: frozenset[str]) -> None:
        for name in PLAIN & self.unknown & speaks:
            setattr(self.entry, name, getattr(older, name))
        told = older.said("latest")
        if self.is_unidentified:
            number, day = (told["event_number"], told["inspected_on"]) if told else ("", None)
            if is_unidentified("latest", number, day, speaks):
                self.unknown -= PLAIN & speaks
                return
            self.latest, self.is_unidentified = _copied(told), False
            self.unknown |= PARTS
            self._take_scale(older)
        elif _is_same_event(self.latest, told):
            self._take_parts(older, told, speaks)
        else:
            self.unknown -= PLAIN & speaks
            return
        self.unknown -= speaks

    def _take_parts(self, older: RegisterEntry, told: dict | None, speaks: frozenset[str]) -> None:
        wanted = self.unknown & PARTS & speaks
        if wanted & HEADLINE_COLUMNS:
            self._take_scale(older)
        if self.latest is None or told is None:
            return
        for field in wanted:
            part = field.partition(":")[2]
            if part in INSPECTION_PARTS:
                self.latest[part] = told[part]
            elif part in told["judgements"]:
                self.latest["judgements"][part] = told["judgements"][part]

    def _take_scale(self, older: RegisterEntry) -> None:
        """Take over the scale on which it would be graded, and the words in place of a grade."""
        self.entry.scale = older.scale
        self.entry.not_graded = self.entry.not_graded or older.not_graded

    def closed(self) -> RegisterEntry:
        entry, latest = self.entry, self.latest
        entry.inspections = [one for one in entry.inspections if one["kind"] != "latest"]
        if latest:
            judgements = latest["judgements"]
            latest["scale"] = "SA-3" if SUPPORTED in judgements else "SCCIF-4"
            latest["grade"] = judgements.get(HEADLINES[latest["scale"]], "")
            entry.inspections.insert(0, latest)
            entry.scale = latest["scale"] if latest["grade"] else entry.scale
        entry.grade = latest["grade"] if latest else ""
        entry.event_number = latest["event_number"] if latest else ""
        entry.inspected_on, entry.published_on = _day(latest, "inspected_on"), _day(latest, "published_on")
        entry.breaks_limiting_rules = bool(latest and limiting_flags(latest["judgements"]))
        return entry


def _copied(said: dict | None) -> dict | None:
    return said and {**said, "judgements": dict(said["judgements"])}


def _day(said: dict | None, part: str) -> dt.date | None:
    return dt.date.fromisoformat(said[part]) if said and said[part] else None


def _is_same_event(one: dict | None, other: dict | None) -> bool:
    """Return whether both are one event, by number, else by day: a missing number is no difference."""
    if one is None or other is None:
        return one is other
    if one["event_number"] and other["event_number"]:
        return one["event_number"] == other["event_number"]
    known = one["inspected_on"] or one["event_number"] == other["event_number"]
    return bool(known) and one["inspected_on"] == other["inspected_on"]
