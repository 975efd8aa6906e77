"""Tags, trends and rows as pages draw them, from scores made by hand."""

import datetime as dt

import pytest

from inspections.scorecards.presentation.presenters import (
    about,
    areas_with_data,
    band_tag,
    cell_tag,
    legend_of,
    months_of,
    row_views,
    trend_of,
)
from inspections.scorecards.scoring.arithmetic import Band, Score, Status, score
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Subject
from tests.unit.inspections.scorecards.making import CODES, DAY, DEFINITION, limit, read

HOME = Subject(
    "setting", 1, "13ce2e7b-479b-4fc5-a3fd-25c89b5f7efd", "Beck View", "Children's home", "Cumbria"
)


def scored(*readings, limits=()) -> Score:
    return score(DEFINITION, readings, limits, DAY)


def all_worth(points: int) -> Score:
    return scored(*(read(code, points) for code in CODES))


def card(*scores: Score) -> Scorecard:
    return Scorecard(DAY, "A council", DEFINITION, tuple(Row(HOME, one) for one in scores))


@pytest.mark.parametrize(
    ("points", "level", "text"),
    [(3999, "red", "Red 39.9"), (4000, "amber", "Amber 40.0"), (6000, "green", "Green 60.0")],
)
def test_band_has_a_word_and_a_number_and_its_own_shape(points, level, text):
    tag = band_tag(all_worth(points))
    assert (tag.level, tag.text) == (level, text)


def test_too_little_evidence_has_the_shape_of_what_is_missing_and_never_a_colour():
    tag = band_tag(scored(read("regulator", 10_000)))
    assert (tag.level, tag.text) == ("none", "Insufficient evidence 40.0")


def test_area_without_current_data_never_shows_points():
    cells = scored(read("visits", 10_000, Status.STALE), read("issues", None, Status.SUPPRESSED)).cells
    shown = {cell.domain.code: cell_tag(cell, DEFINITION) for cell in cells}
    assert {tag.level for tag in shown.values()} == {"none"}
    assert [shown[code].text for code in CODES] == ["No data", "Stale", "Suppressed", "No data"]


def test_area_stands_in_the_band_of_its_own_points():
    [cell] = [one for one in all_worth(4000).cells if one.domain.code == "visits"]
    assert cell_tag(cell, DEFINITION).text == "Amber 40.0"


@pytest.mark.parametrize(
    ("before", "direction", "text"),
    [(6000, "down", "Down 10.0"), (4000, "up", "Up 10.0"), (5000, "level", "No change")],
)
def test_trend_has_a_shape_and_says_which_way(before, direction, text):
    trend = trend_of(Row(HOME, all_worth(5000), all_worth(before)))
    assert (trend.direction, trend.text) == (direction, text)


def test_setting_that_is_new_has_no_trend():
    assert trend_of(Row(HOME, all_worth(5000))).text == "Not registered then"


def test_area_has_a_column_when_one_row_knows_of_it_be_it_stale():
    known = scored(read("visits", 5000, Status.STALE))
    assert [area.code for area in areas_with_data(card(scored(), known))] == ["visits"]
    assert areas_with_data(card()) == ()


def test_line_leads_to_the_profile_and_says_why():
    found = all_worth(10_000)
    limited = scored(
        *(cell.reading for cell in found.cells), limits=[limit(says="Ofsted judged it Inadequate")]
    )
    [line] = row_views([Row(HOME, limited)], DEFINITION, DEFINITION.domains[:2])
    assert line.url == f"/scorecards/settings/{HOME.ref}/"
    assert (line.tag.text, line.why) == ("Red 100.0", "Red: Ofsted judged it Inadequate")
    assert [area.code for area, *_ in line.cells] == CODES[:2]


def test_subject_without_an_authority_is_told_by_its_type_alone():
    assert about(Subject("setting", 1, "", "Beck View", "Children's home")) == "Children's home"


def test_legend_explains_every_band_and_every_status_that_does_not_count():
    told = {tag.text for tag, _ in legend_of(DEFINITION)}
    assert told == {
        *("Red", "Amber", "Green", "Insufficient evidence"),
        *("No data", "Stale", "Suppressed", "Not comparable"),
    }


def test_months_are_told_newest_first():
    months = [Month(dt.date(2026, 2, 28), 4000, 80, Band.AMBER), Month(DAY, 3990, 80, Band.RED)]
    assert [(on, tag.text) for on, tag, _ in months_of(months)] == [
        (DAY, "Red 39.9"),
        (dt.date(2026, 2, 28), "Amber 40.0"),
    ]
