"""The arithmetic of a scorecard, example by example: what counts, what a band is set on, what beats the sum."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from inspections.scorecards.scoring.arithmetic import (
    WHOLE,
    Band,
    BandRange,
    Definition,
    DefinitionError,
    Domain,
    DomainCell,
    DomainResult,
    Evidence,
    Limit,
    Score,
    Status,
    score,
)
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Subject
from inspections.scorecards.scoring.rollup import SettingScore
from tests.unit.inspections.scorecards.making import (
    BANDS,
    DAY,
    DEFINITION,
    DOMAINS,
    STALE_AFTER,
    limit,
    read,
)


def scored(*readings: DomainResult, limits=(), definition: Definition = DEFINITION):
    return score(definition, readings, limits, DAY)


def test_score_is_the_weighted_mean_of_what_is_known():
    found = scored(read("regulator", 7500), read("visits", 5000))
    assert found.known == (40 * 7500 + 25 * 5000) // 65 == 6538
    assert found.coverage == 65


def test_assured_score_counts_every_missing_weight_as_nothing():
    assert scored(read("regulator", 7500), read("visits", 5000)).assured == 4250


def test_band_is_set_on_the_assured_score_and_not_on_what_is_known():
    """Known 65.4 would be green."""
    assert scored(read("regulator", 7500), read("visits", 5000)).by_sum is Band.AMBER


def test_nothing_known_has_no_score_and_no_band():
    found = scored()
    assert (found.known, found.assured, found.coverage) == (None, 0, 0)
    assert found.band is found.by_sum is Band.INSUFFICIENT
    assert [cell.status for cell in found.cells] == [Status.NO_DATA] * 4
    assert [cell.domain for cell in found.cells] == list(DOMAINS)


@pytest.mark.parametrize(("floor", "band"), [(64, Band.GREEN), (65, Band.GREEN), (66, Band.INSUFFICIENT)])
def test_coverage_of_exactly_the_floor_is_enough(floor, band):
    found = scored(read("regulator"), read("visits"), definition=replace(DEFINITION, coverage_floor=floor))
    assert (found.coverage, found.band, found.coverage_floor) == (65, band, floor)


@pytest.mark.parametrize(
    ("worth", "band"),
    [
        (0, Band.RED),
        (3999, Band.RED),
        (4000, Band.AMBER),
        (5999, Band.AMBER),
        (6000, Band.GREEN),
        (WHOLE, Band.GREEN),
    ],
)
def test_both_ends_of_a_band_belong_to_it(worth, band):
    found = scored(*(read(domain.code, worth) for domain in DOMAINS))
    assert (found.assured, found.known, found.band) == (worth, worth, band)


def test_score_just_under_a_band_is_cut_and_not_rounded_into_it():
    """39.996 is red: rounded to the nearest hundredth it would read 40.0, which is amber."""
    found = scored(*(read(domain.code, 3999 if domain.weight != 15 else 4003) for domain in DOMAINS))
    assert sum(cell.domain.weight * cell.points for cell in found.cells) == 399_960
    assert (found.assured, found.by_sum) == (3999, Band.RED)


@pytest.mark.parametrize(
    ("days", "status"),
    [(STALE_AFTER - 1, Status.CURRENT), (STALE_AFTER, Status.CURRENT), (STALE_AFTER + 1, Status.STALE)],
)
def test_reading_is_current_to_the_last_day_and_stale_from_the_next(days, status):
    found = scored(read("visits", 5000, on=DAY - dt.timedelta(days=days), says="Seen"))
    cell = found.cells[1]
    assert (cell.status, cell.points) == (status, 5000 if status.counts else None)
    assert cell.reading.says == "Seen"


def test_stale_reading_is_still_shown_with_its_points_and_its_day():
    long_ago = DAY - dt.timedelta(days=STALE_AFTER + 1)
    reading = scored(read("visits", 5000, on=long_ago)).cells[1].reading
    assert (reading.points, reading.on) == (5000, long_ago)


def test_reading_with_a_span_of_its_own_is_aged_by_that():
    """A home's inspection is stale long before a fostering agency's."""
    on = DAY - dt.timedelta(days=732)
    assert scored(read("regulator", on=on)).cells[0].status is Status.CURRENT
    assert scored(read("regulator", on=on, stale_after_days=731)).cells[0].status is Status.STALE
    assert scored(read("regulator", on=on, stale_after_days=732)).cells[0].status is Status.CURRENT
    assert scored(read("issues", on=DAY, stale_after_days=0)).cells[2].status is Status.CURRENT


def test_area_that_never_goes_stale_and_a_reading_without_a_day_stay_current():
    assert scored(read("issues", on=dt.date(2001, 1, 1))).cells[2].status is Status.CURRENT
    assert scored(read("visits", on=None)).cells[1].status is Status.CURRENT


def test_nil_reading_counts_and_goes_stale_like_any():
    assert scored(read("visits", status=Status.NIL)).coverage == 25
    old = read("visits", status=Status.NIL, on=DAY - dt.timedelta(days=STALE_AFTER + 1))
    assert scored(old).cells[1].status is Status.STALE


@pytest.mark.parametrize("status", [Status.NO_DATA, Status.SUPPRESSED, Status.NOT_COMPARABLE, Status.STALE])
def test_what_does_not_count_keeps_its_status_however_old(status):
    found = scored(read("visits", None, status, on=dt.date(2001, 1, 1)))
    assert (found.cells[1].status, found.cells[1].points, found.coverage) == (status, None, 0)
    assert found.cells[1] in found.missing


def test_missing_areas_are_those_that_do_not_count():
    found = scored(
        read("regulator"), read("visits", status=Status.NIL), read("issues", None, Status.SUPPRESSED)
    )
    assert [cell.domain.code for cell in found.missing] == ["issues", "voice"]


@pytest.mark.parametrize("worth", [None, -1, WHOLE + 1])
def test_points_outside_the_whole_are_refused(worth):
    with pytest.raises(ValueError, match=rf"^visits has {worth} points; they go from 0 to 10000\.$"):
        scored(read("visits", worth))


def test_two_readings_of_one_area_are_refused():
    with pytest.raises(ValueError, match=r"^There are two readings of visits\.$"):
        scored(read("visits"), read("visits"))


def test_reading_of_an_unknown_area_is_refused_by_name():
    with pytest.raises(ValueError, match=r"^The definition has no area called moon, sun\.$"):
        scored(read("sun"), read("moon"))


FULL = [read(domain.code) for domain in DOMAINS]


def test_limit_of_red_beats_a_perfect_sum():
    found = scored(*FULL, limits=[limit(Band.RED)])
    assert (found.by_sum, found.band) == (Band.GREEN, Band.RED)


def test_limit_of_amber_beats_a_perfect_sum_and_no_sum_below_it():
    assert scored(*FULL, limits=[limit(Band.AMBER)]).band is Band.AMBER
    assert scored(*(read(d.code, 0) for d in DOMAINS), limits=[limit(Band.AMBER)]).band is Band.RED


def test_limit_of_red_is_red_where_nothing_else_is_known():
    assert scored(limits=[limit(Band.RED)]).band is Band.RED


def test_limit_of_amber_assures_nothing_where_nothing_else_is_known():
    assert scored(limits=[limit(Band.AMBER)]).band is Band.INSUFFICIENT


def test_strictest_limit_decides_and_stands_first():
    amber, red, other = limit(Band.AMBER, rule="a"), limit(Band.RED, rule="b"), limit(Band.RED, rule="c")
    found = scored(*FULL, limits=[amber, other, red])
    assert found.limits == (red, other, amber)
    assert found.deciding == (red, other)


def test_limits_of_one_rule_stand_in_the_order_of_their_evidence_and_words():
    one, two, three = limit(ref="1", says="b"), limit(ref="2", says="a"), limit(ref="1", says="a")
    assert scored(limits=[two, one, three]).limits == (three, one, two)


def test_limit_that_the_sum_is_worse_than_decides_nothing():
    found = scored(*(read(d.code, 0) for d in DOMAINS), limits=[limit(Band.AMBER)])
    assert found.deciding == ()


def test_assurance_has_no_evidence_lowest():
    assert sorted(Band, key=lambda band: band.assurance) == [
        Band.INSUFFICIENT,
        Band.RED,
        Band.AMBER,
        Band.GREEN,
    ]


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ((40, 59), r"^The weights total 99, and they must total 100\.$"),
        ((40, 61), r"^The weights total 101, and they must total 100\.$"),
        ((101, -1), r"^A weight is below 0\.$"),
    ],
)
def test_weights_that_do_not_total_100_are_refused(weights, sentence):
    domains = tuple(Domain(str(n), "Area", weight) for n, weight in enumerate(weights))
    with pytest.raises(DefinitionError, match=sentence):
        Definition(1, domains, BANDS, 60)


def test_area_that_weighs_nothing_is_allowed():
    assert Definition(1, (Domain("a", "A", 100), Domain("b", "B", 0)), BANDS, 60).domains[1].weight == 0


def test_two_areas_of_one_code_are_refused():
    with pytest.raises(DefinitionError, match=r"^Two areas have the same code\.$"):
        Definition(1, (Domain("a", "A", 50), Domain("a", "B", 50)), BANDS, 60)


RED, AMBER, GREEN = BANDS


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ((AMBER, RED, GREEN), r"^The ratings must be red, amber and green, in that order\.$"),
        ((RED, AMBER), r"^The ratings must be red, amber and green, in that order\.$"),
        ((replace(RED, from_points=1), AMBER, GREEN), r"^The ratings must go from 0 to 100\.$"),
        ((RED, AMBER, replace(GREEN, to_points=WHOLE - 1)), r"^The ratings must go from 0 to 100\.$"),
        (
            (RED, replace(AMBER, from_points=4001), GREEN),
            r"^Between red and amber there is a gap or an overlap\.$",
        ),
        (
            (RED, replace(AMBER, from_points=3999), GREEN),
            r"^Between red and amber there is a gap or an overlap\.$",
        ),
        (
            (RED, AMBER, replace(GREEN, from_points=6001)),
            r"^Between amber and green there is a gap or an overlap\.$",
        ),
        (
            (RED, BandRange(Band.AMBER, 4000, 3998), replace(GREEN, from_points=3999)),
            r"^A rating ends before it begins\.$",
        ),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands, sentence):
    with pytest.raises(DefinitionError, match=sentence):
        Definition(1, DOMAINS, bands, 60)


def test_band_of_a_single_point_is_allowed():
    bands = (replace(RED, to_points=0), BandRange(Band.AMBER, 1, 1), BandRange(Band.GREEN, 2, WHOLE))
    assert [Definition(1, DOMAINS, bands, 60).band_of(n) for n in (0, 1, 2)] == [
        Band.RED,
        Band.AMBER,
        Band.GREEN,
    ]


@pytest.mark.parametrize("floor", [-1, 101])
def test_coverage_floor_outside_per_cent_is_refused(floor):
    with pytest.raises(DefinitionError, match=r"^The coverage floor must be from 0 to 100 per cent\.$"):
        Definition(1, DOMAINS, BANDS, floor)


@pytest.mark.parametrize("floor", [0, 100])
def test_coverage_floor_at_either_end_is_allowed(floor):
    assert Definition(1, DOMAINS, BANDS, floor).coverage_floor == floor


VALUES = [
    Evidence,
    Domain,
    BandRange,
    Definition,
    DomainResult,
    Limit,
    DomainCell,
    Score,
    Subject,
    Row,
    Month,
    Scorecard,
    SettingScore,
]


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_value_is_never_changed_and_carries_nothing_else(kind):
    """The same score is drawn by page, paper and files."""
    value = object.__new__(kind)
    assert not hasattr(value, "__dict__")
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(kind)[0].name, None)


def test_what_is_not_told_is_blank():
    assert DomainResult("visits", Status.NO_DATA) == DomainResult(
        "visits", Status.NO_DATA, None, None, "", (), None
    )
    assert Evidence("visit", "1", "Seen", None, "A council").recorded_by == ""
    subject = Subject("setting", 1, "ref", "Name")
    assert subject == Subject("setting", 1, "ref", "Name", "", "", "", "", False, None, "", 1)
    assert Score((), None, 0, 0, Band.RED, Band.RED, ()).coverage_floor == 0


def test_codes_of_bands_and_statuses_stay_what_files_and_tables_hold():
    assert [band.value for band in Band] == ["insufficient", "red", "amber", "green"]
    assert [status.value for status in Status] == [
        *("current", "nil", "stale", "no_data", "suppressed", "not_comparable"),
    ]
