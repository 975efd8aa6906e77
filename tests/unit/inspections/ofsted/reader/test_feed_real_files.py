"""Ofsted's own files, read by the feed and counted again here with nothing but the csv module."""

import csv
import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.reader.feed import Feed, FeedFault, read_feed
from tests.factories.register import SettingFactory
from tests.unit.inspections.ofsted.building import AS_AT, workbook

CSV_FILES = {
    "provider_at_march_2019.csv": ("utf-8-sig", 2, "file name", 2864),
    "provider_at_march_2022.csv": ("cp1252", 5, "title", 3576),
    "provider_at_march_2024.csv": ("cp1252", 4, "title", 3876),
    "provider_at_march_2025_EXTRACT.csv": ("utf-8-sig", 4, "title", 42),
}
WORKBOOKS = {
    "ch_fake.xlsx": ["Provider information"],
    "combined_scp_ch_fake.xlsx": ["Providers"],
    "scp_ch_2025_fake.xlsx": ["Providers", "SA Providers"],
    "scp_fake.xlsx": ["Current providers", "Providers closed in 2022-23"],
    "scpch_assisted.xlsx": ["Providers", "SA Providers"],
}
ILACS = "Not provided as service is inspected as part of the ILACS inspection"


class ByHand:
    """The same file as lists of cells; a column is found by the end of its heading."""

    def __init__(self, content: bytes, encoding: str, header_line: int) -> None:
        reader = csv.reader(io.StringIO(content.decode(encoding), newline=""))
        for _ in range(header_line):
            self.header = [" ".join(cell.split()).lower() for cell in next(reader)]
        self.rows, self.lines = [], []
        last = reader.line_num
        for cells in reader:
            self.lines.append(last + 1)
            self.rows.append([cell.strip() for cell in cells])
            last = reader.line_num

    def column(self, ending: str) -> list[str]:
        matching = [
            index
            for index, heading in enumerate(self.header)
            if heading.endswith(ending) and not heading.startswith(("previous", "linked"))
        ]
        return [cells[matching[0]] for cells in self.rows]


@pytest.fixture(scope="module", params=CSV_FILES)
def both(request, shared_data: Path) -> tuple[Feed, ByHand]:
    encoding, header_line, *_ = CSV_FILES[request.param]
    content = (shared_data / "ofsted_social_care" / request.param).read_bytes()
    return read_feed(content, filename=request.param), ByHand(content, encoding, header_line)


def feed_of(shared_data: Path, name: str) -> Feed:
    return read_feed((shared_data / "ofsted_social_care" / name).read_bytes(), filename=name)


def as_day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None


@pytest.mark.parametrize("name", CSV_FILES)
def test_layout_of_each_year(shared_data, name):
    _, header_line, source, rows = CSV_FILES[name]
    feed = feed_of(shared_data, name)
    assert (feed.sheets[0].header_line, feed.as_at_source, len(feed.rows)) == (header_line, source, rows)
    assert feed.as_at == date(int(name[18:22]), 3, 31)
    assert feed.refused == ()
    assert feed.unknown_columns == ()


def test_encodings_of_the_four_files(shared_data):
    encodings = [feed_of(shared_data, name).encoding for name in CSV_FILES]
    assert encodings == ["utf-8", "windows-1252", "windows-1252", "utf-8"]


def test_every_row_keeps_its_line_and_urn(both):
    feed, by_hand = both
    assert [(row.line, row.urn) for row in feed.rows] == list(
        zip(by_hand.lines, by_hand.column("urn"), strict=True)
    )


@pytest.mark.django_db
def test_no_setting_that_tests_invent_has_a_urn_of_ofsteds(both):
    _, by_hand = both
    numbers = [urn for urn in by_hand.column("urn") if urn.isdecimal()]
    assert max(map(int, numbers)) < int(SettingFactory().urn)


def test_counts_by_status_sector_and_authority(both):
    feed, by_hand = both
    assert Counter(row.registration_status for row in feed.rows) == Counter(by_hand.column("status"))
    assert Counter(row.sector for row in feed.rows) == Counter(by_hand.column("sector"))
    assert Counter(row.local_authority for row in feed.rows) == Counter(by_hand.column("local authority"))


