"""Deadlines count England's working days, and a day is a London day on both sides of each clock change."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from qa_portal.core.dates import (
    LONDON,
    add_working_days,
    at_london,
    bank_holidays,
    day_of,
    end_of_day,
    is_working_day,
    today,
    working_days_between,
)

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2040, 12, 31))
WORKING_DAYS = DAYS.filter(is_working_day)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-04-02", 10, "2026-04-20"),  # over Good Friday and Easter Monday
        ("2026-12-23", 5, "2027-01-04"),  # over Christmas, Boxing Day's substitute and New Year
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-04-30", 2, "2026-05-05"),  # early May bank holiday
        ("2022-06-01", 1, "2022-06-06"),  # a holiday moved and one added, the jubilee
        ("2023-05-05", 1, "2023-05-09"),  # one added, the coronation
        ("2026-03-27", 5, "2026-04-07"),  # clocks go forward, then Easter
        ("2026-10-23", 5, "2026-10-30"),  # clocks go back
        ("2026-07-03", 1, "2026-07-06"),
        ("2026-07-04", 1, "2026-07-06"),  # from a Saturday, Monday is the first
        ("2026-07-06", -1, "2026-07-03"),
        ("2026-07-05", -1, "2026-07-03"),
        ("2026-04-20", -10, "2026-04-02"),
        ("2026-07-06", 0, "2026-07-06"),
        ("2026-07-04", 0, "2026-07-06"),
        ("2026-04-03", 0, "2026-04-07"),
    ],
)
def test_working_days_are_counted_past_weekends_and_bank_holidays(start, n, end):
    assert add_working_days(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-04-02", "2026-04-20", 10),
        ("2026-04-20", "2026-04-02", -10),
        ("2026-07-03", "2026-07-05", 0),
        ("2026-07-03", "2026-07-03", 0),
        ("2026-07-04", "2026-07-06", 1),
    ],
)
def test_distance_counts_the_last_day_and_not_the_first(start, end, count):
    assert working_days_between(day(start), day(end)) == count


def test_bank_holidays_are_england_s():
    assert bank_holidays(2026) == {
        day(f"2026-{rest}")
        for rest in ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28")
    }
    assert is_working_day(day("2026-01-02")), "a holiday in Scotland alone"
    assert is_working_day(day("2026-07-13")), "a holiday in Northern Ireland alone"


@given(WORKING_DAYS, st.integers(-260, 260))
def test_as_many_days_back_lead_to_the_same_working_day(start, n):
    assert add_working_days(add_working_days(start, n), -n) == start


@given(WORKING_DAYS, st.integers(-260, 260))
def test_distance_is_what_was_added(start, n):
    assert working_days_between(start, add_working_days(start, n)) == n


@given(DAYS, st.integers(-60, 60))
def test_deadline_is_a_working_day(start, n):
    assert is_working_day(add_working_days(start, n))


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_later_start_or_longer_term_never_ends_earlier(start, n, more):
    assert add_working_days(start, n) <= add_working_days(start, n + more)
    assert add_working_days(start, n) <= add_working_days(start + dt.timedelta(days=more), n)


@given(DAYS)
def test_end_of_a_day_is_its_last_moment(start):
    end = end_of_day(start)
    assert day_of(end) == start
    assert day_of(end + dt.timedelta(microseconds=1)) == start + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "time", "utc"),
    [
        ("2026-06-30", "17:00", "2026-06-30T16:00"),
        ("2026-12-01", "17:00", "2026-12-01T17:00"),
        ("2026-03-29", "00:59", "2026-03-29T00:59"),
        ("2026-03-29", "01:30", "2026-03-29T01:30"),  # does not exist: the clock shows 02:30
        ("2026-03-29", "02:30", "2026-03-29T01:30"),
        ("2026-10-25", "01:30", "2026-10-25T00:30"),  # comes twice: the first
        ("2026-10-25", "02:00", "2026-10-25T02:00"),
    ],
)
def test_london_clock_as_a_moment(on, time, utc):
    moment = at_london(day(on), dt.time.fromisoformat(time))
    assert moment == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_time_that_does_not_exist_is_shown_as_one_that_does():
    assert at_london(day("2026-03-29"), dt.time(1, 30)).astimezone(LONDON).time() == dt.time(2, 30)


def test_second_of_two_equal_times_can_be_asked_for():
    again = at_london(day("2026-10-25"), dt.time(1, 30, fold=1))
    assert again == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)


def test_half_past_eleven_in_utc_is_the_next_day_in_summer():
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert day_of(late) == day("2026-07-01")
    assert day_of(late.replace(month=12)) == day("2026-12-30")
    with time_machine.travel(late, tick=False):
        assert today() == day("2026-07-01")
