"""One place for the calendar: days are London days, and a deadline is a day, never a number of hours.

Working days are Mondays to Fridays that are no bank holiday in England.
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


def today() -> dt.date:
    """Return the date in London, whatever time zone the server has."""
    return timezone.localdate()


def day_of(moment: dt.datetime) -> dt.date:
    """Return the London date of an aware moment: 23:30 UTC on 30 June is 1 July."""
    return timezone.localdate(moment, LONDON)


def at_london(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment of a London date and time, in UTC like those from the database.

    An hour that comes twice in October means the first; one that is skipped in March is an hour later.
    """
    return dt.datetime.combine(day, time, tzinfo=LONDON).astimezone(dt.UTC)


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last moment of the day in London, until which something due that day is in time."""
    return at_london(day, dt.time.max)


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day: dt.date, n: int) -> dt.date:
    """Return the nth working day after `day`, or before it when n is negative.

    The day itself does not count. With n = 0 it is that day, or the next working day when it is not one.
    """
    if n == 0:
        return day if is_working_day(day) else add_working_days(day, 1)
    step, left = (ONE_DAY if n > 0 else -ONE_DAY), abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Count the working days after `start` until `end`: the inverse of `add_working_days`.

    `end` counts and `start` does not; negative when `end` comes first.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))
