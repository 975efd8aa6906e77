"""What the repository says of itself is so: its map, its drawing of the tables, and the links of its guides."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tools import draw_data_model, draw_map

ROOT = Path(__file__).parents[2]
TEXTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
TEXTS += sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
HOW = "run make docs and commit what it writes"


def test_map_of_pages_is_current():
    assert draw_map.MAP.read_text() == draw_map.whole(), HOW


def test_map_holds_every_page_of_ours_with_its_file():
    pages = draw_map.pages()
    assert len(pages) > 150
    assert all((ROOT / page.file).exists() for page in pages)
    named = [page for page in pages if page.template]
    assert len(named) > 80
    assert [page for page in named if not (ROOT / "templates" / page.template).exists()] == []


def test_map_keeps_what_was_written_by_hand():
    by_hand = draw_map.whole().partition(draw_map.KEPT_BY_HAND)[2]
    for area in (
        *("Concerns", "Alerts", "Returns", "Indicators", "Programme", "Question sets", "Boards"),
        *("Contracts", "Openings and closures"),
    ):
        assert f"| {area}" in by_hand


def test_drawing_of_the_tables_is_current():
    assert draw_data_model.DRAWING.read_text() == draw_data_model.whole(), HOW


def test_drawing_shows_every_table_and_changes_with_a_column():
    tables = draw_data_model.tables()
    assert len(tables) > 90
    assert {"Setting", "Visit", "ContractIssue", "Membership"} <= {table.name for table in tables}
    changed = [replace(tables[0], rows=[*tables[0].rows, "planted: text"]), *tables[1:]]
    assert draw_data_model.draw(changed) != draw_data_model.draw(tables)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(path):
    inside = [
        link for link in LINK.findall(path.read_text()) if not link.startswith(("http", "mailto:", "#"))
    ]
    missing = [link for link in inside if not (path.parent / link.partition("#")[0]).exists()]
    assert missing == []
