"""Reasons for which the portal writes nothing: it reads on, and says why, until an operator has mended them.

A reason is asked for again once a minute in each process, and afresh at every pass of due work.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError

SECONDS_BETWEEN_LOOKS = 60
log = logging.getLogger("qa.stops")


class WritesStopped(Exception):
    """The portal writes nothing now. The message is the sentence that pages and commands show."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Stop:
    """`ask` returns the sentence that says what is wrong and what the operator does, or None when all is well.

    It raises DatabaseError when the database does not answer: that is told elsewhere, and stops nothing here.
    """

    name: str
    ask: Callable[[], str | None]


@dataclass
class _Known:
    """What the last look of this process found, and when, on the clock that cannot be set."""

    sentences: tuple[str, ...] = ()
    looked_at: float = float("-inf")


_stops: dict[str, Stop] = {}
_known = _Known()
_looking = threading.Lock()


def register(stop: Stop) -> Stop:
    """Add a reason that may stop the writing; called as an app gets ready."""
    _stops[stop.name] = stop
    return stop


def look() -> tuple[str, ...]:
    """Asks every reason now and remembers the answer. Returns the sentences of those that stop the writing."""
    sentences = tuple(sentence for stop in _stops.values() if (sentence := stop.ask()))
    _known.sentences, _known.looked_at = sentences, time.monotonic()
    return sentences


def reasons() -> tuple[str, ...]:
    """Return what the last check found, at most a minute old."""
    if time.monotonic() - _known.looked_at < SECONDS_BETWEEN_LOOKS:
        return _known.sentences
    with _looking:  # one of the waiting requests looks, the others take its answer
        if time.monotonic() - _known.looked_at < SECONDS_BETWEEN_LOOKS:
            return _known.sentences
        return look()


_mending: ContextVar[bool] = ContextVar("mending", default=False)


@contextmanager
def mending() -> Iterator[None]:
    """Inside, nothing is stopped: for `migrate`, which makes whole what it writes into before it commits."""
    token = _mending.set(True)
    try:
        yield
    finally:
        _mending.reset(token)
        forget()


def check_may_write() -> None:
    """Raise WritesStopped with the first reason. Ask the database at most once a minute."""
    if _mending.get():
        return
    if found := reasons():
        raise WritesStopped(found[0])


def check_afresh() -> None:
    """Check as `check_may_write` does, asking every reason now: for a command, whose process has not looked before."""
    if found := look():
        raise WritesStopped(found[0])


def forget() -> None:
    """Lets the next question look again: after an operator's command has mended what was wrong."""
    _known.looked_at = float("-inf")


def look_at_start() -> None:
    """Says in the log what stops the writing, as a process starts: it starts all the same, for reading."""
    try:
        found = look()
    except DatabaseError:  # told by whatever needs it
        return
    for sentence in found:
        log.error("nothing is written: %s", sentence)
