"""The present state of settings and their dated owners, worked out from all files."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from inspections.ofsted.importer.covered_fields import fields_by_cell, spoken_anywhere, spoken_by_sheet
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reader.cells import clean, owner_key, says_yes
from inspections.ofsted.reader.rows import ADDRESS, Cells
from providers.directory.fields import name_key
from providers.directory.models import Provider, Setting, SettingOwnership
from qa_portal.core.audit.bulk import audited_delete, audited_save, set_values

CODED = ("provision_type", "registration_status", "local_authority")
TEXTS = ("education_urn", "sector", "conditions", "name", "postcode", *ADDRESS)
TOLD = frozenset(
    {*CODED, *TEXTS, "registered_on", "closed_on", "places", "premises", "short_break_only", "multi_building"}
)
Told = dict[str, str]


def told_cells(
    urns: Collection[str], files: Sequence[RegisterFile], unsaved: Sequence[RegisterEntry] = ()
) -> dict[str, Told]:
    """Return, by URN, each field's cell in the newest of `files` that has a column for it.

    `unsaved` are the entries of one of the files, not yet stored. Older files are read only for fields that
    no newer one has.
    """
    told: dict[str, Told] = {urn: {} for urn in urns}
    for file in reversed(files):
        wanted = spoken_anywhere(file) & TOLD
        waiting = {urn for urn, cells in told.items() if wanted - cells.keys()}
        if not waiting:
            continue
        columns: dict[str, list[tuple[int, str]]] = {}
        for urn, sheet, cells in _cells_in(file, waiting, unsaved):
            if sheet not in columns:
                names = fields_by_cell(file, sheet)
                columns[sheet] = [(index, name) for index, name in enumerate(names) if name in TOLD]
            for index, name in columns[sheet]:
                told[urn].setdefault(name, clean(cells[index]))
    return {urn: cells for urn, cells in told.items() if cells}


def _cells_in(file: RegisterFile, urns: set[str], unsaved: Sequence[RegisterEntry]) -> Iterable[tuple]:
    if unsaved and unsaved[0].file == file:
        return ((entry.urn, entry.sheet, entry.cells) for entry in unsaved if entry.urn in urns)
    return (
        RegisterEntry.objects.filter(file=file, urn__in=urns).order_by().values_list("urn", "sheet", "cells")
    )


@dataclass
class SettingChanges:
    """Settings that are new or differ from the files; nothing is written before `save`."""

    known: dict[str, Setting]
    added: list[Setting] = field(default_factory=list)
    changed: list[Setting] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def save(self) -> dict[str, Setting]:
        """Save the settings and return them by URN, new ones included."""
        audited_save(self.changed, sorted(self.fields))
        return self.known | {s.urn: s for s in Setting.objects.audited_create(self.added)}


def setting_changes(
    told: Mapping[str, Told], *, types: Mapping, states: Mapping, authorities: Mapping, lock: bool = True
) -> SettingChanges:
    settings = Setting.objects.filter(urn__in=list(told))
    changes = SettingChanges({s.urn: s for s in (settings.select_for_update() if lock else settings)})
    for urn, cells in told.items():
        values = {
            "provision_type": types.get(name_key(cells.get("provision_type", ""))),
            "registration_state": states.get(name_key(cells.get("registration_status", ""))),
            "authority": authorities.get(name_key(cells.get("local_authority", ""))),
            **published(Cells(cells)),
        }
        setting = changes.known.get(urn)
        if setting is None:
            changes.added.append(Setting(urn=urn, **values))
        elif names := set_values(setting, values):
            changes.changed.append(setting)
            changes.fields |= names
    return changes


def published(cells: Cells) -> dict[str, object]:
    return {
        "education_urn": cells.text("education_urn"),
        "registered_on": cells.day("registered_on"),
        "closed_on": cells.day("closed_on"),
        "sector": cells.text("sector"),
        "places": cells.count("places"),
        "premises_count": cells.count("premises"),
        "short_break_only": says_yes(cells.text("short_break_only")),
        "multi_building": says_yes(cells.text("multi_building")),
        "conditions": cells.text("conditions"),
        "ofsted_name": cells.text("name"),
        "ofsted_address": ", ".join(filter(None, map(cells.text, ADDRESS))),
        "ofsted_postcode": cells.text("postcode"),
    }


Run = tuple[Provider, dt.date, dt.date | None]


@dataclass
class OwnershipChanges:
    """Changes that make the dated owners of each setting equal to what the files say together."""

    added: list[SettingOwnership] = field(default_factory=list)
    changed: list[SettingOwnership] = field(default_factory=list)
    dropped: list[SettingOwnership] = field(default_factory=list)

    @property
    def settings(self) -> set[int]:
        return {row.setting_id for row in (*self.added, *self.changed, *self.dropped)}

    def save(self) -> None:
        audited_delete(self.dropped)
        # Those that end are written first: a setting has one open owner at every moment.
        audited_save([row for row in self.changed if row.to_on], ["provider", "from_on", "to_on"])
        audited_save([row for row in self.changed if not row.to_on], ["provider", "from_on", "to_on"])
        SettingOwnership.objects.audited_create(self.added)


def ownership_changes(
    settings: Mapping[str, Setting],
    told: Mapping[str, Iterable[tuple]],
    providers: Mapping[str, Provider],
) -> OwnershipChanges:
    existing: dict[int, list[SettingOwnership]] = {setting.pk: [] for setting in settings.values()}
    for row in SettingOwnership.objects.filter(setting__in=existing).order_by("from_on", "pk"):
        existing[row.setting_id].append(row)
    changes = OwnershipChanges()
    for urn, setting in settings.items():
        for row, run in zip_longest(existing[setting.pk], runs(told.get(urn, ()), providers)):
            if row is None:
                provider, from_on, to_on = run
                changes.added.append(
                    SettingOwnership(setting=setting, provider=provider, from_on=from_on, to_on=to_on)
                )
            elif run is None:
                changes.dropped.append(row)
            elif (row.provider_id, row.from_on, row.to_on) != (run[0].pk, *run[1:]):
                row.provider, row.from_on, row.to_on = run
                changes.changed.append(row)
    return changes


def runs(told: Iterable[tuple], providers: Mapping[str, Provider]) -> list[Run]:
    """Return (provider, from, to) from (day, owner's key) in order of day. No owner leaves a gap."""
    starts = [(key, next(days)[0]) for key, days in groupby(told, key=lambda pair: pair[1])]
    ends = [*(day for _, day in starts[1:]), None][: len(starts)]
    return [(providers[key], start, end) for (key, start), end in zip(starts, ends, strict=True) if key]


def owners_by_day(urns: Collection[str], files: Sequence[RegisterFile]) -> dict[str, list[tuple]]:
    """Return each setting's owner in every file, in order; files without that column are left out."""
    told: dict[str, dict] = {urn: {} for urn in urns}
    speaking = {
        (file.pk, sheet): file.as_at
        for file in files
        for sheet, fields in spoken_by_sheet(file).items()
        if "owner" in fields
    }
    rows = RegisterEntry.objects.filter(file__in=files).order_by("file__as_at", "file")
    for urn, file, sheet, owner in rows.values_list("urn", "file", "sheet", "owner"):
        if urn in told and (day := speaking.get((file, sheet))):
            told[urn][day] = owner_key(owner)
    return {urn: list(days.items()) for urn, days in told.items()}
