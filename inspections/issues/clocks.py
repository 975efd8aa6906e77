"""Time limits from the code lists, as days: the last day on which something is still in time."""

import datetime as dt

from providers.directory.models import Clock
from qa_portal.core.dates import add_working_days

DAYS = {Clock.Unit.DAYS: 1, Clock.Unit.WEEKS: 7}


def last_day(code: str, start: dt.date) -> dt.date | None:
    """None where the list has no such limit in force, or one shorter than a day."""
    clock = Clock.objects.in_force(start).filter(code=code).first()
    if clock is None:
        return None
    if clock.unit == Clock.Unit.WORKING_DAYS:
        return add_working_days(start, clock.amount)
    if clock.unit in DAYS:
        return start + dt.timedelta(days=clock.amount * DAYS[clock.unit])
    return None