def test_counts_by_type_with_case_folded(both):
    feed, by_hand = both
    assert Counter(row.provision_type.lower() for row in feed.rows) == Counter(
        kind.lower() for kind in by_hand.column("provision type")
    )
    assert len({row.provision_type for row in feed.rows}) == len(
        {row.provision_type.lower() for row in feed.rows}
    )


def test_childrens_homes_of_2024_are_one_type(shared_data):
    types = Counter(row.provision_type for row in feed_of(shared_data, "provider_at_march_2024.csv").rows)
    assert types["Children's home"] == 3151
    assert "Children's Home" not in types


def test_places_owners_and_registration_dates(both):
    feed, by_hand = both
    places = [int(cell) if cell else None for cell in by_hand.column("places")]
    assert [row.places for row in feed.rows] == places
    owners = [" ".join(cell.split()) for cell in by_hand.column("owns the provider")]
    assert [row.owner for row in feed.rows] == owners
    assert [row.registered_on for row in feed.rows] == [
        as_day(cell) for cell in by_hand.column("registration date")
    ]


def test_names_are_blank_where_ofsted_withholds_them(both):
    feed, by_hand = both
    names = [" ".join(cell.split()) for cell in by_hand.column("name")]
    assert [row.name for row in feed.rows] == ["" if name == "REDACTED" else name for name in names]
    assert not any("REDACTED" in (row.postcode, *row.address) for row in feed.rows)
    assert sum(row.raw["Name"] == "REDACTED" for row in feed.rows) == names.count("REDACTED")


def test_latest_full_inspections(both):
    feed, by_hand = both
    dated = ("inspection date", "publication date", "event number")
    expected = [
        (as_day(on), as_day(published), number) if number else None
        for on, published, number in zip(*map(by_hand.column, dated), strict=True)
    ]
    assert [
        row.latest and (row.latest.inspected_on, row.latest.published_on, row.latest.event_number)
        for row in feed.rows
    ] == expected


def test_grades_by_scale(both):
    feed, by_hand = both
    overall = by_hand.column("overall experiences and progress of children and young people")
    outcomes = by_hand.column("outcome") if "supported accommodation outcome" in by_hand.header else []
    expected = Counter(("SCCIF-4", grade) for grade in overall if grade)
    expected += Counter(("SA-3", grade) for grade in outcomes if grade)
    assert Counter((row.latest.scale, row.latest.grade) for row in feed.rows if row.latest) == expected


def test_grades_of_the_parts(both):
    feed, by_hand = both
    for key, ending in {
        "helped_and_protected": "how well children and young people are helped and protected",
        "leaders_and_managers": "effectiveness of leaders and managers",
        "education_outcomes": "outcomes in education and related learning activities",
    }.items():
        grades = [row.latest.judgements.get(key, "") if row.latest else "" for row in feed.rows]
        assert grades == by_hand.column(ending)


def test_previous_inspections_of_2024(shared_data):
    rows = feed_of(shared_data, "provider_at_march_2024.csv").rows
    grades = Counter(row.previous.grade for row in rows if row.previous)
    assert grades == {
        "Good": 2172,
        "Requires improvement to be good": 550,
        "Outstanding": 431,
        "Inadequate": 158,
    }
    assert Counter(one.kind for row in rows for one in row.others) == {"previous": 3311}


def test_event_number_shared_by_four_agencies_of_2024(shared_data):
    rows = feed_of(shared_data, "provider_at_march_2024.csv").rows
    sharing = [row.urn for row in rows if row.latest and row.latest.event_number == "10213015"]
    assert sorted(sharing) == ["SC051836", "SC051838", "SC051840", "SC434885"]


def test_suspended_and_supported_accommodation_of_2025(shared_data):
    feed = feed_of(shared_data, "provider_at_march_2025_EXTRACT.csv")
    assert feed.scales == ("SCCIF-4", "SA-3")
    assert sum(row.registration_status == "Suspended" for row in feed.rows) == 2
    supported = [row for row in feed.rows if row.provision_type == "Supported Accommodation"]
    assert all(row.places is None or row.premises for row in supported)
    assert Counter(row.latest.grade if row.latest else "" for row in supported) == {
        "": 3,
        "Consistently strong service delivery": 2,
        "Inconsistent quality of service delivery": 2,
        "Serious or widespread weaknesses": 2,
    }


