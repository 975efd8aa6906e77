"""Sample files in Ofsted's layouts for the demo region and the tests.

The faults are real, the providers invented.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from inspections.ofsted.sample.layouts import LAYOUTS, SampleLayout
from inspections.ofsted.sample.words import COUNCILS, FOSTERING, HOME, STREETS, SUPPORTED, TOWNS
from inspections.ofsted.sample.world import SampleInspection, SampleSetting, sample_settings

SAMPLE_YEARS = tuple(LAYOUTS)
# Each file also holds reports published in the month after its date, of inspections made before it.
LATE_REPORTS = timedelta(days=30)


def sample_filename(year: int) -> str:
    """Return the file's name; it dates the file of 2019, whose title has no date."""
    return f"provider_at_march_{year}.csv"


def sample_file(year: int, *, seed: int = 1, settings: int = 120) -> bytes:
    """Return the register as at 31 March of 2019, 2022, 2024 or 2025; same arguments, same bytes.

    `settings` counts all that ever exist, so a year's file has fewer: some open later, some have left.
    The files of one seed tell one story. The first ten settings are the odd ones: one leaves, one is
    suspended, one breaks a limiting rule, one has the owner `0`, two move out of Cumbria.
    """
    layout, day = LAYOUTS[year], date(year, 3, 31)
    rows = [
        _cells(setting, day, day + LATE_REPORTS)
        for setting in sample_settings(seed, settings)
        if setting.open_on(day) and (setting.kind != SUPPORTED or year == 2025)
    ]
    rows.sort(key=lambda cells: cells["urn"])
    return _written(layout, rows)


def register_as_at(
    day: date,
    *,
    told: Mapping[str, Sequence[SampleInspection]],
    published_by: date,
    seed: int = 1,
    settings: int = 120,
) -> bytes:
    """Return the register as at any day, in the layout of 2025. `told` overrides, by URN, a setting's facts.

    `published_by` is the day on which the file came: it has no report published later.
    """
    above = tuple(
        {column: words.replace("2025 –", f"{day.year} –").replace("31 March 2025", f"{day:%-d %B %Y}")}
        for line in LAYOUTS[2025].above
        for column, words in line.items()
    )
    rows = [
        _cells(
            replace(setting, inspections=tuple(told.get(setting.urn, setting.inspections))), day, published_by
        )
        for setting in sample_settings(seed, settings, until=day)
        if setting.open_on(day)
    ]
    rows.sort(key=lambda cells: cells["urn"])
    return _written(replace(LAYOUTS[2025], above=above), rows)


def _written(layout: SampleLayout, rows: list[dict[str, str]]) -> bytes:
    width = len(layout.columns) + layout.empty_columns
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=layout.newline)
    for titles in layout.above:
        writer.writerow([titles.get(index, "") for index in range(width)])
    blanks = [""] * layout.empty_columns
    writer.writerow([*layout.columns, *blanks])
    writer.writerows([*(cells.get(name, "") for name in layout.columns.values()), *blanks] for cells in rows)
    return text.getvalue().encode(layout.encoding)


def _cells(setting: SampleSetting, day: date, published_by: date) -> dict[str, str]:
    authority = setting.authority_on(day)
    _, region, constituency = COUNCILS[authority]
    seen = [one for one in setting.inspections if one.on <= day and one.published_on <= published_by]
    suspended = setting.suspended_from and setting.suspended_from <= day
    return {
        "link": "Ofsted Social Care Provider Webpage",
        "urn": setting.urn,
        "education_urn": setting.education_urn,
        "kind": "Children's Home" if setting.kind == HOME and setting.number % 20 == 5 else setting.kind,
        "registered_on": _day(setting.registered_on),
        "status": "Suspended" if suspended else "Active",
        "ofsted_region": region,
        "region": region,
        "authority": authority,
        "constituency": constituency,
        "sector": "Local Authority" if setting.council_run else "Private",
        "places": _count(setting.places),
        "premises": _count(setting.premises),
        "short_break": "Short-break-only children's home" if setting.number % 25 == 3 else " ",
        "multi_building": "Y" if setting.number % 50 == 8 else "",
        "owner": setting.owner_on(day),
        **_whereabouts(setting),
        **(_inspection(seen[-1]) if seen else {}),
        **(_inspection(seen[-2], "previous_") if seen[1:] else {}),
    }


def _whereabouts(setting: SampleSetting) -> dict[str, str]:
    """Return the name and address. Ofsted withholds both for places where children live."""
    number = setting.number
    # The dash is one byte in Windows-1252 and three in UTF-8: it tells a wrong decoding at once.
    agency = (
        f"{setting.owners[0][1].split()[0]} {'Fostering' if setting.kind == FOSTERING else 'House'} – North"
    )
    withheld = setting.kind != FOSTERING
    address = {
        "address_1": f"{number + 1} {STREETS[number % len(STREETS)]}",
        "address_2": " ",
        "town": TOWNS[number % len(TOWNS)],
        "county": "",
        "postcode": f"ZZ{number % 9 + 1} {number % 10}AA",
    }
    return {
        "name": "REDACTED" if setting.kind == HOME else agency,
        **{part: "REDACTED" if withheld else cell for part, cell in address.items()},
    }


def _inspection(inspection: SampleInspection, prefix: str = "") -> dict[str, str]:
    cells = {
        "event_type": "Full inspection",
        "inspected_on": _day(inspection.on),
        "published_on": _day(inspection.published_on),
        "event_number": inspection.event_number,
        "overall": inspection.overall,
        "helped": inspection.helped,
        "leaders": inspection.leaders,
        "outcome": inspection.outcome,
    }
    return {f"{prefix}{name}": cell for name, cell in cells.items()}


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
