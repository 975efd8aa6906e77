"""The demo's time: the real one wound ahead by whole days, for this process and all its threads.

It moves what Python calls now: days, moments, tokens, logs. It does not move the stamps that the system gives
to files, PostgreSQL's own now(), timeouts (they are kept by a clock that nobody winds), or another process that
does not call `keep_time`: a command started by hand lives in the real day.
"""

import datetime as dt
import threading
from collections import Counter
from typing import Any

import time_machine
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from providers.notifications.models import Notification
from qa_portal.core.dates import ONE_DAY, today
from qa_portal.core.demonstration import Demonstration
from qa_portal.core.due import left_to_the_passes, run_due

NOT_WOUND = dt.timedelta()
MOST_DAYS = 366


class WoundClock:
    """The offset of this process from the real time."""

    def __init__(self) -> None:
        self.ahead = NOT_WOUND
        self.travel: time_machine.travel | None = None
        self.traveller: Any = None
        self.lock = threading.Lock()

    def set(self, ahead: dt.timedelta) -> None:
        with self.lock:
            if ahead == self.ahead:
                return
            if self.traveller is None:
                self.travel = time_machine.travel(timezone.now() + ahead, tick=True)
                self.traveller = self.travel.start()
            else:
                # One step, so that no other thread sees the real time in between.
                self.traveller.shift(ahead - self.ahead)
            self.ahead = ahead

    def let_go(self) -> None:
        """Go back to the real time."""
        with self.lock:
            if self.travel:
                self.travel.stop()
            self.ahead, self.travel, self.traveller = NOT_WOUND, None, None


clock = WoundClock()


def wound() -> dt.timedelta:
    return Demonstration.objects.values_list("wound", flat=True).first() or NOT_WOUND


def keep_time() -> None:
    """Bring this process to the demo's time."""
    clock.set(wound())


def wind(days: int) -> None:
    """Move the demo's clock day by day, do what falls due on each, and keep a summary for the page."""
    begins, first = timezone.now(), today()
    done: Counter[str] = Counter()
    for _ in range(min(days, MOST_DAYS)):
        go_on_a_day()
        keep_time()
        with left_to_the_passes():
            done.update({one.name: one.done for one in run_due() if one.done})
    told = Counter(Notification.objects.filter(created_at__gt=begins).values_list("kind", flat=True))
    happened = {"from": first.isoformat(), "to": today().isoformat(), "done": done, "told": told}
    Demonstration.objects.update(happened=happened)  # audit-ok: operational table


@transaction.atomic
def go_on_a_day() -> None:
    """Move the demo and its sessions by a day, so that nobody is signed out."""
    Demonstration.objects.update(wound=F("wound") + ONE_DAY)  # audit-ok: operational table
    Session.objects.update(expire_date=F("expire_date") + ONE_DAY)  # audit-ok: not ours
