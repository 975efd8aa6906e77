"""How a score reads, word for word."""

import datetime as dt

import pytest

from inspections.scorecards.scoring.arithmetic import WHOLE, Band, DomainCell, DomainResult, Status, score
from inspections.scorecards.scoring.results import Row, Scorecard, Subject, worst_first
from inspections.scorecards.scoring.words import (
    BANDS,
    STATUSES,
    cell_words,
    change_words,
    counted,
    day_words,
    in_words,
    partly,
    points_words,
    reason,
)
from tests.unit.inspections.scorecards.making import DAY, DEFINITION, DOMAINS, limit, read


def scored(worth=WHOLE, *, areas=4, limits=()):
    return score(DEFINITION, [read(domain.code, worth) for domain in DOMAINS[:areas]], limits, DAY)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (scored(), "Green: all 4 areas have current data"),
        (
            scored(5000),
            "Amber: all 4 areas have current data; the lowest areas are Regulator (50.0) and Council visits (50.0)",
        ),
        (
            scored(3999),
            "Red: all 4 areas have current data; the lowest areas are Regulator (39.9) and Council visits (39.9)",
        ),
        (scored(areas=3), "Green: 1 of 4 areas has no current data"),
        (
            scored(8000, areas=2),
            "Amber: 2 of 4 areas have no current data; the lowest areas are Contract issues (no data) and Voice of children (no data)",
        ),
        (scored(areas=1), "Insufficient evidence: 40% of the score has current data (60% needed)"),
        (scored(areas=0), "Insufficient evidence: 0% of the score has current data (60% needed)"),
        (
            scored(limits=[limit(says="Ofsted judged it Inadequate on 3 March 2026")]),
            "Red: Ofsted judged it Inadequate on 3 March 2026",
        ),
        (
            scored(areas=0, limits=[limit(says="its registration is suspended")]),
            "Red: its registration is suspended",
        ),
        (scored(limits=[limit(says="one"), limit(says="two", ref="2")]), "Red: one, and 1 more reason"),
        (scored(limits=[limit(says=str(n), ref=str(n)) for n in range(3)]), "Red: 0, and 2 more reasons"),
        (
            scored(limits=[limit(Band.AMBER, says="the key question was not met")]),
            "Amber: the key question was not met",
        ),
        (
            scored(areas=0, limits=[limit(Band.AMBER, says="the key question was not met")]),
            "Insufficient evidence: 0% of the score has current data (60% needed)",
        ),
    ],
)
def test_band_is_told_with_its_reason(found, words):
    assert in_words(found) == words
    assert words.endswith(reason(found))


@pytest.mark.parametrize(
    ("points", "words"),
    [
        *((None, ""), (0, "0.0"), (9, "0.0"), (10, "0.1"), (99, "0.9"), (100, "1.0"), (3999, "39.9")),
        *((4000, "40.0"), (7250, "72.5"), (7259, "72.5"), (9999, "99.9"), (WHOLE, "100.0")),
    ],
)
def test_points_are_cut_to_one_decimal_and_never_reach_the_next_band(points, words):
    assert points_words(points) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [(None, ""), (0, "No change"), (250, "Up 2.5"), (-1250, "Down 12.5"), (10, "Up 0.1"), (1, "Up 0.0")],
)
def test_change_says_which_way_in_a_word(change, words):
    assert change_words(change) == words


@pytest.mark.parametrize(
    ("status", "worth", "words"),
    [
        (Status.CURRENT, 7250, "72.5"),
        (Status.CURRENT, 0, "0.0"),
        (Status.NIL, WHOLE, "100.0"),
        (Status.STALE, 7250, "Stale"),
        (Status.NO_DATA, None, "No data"),
        (Status.SUPPRESSED, None, "Suppressed"),
        (Status.NOT_COMPARABLE, None, "Not comparable"),
    ],
)
def test_cell_shows_points_only_where_they_count(status, worth, words):
    assert cell_words(DomainCell(DOMAINS[0], read("regulator", worth, status))) == words


def test_every_band_and_status_has_its_words():
    assert BANDS == {
        Band.RED: "Red",
        Band.AMBER: "Amber",
        Band.GREEN: "Green",
        Band.INSUFFICIENT: "Insufficient evidence",
    }
    assert set(STATUSES) == set(Status)
    assert STATUSES[Status.CURRENT] == "Current"
    assert STATUSES[Status.NIL] == "Nothing to report"


def test_days_and_numbers_in_words():
    assert day_words(dt.date(2026, 3, 3)) == "3 March 2026"
    assert [counted(n, "setting") for n in (0, 1, 2)] == ["0 settings", "1 setting", "2 settings"]


def row(name: str, worth: int, *, areas=4, before=None, **values) -> Row:
    subject = Subject("setting", 1, values.pop("ref", name), name)
    return Row(subject, scored(worth, areas=areas), before and scored(before), **values)


def test_change_is_that_of_the_figures_as_shown():
    """72.5 less 70.0 is 2.5 to every reader, though 249 basis points lie between."""
    assert row("a", 7250, before=7001).change == 250
    assert row("a", 7001, before=7250).change == -250
    assert row("a", 7250).change is None


def test_rows_come_worst_first_then_by_score_then_by_name():
    green, amber, red = row("g", WHOLE), row("a", 5000), row("r", 100)
    worse, none = row("z", 0), row("n", WHOLE, areas=1)
    twin = row("r", 100, ref="s")
    ordered = sorted([green, amber, twin, red, worse, none], key=worst_first)
    assert ordered == [worse, red, twin, none, amber, green]
    assert Scorecard(DAY, "A council", DEFINITION, tuple(ordered)).bands == {
        Band.RED: 3,
        Band.INSUFFICIENT: 1,
        Band.AMBER: 1,
        Band.GREEN: 1,
    }


@pytest.mark.parametrize(
    ("over", "words"), [(None, ""), ((0, 2), ""), ((1, 2), "1 of 2 have data"), ((2, 2), "")]
)
def test_figure_of_a_provider_says_how_many_of_its_settings_it_is_of(over, words):
    reading = DomainResult("visits", Status.CURRENT if over != (0, 2) else Status.NO_DATA, 5000, over=over)
    assert partly(DomainCell(DOMAINS[1], reading)) == words
