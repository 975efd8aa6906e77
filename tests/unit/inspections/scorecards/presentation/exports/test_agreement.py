"""Page, PDF, CSV, XLSX and JSON of one scorecard say the same, figure by figure."""

import io
import json
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from openpyxl import load_workbook

from inspections.scorecards.presentation.export_rows import figures
from inspections.scorecards.presentation.exports import FORMATS, PaperText
from inspections.scorecards.scoring.arithmetic import Band, Status
from inspections.scorecards.scoring.results import Row, Scorecard
from inspections.scorecards.views.pages import RegionPage
from tests.factories import scorecards as made
from tests.unit.inspections.scorecards.presentation.exports import reading

SHEET = PaperText(address="/scorecards/?as_at=2026-11-27")
READERS = {"csv": reading.table_of_csv, "xlsx": reading.table_of_xlsx, "json": reading.table_of_json}


def file_of(scorecard: Scorecard, name: str) -> bytes:
    return FORMATS[name].make(scorecard, SHEET)


def page_of(scorecard: Scorecard) -> str:
    """The table that the page of the region draws, of plain values: no reader is asked for."""
    view = RegionPage()
    view.request = RequestFactory().get("/scorecards/")
    table = view.table(scorecard, scorecard.rows)
    return render_to_string("scorecards/_table.html", {**table, "noun": "setting", "since": "November 2025"})


def told(scorecard: Scorecard) -> reading.Table:
    header, rows = figures(scorecard)
    return [list(header), *map(list, rows)]


def differences(of: Scorecard, name: str, wanted: reading.Table) -> list:
    """Where the file `name` of a scorecard says another thing than `wanted`: nothing where they agree."""
    if name == "page":
        return reading.missing_from_page(page_of(of), wanted)
    content = file_of(of, name)
    if name == "pdf":
        return reading.missing_from_pdf(reading.text_of_pdf(content), wanted)
    found = READERS[name](content)
    assert [len(row) for row in found] == [len(row) for row in wanted]
    pairs = zip(found, wanted, strict=True)
    return [(a, b) for row, other in pairs for a, b in zip(row, other, strict=True) if a != b]


@pytest.fixture(scope="module")
def region() -> Scorecard:
    return made.region(26)


def test_region_has_every_band_and_status_so_that_the_comparison_means_something(region):
    everything = made.region(26, silent=())
    assert {row.score.band for row in everything.rows} == set(Band)
    assert {cell.status for row in region.rows for cell in row.score.cells} == set(Status)
    assert {row.before is None for row in region.rows} == {True, False}
    assert {row.subject.name for row in region.rows} == set(made.NAMES)


@pytest.mark.parametrize("name", ["page", *sorted(FORMATS)])
@pytest.mark.parametrize("silent", [made.SILENT, ()], ids=["six areas", "eleven areas"])
def test_page_and_file_say_what_the_figures_say(name, silent):
    scorecard = made.region(26, silent=silent)
    assert differences(scorecard, name, told(scorecard)) == []


def one_figure_changed(scorecard: Scorecard, what: str) -> Scorecard:
    """The last row with one figure that is a tenth, or a word, away."""
    *others, last = scorecard.rows
    return replace(scorecard, rows=(*others, CHANGES[what](last)))


def with_score(row: Row, **changes) -> Row:
    return replace(row, score=replace(row.score, **changes))


def with_cells(row: Row, **changes) -> Row:
    """The first area that counts, changed."""
    cells = list(row.score.cells)
    place = next(n for n, cell in enumerate(cells) if cell.status.counts)
    cells[place] = replace(cells[place], reading=replace(cells[place].reading, **changes))
    return with_score(row, cells=tuple(cells))


CHANGES = {
    "assured": lambda row: with_score(row, assured=row.score.assured + 10),
    "known": lambda row: with_score(row, known=row.score.known - 10),
    "coverage": lambda row: with_score(row, coverage=row.score.coverage - 1),
    "band": lambda row: with_score(row, band=Band.INSUFFICIENT, limits=()),
    "before": lambda row: replace(row, before=None if row.before else row.score),
    "points of an area": lambda row: with_cells(row, points=1_230),
    "status of an area": lambda row: with_cells(row, status=Status.STALE),
    "name": lambda row: replace(row, subject=replace(row.subject, name="Another name")),
    "in use": lambda row: replace(row, subject=replace(row.subject, in_use=not row.subject.in_use)),
}


NOT_IN_THE_TABLE = {"known", "in use"}
"""Figures that the page has on the profile of a row instead."""
CONTROLS = [
    (name, what)
    for name in ["page", *sorted(FORMATS)]
    for what in sorted(CHANGES)
    if name != "page" or what not in NOT_IN_THE_TABLE
]


@pytest.mark.parametrize(("name", "what"), CONTROLS)
def test_one_figure_changed_in_one_file_is_noticed(name, what):
    """The control: without it, a comparison that compares nothing would pass too."""
    region = made.region(3)
    assert differences(one_figure_changed(region, what), name, told(region))


def test_digest_is_the_same_in_every_file_that_has_one_and_another_for_another_figure(region):
    digest = json.loads(file_of(region, "json"))["digest"]
    assert digest in reading.text_of_pdf(file_of(region, "pdf"))
    about = load_workbook(io.BytesIO(file_of(region, "xlsx")))["About"]
    assert digest in [row[1] for row in about.values]
    assert digest != json.loads(file_of(one_figure_changed(region, "assured"), "json"))["digest"]
