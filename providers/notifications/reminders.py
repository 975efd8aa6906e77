"""Which reminder is due: derived from the day itself, so that no run that comes late misses one."""

import datetime as dt
from collections.abc import Sequence

THRESHOLDS = (60, 30, 7)
"""Days before a document or a contract runs out (facts 2.3 [32]; a council may use others)."""


def due_threshold(ends_on: dt.date, on: dt.date, thresholds: Sequence[int] = THRESHOLDS) -> int | None:
    """Return the most urgent threshold that has been reached, in days; earlier ones are not sent any more.

    Return None before the first and after the day itself: an expired document is another message.
    """
    left = (ends_on - on).days
    if left < 0:
        return None
    return min((days for days in thresholds if left <= days), default=None)


def reminder_key(subject: str, ends_on: dt.date, threshold: int) -> str:
    """One message for each threshold of each term; a renewed document has a new term."""
    return f"remind:{subject}:{ends_on.isoformat()}:{threshold}"
