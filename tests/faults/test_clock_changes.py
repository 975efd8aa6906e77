"""A deadline is a day: it stays at London midnight over both clock changes and over bank holidays."""

import datetime as dt

import pytest

from qa_portal.core.dates import LONDON, add_working_days, at_london, end_of_day

CHANGES = [("2026-03-27", "forward"), ("2026-10-23", "back")]
ONE_TICK = dt.timedelta(microseconds=1)


def naive_deadline(start: dt.datetime, days: int) -> dt.datetime:
    """What the house forbids: so many times 24 hours, counted in UTC."""
    return (start.astimezone(dt.UTC) + dt.timedelta(hours=24 * days)).astimezone(LONDON)


@pytest.mark.parametrize("start", [start for start, _ in CHANGES])
def test_deadline_stays_at_london_midnight(start):
    begun = dt.date.fromisoformat(start)
    for days in range(10):
        day = begun + dt.timedelta(days=days)
        midnight = end_of_day(day) + ONE_TICK
        clock = midnight.astimezone(LONDON)
        assert (clock.date(), clock.time()) == (day + dt.timedelta(days=1), dt.time())


@pytest.mark.parametrize(("start", "way"), CHANGES)
def test_day_of_the_change_has_23_or_25_hours_and_one_end(start, way):
    change = dt.date.fromisoformat(start) + dt.timedelta(days=2)
    begins, ends = at_london(change, dt.time()), end_of_day(change) + ONE_TICK
    assert ends - begins == dt.timedelta(hours={"forward": 23, "back": 25}[way])


@pytest.mark.parametrize(("start", "hour"), [("2026-03-27", 18), ("2026-10-23", 16)])
def test_five_times_24_hours_drift_where_five_days_do_not(start, hour):
    """The control: the arithmetic that the house forbids moves five o'clock by an hour."""
    five = at_london(dt.date.fromisoformat(start), dt.time(17))
    later = dt.date.fromisoformat(start) + dt.timedelta(days=5)
    assert naive_deadline(five, 5).hour == hour
    assert at_london(later, dt.time(17)).astimezone(LONDON).hour == 17


def test_24_hours_more_miss_the_end_of_the_day_by_an_hour():
    """The control for midnight: on the Sunday in March the drift ends the next day an hour late."""
    saturday = dt.date(2026, 3, 28)
    drifted = naive_deadline(end_of_day(saturday), 1)
    assert drifted.date() == dt.date(2026, 3, 30)
    assert drifted != end_of_day(dt.date(2026, 3, 29))


def test_easter_and_the_clock_change_together():
    """Ten working days from the Thursday before Easter, begun in summer time: all of 20 April is in time."""
    deadline = end_of_day(add_working_days(dt.date(2026, 4, 2), 10))
    assert deadline + ONE_TICK == dt.datetime(2026, 4, 20, 23, tzinfo=dt.UTC)


def test_christmas_between_two_years():
    deadline = end_of_day(add_working_days(dt.date(2026, 12, 23), 5))
    assert deadline + ONE_TICK == dt.datetime(2027, 1, 5, tzinfo=dt.UTC)
