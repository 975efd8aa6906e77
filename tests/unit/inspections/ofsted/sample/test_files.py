"""The demo's files: as odd as Ofsted's, the same every time, and one story from year to year."""

from collections import Counter
from datetime import date

import pytest

from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.reader.cells import owner_key
from inspections.ofsted.reader.feed import Feed, read_feed
from inspections.ofsted.sample.files import SAMPLE_YEARS, register_as_at, sample_file, sample_filename
from inspections.ofsted.sample.world import SampleInspection, sample_settings

LAYOUTS = {
    2019: (2, "utf-8", "file name", 27),
    2022: (5, "windows-1252", "title", 29),
    2024: (4, "windows-1252", "title", 40),
    2025: (4, "utf-8", "title", 32),
}


@pytest.fixture(scope="module")
def feeds() -> dict[int, Feed]:
    return {year: read_feed(sample_file(year), filename=sample_filename(year)) for year in SAMPLE_YEARS}


def by_urn(feed: Feed) -> dict:
    return {row.urn: row for row in feed.rows}


@pytest.mark.parametrize("year", SAMPLE_YEARS)
def test_sample_has_the_layout_of_its_year(feeds, year):
    feed = feeds[year]
    layout = feed.sheets[0]
    assert (layout.header_line, feed.encoding, feed.as_at_source, len(layout.recognised)) == LAYOUTS[year]
    assert feed.as_at == date(year, 3, 31)
    assert (feed.unknown_columns, feed.refused) == ((), ())


def test_sample_is_the_same_for_the_same_seed():
    assert sample_file(2024, seed=7, settings=30) == sample_file(2024, seed=7, settings=30)
    assert sample_file(2024, seed=7, settings=30) != sample_file(2024, seed=8, settings=30)


def test_sample_grows_without_changing_what_was_there():
    small, large = (
        by_urn(read_feed(sample_file(2024, settings=count), filename="march_2024.csv")) for count in (30, 60)
    )
    assert small.items() and all(large[urn].raw == row.raw for urn, row in small.items())


@pytest.mark.parametrize("year", SAMPLE_YEARS)
def test_sample_has_the_faults_of_the_real_files(feeds, year):
    rows = feeds[year].rows
    assert {row.urn[:2] for row in rows} >= {"SC", "29"}
    assert {row.raw["Provision type"] for row in rows} >= {"Children's home", "Children's Home"}
    assert any(row.raw["Name"] == "REDACTED" for row in rows)
    assert any("–" in row.name for row in rows)
    assert any(row.owner == "0" and not owner_key(row.owner) for row in rows)
    assert any(row.education_urn for row in rows)
    assert any(row.latest is None for row in rows)
    assert any(row.latest and limiting_flags(row.latest.judgements) for row in rows)


def test_sample_of_2025_has_newlines_in_headings_and_empty_columns():
    content = sample_file(2025).decode("utf-8-sig")
    assert '"\nLatest full inspection date"' in content
    assert content.splitlines()[0].endswith("," * 44)


def test_sample_settings_open_leave_and_change_owner(feeds):
    before, after = by_urn(feeds[2019]), by_urn(feeds[2025])
    stayed = before.keys() & after.keys()
    assert after.keys() - before.keys()
    assert before.keys() - after.keys()
    assert any(before[urn].owner != after[urn].owner for urn in stayed)
    assert any(
        before[urn].latest and after[urn].latest and before[urn].latest.grade != after[urn].latest.grade
        for urn in stayed
    )


def test_sample_settings_leave_cumbria_when_it_ends(feeds):
    moved = [urn for urn, row in by_urn(feeds[2022]).items() if row.local_authority == "Cumbria"]
    now = {row.local_authority for urn, row in by_urn(feeds[2024]).items() if urn in moved}
    assert now == {"Westmorland and Furness", "Cumberland"}
    assert "Cumbria" not in {row.local_authority for row in feeds[2025].rows}


def test_sample_has_one_suspended_setting_from_2024(feeds):
    suspended = {
        year: [row.urn for row in feed.rows if row.registration_status == "Suspended"]
        for year, feed in feeds.items()
    }
    assert suspended[2019] == suspended[2022] == []
    assert len(suspended[2024]) == 1
    assert suspended[2024] == suspended[2025]


def test_sample_of_2024_knows_the_inspection_before(feeds):
    known = {
        (row.urn, one.event_number): one.judgements for row in feeds[2022].rows for one in row.inspections
    }
    previous = [(row.urn, row.previous) for row in feeds[2024].rows if row.previous]
    agreeing = [one for urn, one in previous if known.get((urn, one.event_number)) == one.judgements]
    assert agreeing
    assert not [
        one for urn, one in previous if known.get((urn, one.event_number), one.judgements) != one.judgements
    ]


def test_sample_of_2025_grades_supported_accommodation_on_its_own_scale(feeds):
    scales = Counter((row.provision_type, row.latest.scale) for row in feeds[2025].rows if row.latest)
    assert scales["Supported Accommodation", "SA-3"] > 0
    assert scales["Supported Accommodation", "SCCIF-4"] == 0
    assert not any(row.provision_type == "Supported Accommodation" for row in feeds[2024].rows)


@pytest.mark.parametrize("year", SAMPLE_YEARS)
def test_sample_inspections_are_published_after_they_are_made(feeds, year):
    for row in feeds[year].rows:
        for one in row.inspections:
            assert row.registered_on < one.inspected_on <= feeds[year].as_at
            assert one.inspected_on < one.published_on


def test_sample_has_no_inspection_in_the_pandemic(feeds):
    days = [one.inspected_on for feed in feeds.values() for row in feed.rows for one in row.inspections]
    assert not [day for day in days if date(2020, 3, 17) < day < date(2021, 4, 1)]


def test_register_as_at_any_day_tells_what_it_was_given_and_nothing_published_later():
    day, told = (
        date(2027, 9, 14),
        SampleInspection("1", date(2027, 8, 2), date(2027, 9, 1), "Good", "Good", "Good"),
    )
    late = SampleInspection(
        "2", date(2027, 9, 3), date(2027, 9, 30), "Inadequate", "Inadequate", "Inadequate"
    )
    urn = sample_settings(1, 10)[0].urn
    content = register_as_at(day, told={urn: [told, late]}, published_by=date(2027, 9, 20), settings=10)
    feed = read_feed(content, filename="register.csv")
    assert (feed.as_at, feed.as_at_source, feed.refused) == (day, "title", ())
    assert by_urn(feed)[urn].latest.inspected_on == told.on


def test_world_that_lasts_longer_keeps_its_past():
    short, long = sample_settings(1, 40), sample_settings(1, 40, until=date(2028, 1, 1))
    assert all(b.inspections[: len(a.inspections)] == a.inspections for a, b in zip(short, long, strict=True))
    assert sum(len(one.inspections) for one in long) > sum(len(one.inspections) for one in short)
