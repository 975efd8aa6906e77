"""What holds of every score, with values drawn from the edges of windows and bands."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inspections.scorecards.scoring.arithmetic import WHOLE, Band, Status, score
from inspections.scorecards.scoring.rollup import SettingScore, combined
from tests.unit.inspections.scorecards.making import (
    CODES,
    DAY,
    definitions,
    limit,
    limits,
    on_a_busy_machine,
    points,
    rated,
    read,
    readings,
)


@st.composite
def raised(draw):
    """Readings twice: the second time one of them that counts is worth as much or more."""
    known, code = draw(readings()), draw(st.sampled_from(CODES))
    low, high = sorted([draw(points), draw(points)])
    others = [one for one in known if one.domain != code]
    return [*others, read(code, low)], [*others, read(code, high)]


@on_a_busy_machine
@given(definitions(), raised())
def test_raising_a_reading_never_lowers_the_score_or_the_band(definition, pair):
    lower, higher = (score(definition, known, (), DAY) for known in pair)
    assert higher.assured >= lower.assured
    assert (higher.known or 0) >= (lower.known or 0)
    assert higher.band.assurance >= lower.band.assurance
    assert higher.coverage == lower.coverage


@on_a_busy_machine
@given(definitions(), raised(), limits)
def test_raising_a_reading_never_lowers_the_band_under_any_limits(definition, pair, found):
    lower, higher = (score(definition, known, found, DAY) for known in pair)
    assert higher.band.assurance >= lower.band.assurance


@on_a_busy_machine
@given(definitions(), readings(least=1), limits)
def test_expected_item_going_missing_never_raises_the_assured_score_or_the_band(definition, known, found):
    before = score(definition, known, found, DAY)
    after = score(definition, known[1:], found, DAY)
    assert after.assured <= before.assured
    assert after.coverage <= before.coverage
    assert after.by_sum.assurance <= before.by_sum.assurance
    assert after.band.assurance <= before.band.assurance


@on_a_busy_machine
@given(definitions(), readings(), limits, st.randoms())
def test_order_of_readings_and_limits_never_matters(definition, known, found, random):
    shuffled, mixed = random.sample(known, len(known)), random.sample(found, len(found))
    assert score(definition, shuffled, mixed, DAY) == score(definition, known, found, DAY)


@on_a_busy_machine
@given(definitions(), st.sampled_from([0, WHOLE]))
def test_exactly_nothing_and_exactly_the_whole_fall_in_a_band(definition, worth):
    found = score(definition, [read(code, worth) for code in CODES], (), DAY)
    assert (found.known, found.assured, found.coverage) == (worth, worth, 100)
    assert found.band is (Band.RED if worth == 0 else Band.GREEN)


@on_a_busy_machine
@given(definitions(), points)
def test_every_score_falls_in_exactly_one_band(definition, worth):
    assert sum(one.from_points <= worth <= one.to_points for one in definition.bands) == 1


@on_a_busy_machine
@given(definitions(), readings(least=1), limits)
def test_stale_is_as_good_as_missing_for_the_band(definition, known, found):
    whole = score(definition, known, found, DAY)
    stale = {cell.domain.code for cell in whole.cells if cell.status is Status.STALE}
    fresh = score(definition, [one for one in known if one.domain not in stale], found, DAY)
    assert (fresh.known, fresh.assured, fresh.coverage, fresh.band) == (
        *(whole.known, whole.assured, whole.coverage, whole.band),
    )


@on_a_busy_machine
@given(definitions(), readings(), limits, rated)
def test_limit_never_raises_a_band(definition, known, found, cap):
    before = score(definition, known, found, DAY)
    after = score(definition, known, [*found, limit(cap)], DAY)
    # Red is said of what is known to be red, also where too little is known for a band.
    assert after.band.assurance <= max(before.band.assurance, Band.RED.assurance)
    assert cap is not Band.RED or after.band is Band.RED
    assert after.by_sum is before.by_sum


@on_a_busy_machine
@given(definitions(), readings(), limits)
def test_removing_all_data_while_a_red_limit_stands_keeps_red(definition, known, found):
    standing = [*found, limit(Band.RED)]
    assert score(definition, known, standing, DAY).band is Band.RED
    assert score(definition, (), standing, DAY).band is Band.RED


@on_a_busy_machine
@given(definitions(), readings(), limits)
def test_known_score_is_never_below_the_assured_one(definition, known, found):
    one = score(definition, known, found, DAY)
    assert (one.known is None) == (one.coverage == 0)
    assert one.known is None or one.known >= one.assured
    assert 0 <= one.assured <= WHOLE and 0 <= one.coverage <= 100


settings_of_a_provider = st.lists(st.tuples(readings(), limits), min_size=1, max_size=3)


def provider(definition, settings):
    scores = [score(definition, known, found, DAY) for known, found in settings]
    return combined(definition, [SettingScore(f"Home {n}", one) for n, one in enumerate(scores)])


@on_a_busy_machine
@given(definitions(), settings_of_a_provider, raised(), limits)
def test_raising_a_reading_of_one_setting_never_lowers_the_provider(definition, settings, pair, found):
    lower, higher = (provider(definition, [*settings, (known, found)]) for known in pair)
    assert higher.assured >= lower.assured
    assert (higher.known or 0) >= (lower.known or 0)
    assert higher.band.assurance >= lower.band.assurance
    for before, after in zip(lower.cells, higher.cells, strict=True):
        assert (after.points or 0) >= (before.points or 0)


@on_a_busy_machine
@given(definitions(), settings_of_a_provider, readings(least=1), limits)
def test_expected_item_of_one_setting_going_missing_never_raises_the_provider(
    definition, settings, known, found
):
    before = provider(definition, [*settings, (known, found)])
    after = provider(definition, [*settings, (known[1:], found)])
    assert after.assured <= before.assured
    assert after.coverage <= before.coverage
    assert after.band.assurance <= before.band.assurance


@on_a_busy_machine
@given(definitions(), settings_of_a_provider, st.randoms())
def test_order_of_settings_never_matters_to_the_provider(definition, settings, random):
    scores = [SettingScore("Home", score(definition, known, found, DAY)) for known, found in settings]
    one, other = (combined(definition, parts) for parts in (scores, random.sample(scores, len(scores))))
    assert (one.assured, one.coverage, one.known, one.band, one.limits) == (
        *(other.assured, other.coverage, other.known, other.band, other.limits),
    )
    assert [cell.points for cell in one.cells] == [cell.points for cell in other.cells]


@on_a_busy_machine
@given(definitions(), settings_of_a_provider)
def test_provider_is_red_as_soon_as_one_setting_is_limited_to_red(definition, settings):
    known, found = settings[0]
    limited = [(known, [*found, limit(Band.RED)]), *settings[1:]]
    assert provider(definition, limited).band is Band.RED


@on_a_busy_machine
@given(definitions(), settings_of_a_provider)
def test_provider_of_equal_settings_scores_as_each_of_them(definition, settings):
    known, found = settings[0]
    alone, three = score(definition, known, found, DAY), provider(definition, [(known, found)] * 3)
    assert (three.assured, three.coverage, three.known, three.band) == (
        *(alone.assured, alone.coverage, alone.known, alone.band),
    )


@on_a_busy_machine
@given(definitions(), settings_of_a_provider)
def test_provider_is_never_better_than_its_best_setting_nor_worse_than_its_worst(definition, settings):
    scores = [score(definition, known, (), DAY) for known, _ in settings]
    found = provider(definition, [(known, ()) for known, _ in settings])
    for lower, upper in pairwise(
        [min(s.assured for s in scores), found.assured, max(s.assured for s in scores)]
    ):
        assert lower <= upper
