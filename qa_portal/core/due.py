"""Work that falls due: upper layers register what is due and how one item of it is done.

There is no table of jobs. What is due is a question to the facts, so work that was killed is due again;
and an act looks at its item once more under a lock, so the same item delivered twice has one effect.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from celery import Celery
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from qa_portal.core import stops

TASK = "qa_portal.run_due"
LAST_DONE = "due.last_pass"
log = logging.getLogger("qa.due")


@dataclass(frozen=True)
class DueWork:
    """`query` gives what is due now; `act` does one item of it, and nothing for an item done already."""

    name: str
    query: Callable[[], Iterable]
    act: Callable[..., None]


@dataclass(frozen=True)
class Pass:
    """How many items of one kind were done, and how many failed and are due again."""

    name: str
    done: int
    failed: int


_kinds: dict[str, DueWork] = {}


def register(kind: DueWork) -> DueWork:
    _kinds[kind.name] = kind
    return kind


_before: list[Callable[[bool], None]] = []


def before_each(call: Callable[[bool], None]) -> Callable[[bool], None]:
    """Has `call` called as a pass begins, with whether it is a whole one; it may raise WritesStopped."""
    _before.append(call)
    return call


def run_due(*names: str, leave_out: Iterable[str] = ()) -> list[Pass]:
    """Make one pass over the kinds named, or over all but those left out, and remember the end of a whole pass.

    Raise WritesStopped, and do nothing, while the portal has a reason to write nothing.
    """
    stops.check_afresh()
    whole = not names and not leave_out
    for call in _before:
        call(whole)
    passes = [_run(_kinds[name]) for name in names or _kinds if name not in leave_out]
    if whole:
        cache.set(LAST_DONE, timezone.now(), timeout=None)
    return passes


def catch_up(*, leave_out: Iterable[str]) -> list[Pass]:
    """Do what is due except those left out, uncounted, whatever stops the passes.

    For the command that ends such a reason: it settles what would be told once the passes go on. And for the
    nights of a demo that is being built, whose transaction ends with a whole pass.
    """
    with left_to_the_passes():
        return [_run(kind) for name, kind in _kinds.items() if name not in leave_out]


def last_pass() -> dt.datetime | None:
    """Return when all that was due was last gone through; None when never, or when the cache was emptied since."""
    return cache.get(LAST_DONE)


def _run(kind: DueWork) -> Pass:
    """Do one kind of due work. An item that fails is logged for the operator and does not hold up the next."""
    done = failed = 0
    try:
        items = list(kind.query())
    except Exception:  # one kind's mistake must not stop every kind that comes after it
        log.exception("%s could not ask what is due", kind.name)
        return Pass(kind.name, 0, 1)
    for item in items:
        try:
            kind.act(item)
        except Exception:  # whatever it is, it must cost this item alone: the next person's mail still leaves
            log.exception("%s failed for %s", kind.name, item.pk)
            failed += 1
        else:
            done += 1
    return Pass(kind.name, done, failed)


_left = ContextVar("left_to_the_passes", default=False)


@contextmanager
def left_to_the_passes() -> Iterator[None]:
    """Inside, nothing starts beside the passes: for whoever runs them, in an order of their own."""
    token = _left.set(True)
    try:
        yield
    finally:
        _left.reset(token)


def run_soon(name: str) -> None:
    """Run one kind of due work after the commit, without waiting for the next pass: somebody is looking at the page."""
    if _left.get():
        return
    transaction.on_commit(lambda: _start(name), robust=True)


def _start(name: str) -> None:
    if settings.CELERY_BROKER_URL:
        _send(name)
    else:
        threading.Thread(target=run_alone, args=[name], name=f"due-{name}", daemon=True).start()


def _send(name: str) -> None:
    """Send the task; a broker that is down costs the time to the next pass, not the request."""
    try:
        with Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False) as client:
            client.send_task(TASK, args=[name], retry=False)
    except OperationalError:
        log.warning("the broker did not take %s: the next pass will", name)


def run_alone(name: str) -> None:
    """Run in a thread of its own, whose connection nobody else would close."""
    try:
        run_due(name)
    except stops.WritesStopped as stopped:
        log.warning("%s was left: %s", name, stopped.sentence)
    finally:
        connections.close_all()
