"""One place for the calendar: days are London days, working days are England's."""

import datetime as dt
import functools

from django.utils import timezone

ONE_DAY = dt.timedelta(days=1)


def today() -> dt.date:
    """The day it is in London, whatever the server's clock is set to."""
    return timezone.localdate()


@functools.cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    """England's, with the days given in lieu."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The working day `count` working days after `day` (before it, when negative).

    The day itself does not count. With 0, `day` if it is a working day, else the next one.
    """
    if count == 0:
        return day if is_working_day(day) else add_working_days(day, 1)
    step, left = (ONE_DAY, count) if count > 0 else (-ONE_DAY, -count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def at_london(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment clocks in London show `time` on `day`: the first of two in autumn, in spring an hour later

    where the hour is left out.
    """
    moment = timezone.make_aware(dt.datetime.combine(day, time), timezone.get_default_timezone())
    return moment.astimezone(dt.UTC).astimezone(timezone.get_default_timezone())


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of `day` in London: what a deadline on that day means."""
    return at_london(day, dt.time.max)
