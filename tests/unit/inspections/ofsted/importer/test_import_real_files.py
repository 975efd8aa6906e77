"""Ofsted's own files in every order, counted again by hand with nothing but the csv module."""

import csv
import datetime as dt
import io
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from inspections.ofsted.importer.services import ANY_NUMBER, import_file
from inspections.ofsted.selectors import register_summary

pytestmark = pytest.mark.django_db
NAMES = [f"provider_at_march_{year}.csv" for year in (2019, 2022, 2024)]
FILES = {
    "provider_at_march_2019.csv": ("utf-8-sig", 2, dt.date(2019, 3, 31)),
    "provider_at_march_2022.csv": ("cp1252", 5, dt.date(2022, 3, 31)),
    "provider_at_march_2024.csv": ("cp1252", 4, dt.date(2024, 3, 31)),
    "provider_at_march_2025_EXTRACT.csv": ("utf-8-sig", 4, dt.date(2025, 3, 31)),
}
BETWEEN = [dt.date(2020, 9, 30), dt.date(2023, 6, 30)]
DAYS = sorted([FILES[name][2] for name in NAMES] + BETWEEN)
OVERALL = "overall experiences and progress of children and young people"
SUPPORTED = "Supported Accommodation"


def day(cell: str) -> dt.date | None:
    return dt.datetime.strptime(cell, "%d/%m/%Y").date() if cell else None


def rows_by_hand(content: bytes, name: str) -> list[dict]:
    """One dict a row, of the cells that are counted."""
    encoding, header_line, _ = FILES[name]
    lines = list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
    heads = [" ".join(cell.split()).lower() for cell in lines[header_line - 1]]

    def find(*endings: str, previous: bool = False) -> int | None:
        for index, head in enumerate(heads):
            if head.startswith("previous") == previous and any(head.endswith(end) for end in endings):
                return index
        return None

    places = {
        "urn": heads.index("urn"),
        "type": find("provision type"),
        "status": find("registration status"),
        "authority": find("local authority"),
        "places": heads.index("places"),
        "registered": find("registration date"),
        "outcome": find("supported accommodation outcome"),
    }
    for kind in ("latest", "previous"):
        before = kind == "previous"
        places[f"{kind} event"] = find("event number", previous=before)
        places[f"{kind} on"] = find("inspection date", "event date", previous=before)
        places[f"{kind} out"] = find("publication date", previous=before)
        places[f"{kind} grade"] = find(OVERALL, previous=before)
    return [
        {key: cells[index].strip() if index is not None else "" for key, index in places.items()}
        for cells in lines[header_line:]
        if any(cell.strip() for cell in cells)
    ]


def folded(words) -> dict[str, str]:
    """Every spelling to the commonest of those that differ in case alone."""
    best: dict[str, str] = {}
    for word, _ in Counter(words).most_common():
        best.setdefault(word.lower(), word)
    return {word: best[word.lower()] for word in words}


def counted(on: dt.date, rows: list[dict]) -> dict:
    types = folded([row["type"] for row in rows])
    grades = folded([row["outcome"] or row["latest grade"] or "Not yet inspected" for row in rows])
    summary = {
        "as_at": str(on),
        "providers": Counter(),
        "status": Counter(),
        "grades": {},
        "places": Counter(),
    }
    for row in rows:
        kind = types[row["type"]]
        grade = grades[row["outcome"] or row["latest grade"] or "Not yet inspected"]
        scale = "SA-3" if kind == SUPPORTED else "SCCIF-4"
        summary["providers"][kind] += 1
        summary["status"][row["status"]] += 1
        summary["grades"].setdefault(scale, {}).setdefault(kind, Counter())[grade] += 1
        if row["places"] not in ("", "0"):
            summary["places"][kind] += int(row["places"])
    return summary


def between(on: dt.date, files: list[tuple[dt.date, list[dict]]]) -> list[dict]:
    """The rows of a day between two files, worked out from the files alone."""
    before = [file for file in files if file[0] < on][-1]
    after = next(file for file in files if file[0] > on)
    told = {}
    for _, rows in files:
        for row in rows:
            for kind in ("previous", "latest"):
                if row[f"{kind} event"]:
                    told[row["urn"], row[f"{kind} event"]] = [
                        row[f"{kind} {what}"] for what in ("on", "out", "grade")
                    ]
    published = {}
    for (urn, _), (inspected, out, grade) in told.items():
        if day(out) and day(out) <= on:
            published.setdefault(urn, []).append((day(inspected), day(out), grade))
    rows = []
    for row in before[1]:
        since = [one for one in published.get(row["urn"], []) if one[1] > before[0]]
        newest = max(since, default=None)
        own = day(row["latest on"])
        newer = newest and (own is None or newest[0] > own)
        rows.append(row | {"latest grade": newest[2]} if newer else row)
    there = {row["urn"] for row in before[1]}
    for row in after[1]:
        if row["urn"] not in there and day(row["registered"]) <= on:
            newest = max(published.get(row["urn"], []), default=(None, None, ""))
            rows.append(row | {"latest grade": newest[2]})
    return rows


