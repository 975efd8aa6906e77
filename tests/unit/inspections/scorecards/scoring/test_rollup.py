"""A provider over its settings, example by example."""

from dataclasses import replace

import pytest

from inspections.scorecards.scoring.arithmetic import WHOLE, Band, Status, score
from inspections.scorecards.scoring.results import Row, Scorecard, Subject
from inspections.scorecards.scoring.rollup import SettingScore, by_provider, combined
from tests.unit.inspections.scorecards.making import DAY, DEFINITION, DOMAINS, evidence, limit, read


def scored(worth=WHOLE, *, areas=4, limits=(), **values):
    return score(DEFINITION, [read(domain.code, worth, **values) for domain in DOMAINS[:areas]], limits, DAY)


def over(*scores):
    return combined(DEFINITION, [SettingScore(f"Home {n}", one) for n, one in enumerate(scores, start=1)])


def test_assured_and_coverage_are_means_that_are_cut():
    found = over(scored(5001), scored(5000), scored(areas=1))
    assert found.assured == (5001 + 5000 + 4000) // 3 == 4667
    assert found.coverage == (100 + 100 + 40) // 3 == 80
    assert found.coverage_floor == 60
    assert found.by_sum is found.band is Band.AMBER


def test_known_score_weighs_every_area_that_some_setting_has():
    found = over(scored(5000), scored(areas=1))
    assert found.known == (100 * 5000 + 40 * WHOLE) // 140 == 6428
    assert over(scored(areas=0)).known is None


def test_coverage_below_the_floor_on_average_is_insufficient():
    assert over(scored(), scored(areas=0)).band is Band.INSUFFICIENT
    assert over(scored(), scored(), scored(areas=0)).coverage == 66


def test_area_is_the_mean_over_all_settings_and_says_how_many_have_it():
    cell = over(scored(7501), scored(5000), scored(areas=1)).cells[1]
    assert (cell.points, cell.status) == (4167, Status.CURRENT)
    assert cell.reading.says == "2 of 3 settings have current data"
    assert over(scored(), scored(areas=0)).cells[0].reading.says == "1 of 2 settings has current data"


def test_areas_of_a_provider_add_up_to_its_assured_score():
    found = over(scored(9000), scored(6000, areas=2), scored(areas=1))
    assert sum(cell.domain.weight * (cell.points or 0) for cell in found.cells) // 100 == found.assured


def test_area_that_no_setting_has_tells_the_nearest_to_data_there_is():
    stale = scored(on=DAY.replace(year=2001))
    cells = over(stale, scored(areas=0)).cells
    assert [cell.status for cell in cells] == [Status.STALE, Status.STALE, Status.CURRENT, Status.STALE]
    assert (cells[0].points, cells[0].reading.on) == (None, DAY.replace(year=2001))
    assert cells[0].reading.says == "0 of 2 settings have current data"
    assert cells[0].reading.points is None


def test_area_in_which_a_setting_is_worth_nothing_is_worth_nothing_for_it():
    assert over(scored(0)).cells[0].points == 0
    assert over(scored(0), scored(1)).cells[0].points == 0


def test_area_with_one_real_reading_and_one_nil_is_current():
    nil = score(DEFINITION, [read("issues", status=Status.NIL)], (), DAY)
    assert over(nil, nil).cells[2].status is Status.NIL
    assert over(nil, scored()).cells[2].status is Status.CURRENT


def test_area_takes_the_newest_day_and_every_record_once():
    earlier = DAY.replace(year=2025)
    one = score(DEFINITION, [read("issues", evidence=(evidence("1"), evidence("2")))], (), DAY)
    other = score(DEFINITION, [read("issues", on=earlier, evidence=(evidence("2"), evidence("3")))], (), DAY)
    reading = over(other, one).cells[2].reading
    assert reading.on == DAY
    assert [record.ref for record in reading.evidence] == ["2", "3", "1"]
    assert over(scored(on=None)).cells[2].reading.on is None


def test_limit_of_one_setting_limits_the_provider_and_says_which():
    found = over(scored(), scored(limits=[limit(says="Ofsted judged it Inadequate")]))
    assert (found.by_sum, found.band) == (Band.GREEN, Band.RED)
    assert [one.says for one in found.deciding] == ["Ofsted judged it Inadequate (Home 2)"]


def test_limits_of_all_settings_stand_strictest_first():
    found = over(scored(limits=[limit(Band.AMBER, rule="a")]), scored(limits=[limit(Band.RED, rule="b")]))
    assert [one.rule for one in found.limits] == ["b", "a"]


def test_nothing_to_combine_is_refused():
    with pytest.raises(ValueError, match=r"^There is no setting to combine\.$"):
        combined(DEFINITION, [])


def home(name: str, owner: int | None, worth: int = WHOLE, **values) -> Row:
    subject = Subject(
        "setting",
        1,
        name,
        name,
        provider=f"Owner {owner}",
        provider_pk=owner,
        provider_ref=f"ref {owner}",
        in_use=values.pop("in_use", False),
    )
    return Row(subject, scored(worth), **values)


def card(*rows: Row) -> Scorecard:
    return Scorecard(DAY, "A council", DEFINITION, rows)


def test_provider_has_one_row_over_its_settings_and_the_worst_comes_first():
    found = by_provider(card(home("a", 1), home("b", 1, 6000), home("c", 2, 5000), home("d", None, 0)))
    assert [row.subject for row in found.rows] == [
        Subject("provider", 2, "ref 2", "Owner 2"),
        Subject("provider", 1, "ref 1", "Owner 1", settings=2),
    ]
    assert [row.score.assured for row in found.rows] == [5000, 8000]
    assert (found.as_at, found.whose, found.definition) == (DAY, "A council", DEFINITION)


def test_provider_is_in_use_where_one_of_its_settings_is():
    rows = by_provider(card(home("a", 1), home("b", 1, in_use=True), home("c", 2))).rows
    assert [(row.subject.pk, row.subject.in_use) for row in rows] == [(1, True), (2, False)]


def test_provider_a_year_ago_is_over_the_settings_that_it_owned_then():
    bought = home("b", 1, before=scored(0), kept=False)
    [row] = by_provider(card(home("a", 1, before=scored(7000)), bought, home("c", 1))).rows
    assert row.before.assured == 7000
    assert by_provider(card(bought)).rows[0].before is None


def test_limits_of_the_year_before_stay_with_it():
    then = scored(limits=[limit()])
    [row] = by_provider(card(home("a", 1, before=then))).rows
    assert (row.score.band, row.before.band) == (Band.GREEN, Band.RED)
    assert row.before.limits == (replace(limit(), says="Ofsted judged it (a)"),)
