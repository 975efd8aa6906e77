"""The register as at any day, from Ofsted's files alone; and each setting's judgement from any source.

How the register of a day follows from the files before and after it: docs/adr/0006-as-at-register.md.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspections.ofsted.importer.active_rows import active_rows, is_covered, rows_of, uncorrected
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from inspections.ofsted.reader.cells import commonest_spellings
from providers.directory.fields import name_key
from providers.directory.models import Setting

NOT_YET_INSPECTED = "Not yet inspected"


@dataclass(frozen=True, slots=True)
class Registration:
    """One registration as the register has it on a day; `grade` is blank where there is none."""

    urn: str
    provision_type: str
    registration_status: str
    registered_on: dt.date | None
    local_authority: str
    owner: str
    places: int | None
    scale: str
    grade: str
    not_graded: str
    event_number: str
    inspected_on: dt.date | None
    published_on: dt.date | None

    @property
    def event(self) -> str:
        return self.event_number or str(self.inspected_on)

    @property
    def order(self) -> tuple[dt.date, dt.date]:
        return self.inspected_on or dt.date.min, self.published_on or dt.date.min


@dataclass(frozen=True, slots=True)
class Version:
    """The newest file's version of a full inspection that has a headline grade."""

    event: str
    order: tuple[dt.date, dt.date]
    values: dict[str, Any]


def register_as_at(on: dt.date) -> list[Registration]:
    """Return the register of a day: a file's rows from its day on; nothing before the first file."""
    every = list(RegisterFile.objects.active().light().in_order())
    files = uncorrected(every)
    past = [file for file in files if file.as_at <= on]
    if not past:
        return []
    held = active_rows(past, every)
    to_come = _registered_by(on, files, every, held)
    if not to_come and all(file.as_at == on for file, _ in held.values()):
        return [_registered(entry) for _, entry in held.values()]
    versions = _versions(published_by=on)
    rows = [
        _registered(entry)
        if file.as_at == on
        else _as_known(_registered(entry), versions[urn], since=file.as_at)
        for urn, (file, entry) in held.items()
    ]
    return rows + [_as_known(_not_inspected(row), versions[row.urn], since=dt.date.min) for row in to_come]


def _registered_by(on: dt.date, files: list, every: list, held: Mapping) -> list[Registration]:
    """Return settings registered by that day according to the next files, up to the next whole one."""
    of_the_day = [file for file in files if file.as_at == on]
    if any(file.is_whole for file in of_the_day):
        return []
    found: dict[str, RegisterEntry] = {}
    for file in (file for file in files if file.as_at > on):
        for entry in rows_of(file, every):
            if entry.urn not in held:
                found.setdefault(entry.urn, entry)
        if file.is_whole:
            break
    return [
        _registered(entry)
        for entry in found.values()
        if entry.registered_on and entry.registered_on <= on
        if not any(is_covered(file, entry) for file in of_the_day)
    ]


def _registered(entry: RegisterEntry) -> Registration:
    return Registration(*(getattr(entry, name) for name in Registration.__dataclass_fields__))


def _not_inspected(row: Registration) -> Registration:
    return replace(row, grade="", not_graded="", event_number="", inspected_on=None, published_on=None)


def _versions(*, published_by: dt.date) -> dict[str, list[Version]]:
    headlines = Judgement.objects.headlines().filter(
        inspection__source=Inspection.Source.IMPORTED,
        inspection__scale__sets_rating=True,
        inspection__withdrawn_on=None,
        inspection__published_on__lte=published_by,
    )
    versions = defaultdict(list)
    for urn, words, scale, number, inspected_on, published_on in headlines.values_list(
        "inspection__setting__urn",
        "words",
        "inspection__scale__code",
        "inspection__event_number",
        "inspection__inspected_on",
        "inspection__published_on",
    ):
        values = {
            "scale": scale,
            "grade": words,
            "event_number": number,
            "inspected_on": inspected_on,
            "published_on": published_on,
        }
        order = (inspected_on or dt.date.min, published_on)
        versions[urn].append(Version(number or str(inspected_on), order, values))
    return versions


def _as_known(row: Registration, versions: Iterable[Version], *, since: dt.date) -> Registration:
    """Add the newest inspection published after `since`, and its own one in the newest file's version."""
    for version in versions:
        if version.event == row.event:
            row = replace(row, **version.values)
    later = [version for version in versions if version.values["published_on"] > since]
    newest = max(later, key=lambda version: version.order, default=None)
    return replace(row, **newest.values) if newest and newest.order > row.order else row


def register_summary(on: dt.date, authority: str | None = None) -> dict:
    """Return counts of the day's register, without zeros. `authority` is spelled as in that day's file."""
    rows = register_as_at(on)
    types = commonest_spellings(row.provision_type for row in rows)
    grades = commonest_spellings(map(grade_words, rows))
    if authority is not None:
        rows = [row for row in rows if name_key(row.local_authority) == name_key(authority)]
    graded: dict[str, dict[str, Counter]] = {}
    places: Counter = Counter()
    for row in rows:
        kind = types[row.provision_type]
        graded.setdefault(row.scale, {}).setdefault(kind, Counter())[grades[grade_words(row)]] += 1
        places[kind] += row.places or 0
    return {
        "as_at": on.isoformat(),
        "providers": dict(Counter(types[row.provision_type] for row in rows)),
        "status": dict(Counter(row.registration_status for row in rows)),
        "grades": {scale: {k: dict(c) for k, c in kinds.items()} for scale, kinds in graded.items()},
        "places": {kind: number for kind, number in places.items() if number},
    }


def grade_words(row: Registration) -> str:
    return row.grade or row.not_graded or NOT_YET_INSPECTED


def current_judgements(settings: Iterable[Setting], on: dt.date) -> dict[int, Inspection]:
    """Return, by setting, the newest published full inspection from any source, with its judgements."""
    inspections = (
        Inspection.objects.published_by(on)
        .filter(setting__in=settings, scale__sets_rating=True)
        .select_related("scale", "inspection_type")
        .prefetch_related("judgements__grade")
        .newest_first()
    )
    newest: dict[int, Inspection] = {}
    for inspection in inspections:
        newest.setdefault(inspection.setting_id, inspection)
    return newest


def current_judgement(setting: Setting, on: dt.date) -> Inspection | None:
    return current_judgements([setting], on).get(setting.pk)