@pytest.fixture(scope="module")
def contents(shared_data: Path) -> dict[str, bytes]:
    return {name: (shared_data / "ofsted_social_care" / name).read_bytes() for name in FILES}


@pytest.fixture(scope="module")
def expected(contents) -> dict[dt.date, dict]:
    files = [(FILES[name][2], rows_by_hand(contents[name], name)) for name in NAMES]
    return {on: counted(on, rows) for on, rows in files} | {
        on: counted(on, between(on, files)) for on in BETWEEN
    }


def imported(name: str, content: bytes) -> None:
    """In some orders more than a fifth leaves the list between two files: it is confirmed."""
    import_file(by=None, content=content, filename=name, confirmed_gone=ANY_NUMBER)


def thinned(content: bytes, keep: int = 12) -> bytes:
    """The same file with one row in `keep`, chosen by URN, so that settings stay from year to year."""
    lines = list(csv.reader(io.StringIO(content.decode("latin-1"), newline="")))
    header = next(index for index, cells in enumerate(lines[:5]) if "URN" in [c.strip() for c in cells])
    urn = [cell.strip() for cell in lines[header]].index("URN")
    kept = [
        cells
        for index, cells in enumerate(lines)
        if index <= header or (cells[urn].strip()[-3:].isdigit() and int(cells[urn].strip()[-3:]) % keep == 0)
    ]
    text = io.StringIO()
    csv.writer(text).writerows(kept)
    return text.getvalue().encode("latin-1")


@pytest.mark.slow
@pytest.mark.parametrize(
    "order", list(permutations(NAMES)), ids=lambda order: "-".join(n[18:22] for n in order)
)
def test_register_is_the_same_in_every_order_of_a_twelfth_of_the_files(contents, order):
    thin = {name: thinned(contents[name]) for name in NAMES}
    files = [(FILES[name][2], rows_by_hand(thin[name], name)) for name in NAMES]
    for name in order:
        imported(name, thin[name])
    for on, rows in files:
        assert register_summary(on) == counted(on, rows)
    for on in BETWEEN:
        assert register_summary(on) == counted(on, between(on, files))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]], ids=["as published", "newest first"])
def test_register_is_the_same_forwards_and_backwards_of_the_whole_files(contents, expected, order):
    """What a whole file could show that a part does not; all six orders are shown of a part."""
    for name in order:
        imported(name, contents[name])
    assert {on: register_summary(on) for on in DAYS} == expected


def test_register_is_empty_before_the_first_file_and_carries_on_after_the_last(contents):
    name = NAMES[0]
    content = thinned(contents[name])
    imported(name, content)
    assert register_summary(dt.date(2019, 3, 30))["providers"] == {}
    after = register_summary(dt.date(2026, 1, 1))
    assert after["providers"] == counted(dt.date(2019, 3, 31), rows_by_hand(content, name))["providers"]


def test_extract_of_2025_counts_each_scale_by_its_column(contents):
    name = "provider_at_march_2025_EXTRACT.csv"
    imported(name, contents[name])
    on = FILES[name][2]
    summary = register_summary(on)
    assert summary == counted(on, rows_by_hand(contents[name], name))
    assert summary["grades"]["SA-3"] == {
        SUPPORTED: {
            "Not yet inspected": 3,
            "Consistently strong service delivery": 2,
            "Inconsistent quality of service delivery": 2,
            "Serious or widespread weaknesses": 2,
        }
    }


def test_authority_is_named_in_the_wording_of_the_days_file(contents):
    name = NAMES[1]
    content = thinned(contents[name])
    imported(name, content)
    rows = [row for row in rows_by_hand(content, name) if row["authority"] == "Lancashire"]
    on = FILES[name][2]
    assert sum(register_summary(on, "lancashire")["providers"].values()) == len(rows) > 0
    assert register_summary(on, "Nowhere")["providers"] == {}
