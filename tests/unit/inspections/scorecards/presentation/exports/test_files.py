"""What each file is called, what it says of itself, and what no spreadsheet may run."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from inspections.scorecards.presentation.exports import FORMATS, PROFILE_FORMATS, PaperText, paper
from inspections.scorecards.presentation.exports.tables import letter
from inspections.scorecards.presentation.serializers import digest
from qa_portal.core.rules import Refused
from tests.factories import scorecards as made
from tests.unit.inspections.scorecards.presentation.exports import reading

SHEET = PaperText("/scorecards/?as_at=2026-11-27", ("Type: Children’s home",), "Northmere Council")


def file_of(scorecard, name: str, sheet: PaperText = SHEET) -> bytes:
    return FORMATS[name].make(scorecard, sheet)


def sheets_of(scorecard, sheet: PaperText = SHEET) -> list[str]:
    document = PdfReader(io.BytesIO(file_of(scorecard, "pdf", sheet)))
    return [" ".join(page.extract_text().split()) for page in document.pages]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_file_is_named_by_what_it_is_and_its_day(name):
    assert FORMATS[name].filename(dt.date(2026, 11, 27)) == f"scorecard-2026-11-27.{name}"


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("Fellside House", "scorecard-fellside-house-2026-11-27.pdf"),
        ("Siân Llŷr’s House", "scorecard-siân-llŷr-s-house-2026-11-27.pdf"),
        ("../../etc/passwd", "scorecard-etc-passwd-2026-11-27.pdf"),
        ("\u202e...", "scorecard-2026-11-27.pdf"),
        ("x" * 300, f"scorecard-{'x' * 60}-2026-11-27.pdf"),
    ],
)
def test_file_of_a_profile_is_named_after_it_without_what_a_disk_would_obey(name, filename):
    assert PROFILE_FORMATS["pdf"].filename(dt.date(2026, 11, 27), name) == filename


@pytest.mark.parametrize("name", ["csv", "xlsx", "json"])
def test_table_says_as_at_when_whose_evidence_and_by_which_definition(name):
    read = {"csv": reading.table_of_csv, "xlsx": reading.table_of_xlsx, "json": reading.table_of_json}[name]
    header, *rows = read(file_of(made.region(3), name))
    assert header[-3:] == ["As at", "Whose evidence", "Definition version"]
    assert {tuple(row[-3:]) for row in rows} == {
        ("2026-11-27", "Northmere Council, and Southdale Council for visits", "1")
    }


def test_first_sheet_says_what_it_is_how_many_stand_where_and_what_changed():
    first = sheets_of(made.region(26))[0]
    assert "As at 27 November 2026 Scorecard of children’s placements" in first
    assert "Whose evidence Northmere Council, and Southdale Council for visits" in first
    assert "26 settings, worst first; Type: Children’s home" in first
    assert "Changed in 12 months From" in first
    assert "Version 1 of our method." in first
    counted = made.region(26).bands
    for band, (shape, label) in BANDS.items():
        assert f"{counted[band]} {shape} {label} 12 months ago:" in first


BANDS = {
    "red": ("✗", "Red"),
    "insufficient": ("–", "Insufficient evidence"),
    "amber": ("▲", "Amber"),
    "green": ("✓", "Green"),
}


def test_every_sheet_has_its_number_and_the_address_of_the_page_and_the_last_its_licence(settings):
    settings.PORTAL_URL = "https://qa.northmere.example"
    sheets = sheets_of(made.region(26))
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "at https://qa.northmere.example/scorecards/?as_at=2026-11-27" in sheet
        assert "Name Rating, assured score and reason" in sheet or number == len(sheets)
    assert "Open Government Licence v3.0" in sheets[-1]


def test_pdf_has_a_language_a_title_and_lies_on_its_side_and_a_profile_stands():
    region = PdfReader(io.BytesIO(file_of(made.region(3), "pdf")))
    profile = PdfReader(io.BytesIO(PROFILE_FORMATS["pdf"].make(made.profile(), SHEET)))
    assert region.trailer["/Root"]["/Lang"] == profile.trailer["/Root"]["/Lang"] == "en-GB"
    assert region.metadata.title == "Scorecard of children’s placements, 27 November 2026"
    assert profile.metadata.title == "Scorecard of Fellside House, 27 November 2026"
    assert region.pages[0].mediabox.width > region.pages[0].mediabox.height
    assert profile.pages[0].mediabox.width < profile.pages[0].mediabox.height


def test_names_moved_are_named_up_to_five():
    named = paper.move_in_words(*paper.WORST_FIRST[2:0:-1], [f"Home {n}" for n in range(7)])
    assert named == (
        "From Amber to Insufficient evidence: 7 (Home 0, Home 1, Home 2, Home 3, Home 4 and 2 more)"
    )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_scorecard_of_nothing_is_a_file_too(name):
    content = file_of(made.region(0), name)
    assert content
    if name == "pdf":
        assert "There is nothing in this scorecard." in sheets_of(made.region(0))[0]


def test_a_page_gets_no_pdf_of_more_rows_than_it_can_wait_for_and_hears_what_to_do():
    with pytest.raises(Refused) as told:
        file_of(made.region(paper.MOST + 1), "pdf")
    assert str(told.value).startswith(
        "A PDF holds up to 200 rows, and this scorecard has 201. Choose a type,"
    )


def test_a_command_gets_a_new_table_every_hundred_rows_and_loses_none(monkeypatch):
    monkeypatch.setattr(paper, "MOST", 100)
    region = made.region(104)
    assert [len(rows) for rows in paper.region(region)["tables"]] == [100, 4]
    sheets = sheets_of(region, replace(SHEET, in_job=True))
    assert len(sheets) > 8  # and not shrunk into fewer, where nobody could read it
    text = "".join(sheets)
    assert all(f"URN {row.subject.urn}" in text for row in region.rows if row.subject.urn)


def test_workbook_holds_numbers_as_numbers_and_names_as_text():
    sheet = load_workbook(io.BytesIO(file_of(made.region(13), "xlsx")))["Scorecard"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    cells = [sheet.cell(row, columns["Assured score"]) for row in range(2, 15)]
    assert {cell.data_type for cell in cells} == {"n"}
    assert {cell.number_format for cell in cells} == {"0.0"}
    named = [sheet.cell(row, columns["Name"]) for row in range(2, 15)]
    assert {cell.data_type for cell in named} == {"s"}
    assert "1.5" in {cell.value for cell in named}
    assert sheet.freeze_panes == "B2"


def test_digest_can_be_made_again_from_the_json_alone():
    """As docs/scorecard-json.md says."""
    import hashlib

    told = json.loads(file_of(made.region(5), "json"))
    given = told.pop("digest")
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == given == digest(made.region(5))


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_column_has_its_letters(place, name):
    assert letter(place) == name
