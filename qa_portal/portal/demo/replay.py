"""Play stories day by day, in date order, with the work that falls due on the way.

A story is a generator: what stands between two `yield`s happens on one day, and `yield 7` means "a week later".
What would come after today has not happened yet, so the story stays open there.
"""

import datetime as dt
import functools
import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import time_machine

from inspections.ofsted.importer import import_steps
from providers.documents import scanning, sweeping
from qa_portal.core.dates import ONE_DAY, at_london, is_working_day, today
from qa_portal.core.due import catch_up, left_to_the_passes, run_due
from qa_portal.core.present import present

Story = Iterator[int]
OF_THE_MACHINE = {sweeping.NAME, scanning.NAME, import_steps.PREVIEW, import_steps.APPLY}
"""Follows the stamps of files, or pages that nobody opens in a replay."""
NIGHTLY = dt.time(7, 5)
"""When the work that is due is done: after the hour of the digest."""
OPENS, LAST, BETWEEN = dt.time(9, 10), dt.time(16, 50), dt.timedelta(minutes=12)


def replay(calendar: Iterable[tuple[int, Story]], tell: Callable[[str], object] = print) -> None:
    """`calendar` gives the days from today, none of them later, on which stories begin."""
    now, month = today(), None
    waiting = [
        (working_day(now + ONE_DAY * days, now), order, story) for order, (days, story) in enumerate(calendar)
    ]
    heapq.heapify(waiting)
    with left_to_the_passes(), closing(DemoDay(now)) as clock:
        while waiting:
            day, order, story = heapq.heappop(waiting)
            if month != (month := f"{day:%B %Y}"):
                tell(month)
            clock.go_on(day)
            pause = next(story, None)
            if pause is not None and (later := day + ONE_DAY * pause) <= now:
                heapq.heappush(waiting, (working_day(later, now), order, story))
        clock.end()


def once(act: Callable[..., object]) -> Callable[..., Story]:
    """Make `act` a story of one day."""

    @functools.wraps(act)
    def story(*args, **values) -> Story:
        act(*args, **values)
        yield from ()

    return story


def working_day(day: dt.date, last: dt.date) -> dt.date:
    """Return `day` or the next working day, but none after `last`: nobody writes reports on Sundays."""
    while not is_working_day(day) and day != last:
        day += ONE_DAY
    return day


class DemoDay:
    """The clock of the replay. Today it is the real time, so that nothing is dated later."""

    def __init__(self, now: dt.date) -> None:
        self.now = now
        self.day: dt.date | None = None
        self.at: dt.time | None = None
        self.travelling: time_machine.travel | None = None
        self.clock: Any = None

    def go_on(self, day: dt.date) -> None:
        """Move to the next event of `day`, with the due work of the nights before it."""
        if self.day is None:
            self.day = day - ONE_DAY
        while self.day < day:
            self.day += ONE_DAY
            self.move_to(NIGHTLY)
            # What would stop the passes is asked once, by the whole pass that ends the replay.
            catch_up(leave_out=OF_THE_MACHINE)
            self.at = None
        self.move_to(self.next_time())

    def next_time(self) -> dt.time:
        if self.at is None:
            self.at = OPENS
        else:
            later = dt.datetime.combine(self.now, self.at) + BETWEEN
            self.at = min(later.time(), LAST)
        return self.at

    def move_to(self, time: dt.time) -> None:
        if self.day == self.now:
            self.close()
        elif self.clock is None:
            self.travelling = time_machine.travel(at_london(present(self.day), time), tick=True)
            self.clock = self.travelling.start()
        else:
            self.clock.move_to(at_london(present(self.day), time))

    def end(self) -> None:
        """Move to this moment."""
        self.go_on(self.now)
        run_due()

    def close(self) -> None:
        if self.travelling:
            self.travelling.stop()
            self.travelling = None