@pytest.mark.parametrize(
    ("name", "urns"),
    [
        ("provider_at_march_2019.csv", ["1229534", "SC064663"]),
        ("provider_at_march_2022.csv", []),
        ("provider_at_march_2024.csv", ["SC394283", "SC457180", "SC473473"]),
    ],
)
def test_rows_that_break_the_limiting_rules_are_kept(shared_data, name, urns):
    rows = feed_of(shared_data, name).rows
    assert sorted(row.urn for row in rows if row.latest and limiting_flags(row.latest.judgements)) == urns


@pytest.mark.parametrize("name", WORKBOOKS)
def test_lists_sent_to_councils_have_known_columns_and_made_up_urns(shared_data, name):
    content = (shared_data / "provider_lists_fake" / name).read_bytes()
    feed = read_feed(content, filename=name, as_at=AS_AT)
    assert [sheet.sheet for sheet in feed.sheets] == WORKBOOKS[name]
    assert feed.encoding == "xlsx"
    assert feed.unknown_columns == ()
    assert feed.rows == ()
    assert all("is not a URN" in fault.sentence for fault in feed.refused)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_lists_sent_to_councils_give_no_day(shared_data, name):
    content = (shared_data / "provider_lists_fake" / name).read_bytes()
    with pytest.raises(FeedFault, match=r"--as-at YYYY-MM-DD"):
        read_feed(content, filename=name)


def with_real_urns(path: Path) -> bytes:
    """The same workbook with URNs that could be Ofsted's in place of the made-up ones."""
    from openpyxl import load_workbook

    numbers = iter(range(2_590_934, 2_600_000))
    sheets = {}
    for sheet in load_workbook(path).worksheets:
        header, *rows = [list(cells) for cells in sheet.iter_rows(values_only=True)]
        for cells in rows:
            cells[header.index("URN")] = next(numbers)
        sheets[sheet.title] = [header, *rows]
    return workbook(sheets)


def test_combined_list_with_urns_that_could_be_real(shared_data):
    path = shared_data / "provider_lists_fake" / "combined_scp_ch_fake.xlsx"
    feed = read_feed(with_real_urns(path), filename=path.name, as_at=AS_AT)
    fostering, _, secure, _ = feed.rows
    assert feed.refused == ()
    assert (fostering.owner, fostering.owner_id) == ("Middle Earth Management League", "1234567")
    assert (fostering.latest, fostering.not_graded, fostering.places) == (None, ILACS, 300)
    assert (secure.urn, secure.registered_on) == ("2590936", date(1993, 12, 16))
    assert (secure.latest.inspected_on, secure.latest.grade) == (date(2023, 1, 1), "Troublingly Evil")
    assert secure.latest.judgements["helped_and_protected"] == "Too many orcs"
    assert [(one.kind, one.inspected_on, one.scale, one.grade) for one in secure.others] == [
        ("interim", date(2023, 2, 2), "INTERIM-3", "Ineffective"),
        ("assurance", date(2023, 3, 3), "ASSURANCE", ""),
    ]
    assert secure.report_link == "https://reports.mecs.gov.me/provider/care/arnor01"


def test_list_of_2025_with_urns_that_could_be_real(shared_data):
    path = shared_data / "provider_lists_fake" / "scp_ch_2025_fake.xlsx"
    feed = read_feed(with_real_urns(path), filename=path.name, as_at=AS_AT)
    home, supported = feed.rows
    assert feed.refused == ()
    assert (home.sheet, home.top_company, home.considerations) == (
        "Providers",
        "Provision LLC",
        {"Sensory impairment": "Blind"},
    )
    assert (supported.sheet, supported.local_authority, supported.places) == (
        "SA Providers",
        "SA Provider LA",
        1,
    )
    assert supported.closed_on == date(2024, 2, 1)
