"""A pool of child processes: a few at once, a short wait for one, and one sentence when it is too much."""

import atexit
import logging
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from qa_portal.core.rules import Refused
from qa_portal.core.untrusted.budgets import Budget, Ending, ReadingOutcome, Task
from qa_portal.core.untrusted.worker import NotBegun, Worker

Answer = TypeVar("Answer")
log = logging.getLogger("qa.untrusted")
BUSY = "The portal is reading other files: try again in a minute."
NO_CHILD = (
    "Files cannot be read at the moment, so nothing was saved. Try again later, or tell your administrator."
)


class ReaderPool:
    """`places` children at once. Of those who come when all are taken, `waiting` wait `patience` seconds.

    The rest are refused at once: a thread that waits here answers no page. Without `patience` everybody waits.
    """

    def __init__(self, *, places: int, waiting: int = 0, patience: float | None = None) -> None:
        self.number, self.waiting, self.patience = places, waiting, patience
        self.open()

    def open(self) -> None:
        self.places = threading.BoundedSemaphore(self.number)
        self.room = threading.BoundedSemaphore(self.number + self.waiting)
        self.idle: deque[Worker] = deque()
        self.workers: set[Worker] = set()

    @contextmanager
    def place(self) -> Iterator[None]:
        impatient = self.patience is not None
        if impatient and not self.room.acquire(blocking=False):
            raise Refused(BUSY)
        try:
            if not self.places.acquire(timeout=self.patience):
                raise Refused(BUSY)
            try:
                yield
            finally:
                self.places.release()
        finally:
            if impatient:
                self.room.release()

    def run(self, task: Task, args: tuple, keywords: dict) -> ReadingOutcome:
        """Run a task in a child. The file is packed once a place is free, so that a refusal costs nothing."""
        with self.place():
            request = pickle.dumps((args, keywords), protocol=pickle.HIGHEST_PROTOCOL)
            try:
                worker = self.begin_worker(task)
            except (NotBegun, OSError) as error:
                return ReadingOutcome(Ending.NOT_STARTED, str(error))
            try:
                outcome = worker.ask(task, request)
            except BaseException:
                self.release(worker)
                raise
            if worker.is_fit and outcome.ending in (Ending.ANSWERED, Ending.REFUSED):
                self.idle.append(worker)
            else:
                self.release(worker)
            return outcome

    def begin_worker(self, task: Task) -> Worker:
        """Return a child that has begun the task: a waiting one, else a new one."""
        while True:
            try:
                worker, is_new = self.idle.pop(), False
            except IndexError:
                worker, is_new = Worker(), True
                self.workers.add(worker)
            try:
                if is_new or worker.is_fit:
                    worker.begin(task)
                    return worker
            except NotBegun:
                if is_new:
                    self.release(worker)
                    raise
            self.release(worker)

    def release(self, worker: Worker) -> None:
        worker.end()
        self.workers.discard(worker)

    def close(self) -> None:
        for worker in list(self.workers):
            worker.kill()
        self.workers.clear()
        self.idle.clear()

    def forget(self) -> None:
        """Forget the children and locks of the parent process, after a fork."""
        for worker in self.workers:
            worker.forget()
        self.open()


PAGES = ReaderPool(places=2, waiting=2, patience=3)
"""For a request: at most four threads of a process are held by files, and the others answer pages."""
BACKGROUND = ReaderPool(places=1)
"""For due work and commands, which can wait, and must never be refused because others read."""


def read_in_child(
    function: Callable[..., Answer],
    *args: object,
    budget: Budget,
    refusal: str,
    door: ReaderPool = PAGES,
    **keywords: object,
) -> Answer:
    """Return what `function(*args, **keywords)` returns, called in a child process within the budget.

    `function` stands at the top of a module that needs no settings; arguments are bytes, paths and plain
    values, and the answer plain values and dataclasses of its own package. Raises Refused as the function
    does, and with `refusal` when it costs too much or fails. Never to be called inside a transaction, whose
    locks others would wait for.
    """
    task = Task(function.__module__, function.__qualname__, budget)
    outcome = door.run(task, args, keywords)
    match outcome.ending:
        case Ending.ANSWERED:
            return cast(Answer, outcome.value)
        case Ending.REFUSED:
            raise Refused(str(outcome.value))
        case Ending.NOT_STARTED:
            log.error("no child process to read a file in: %s", outcome.value)
            raise Refused(NO_CHILD)
        case Ending.FAILED:
            log.error("%s failed: %s", task.name, outcome.value)
        case ending:
            log.warning("%s stopped: %s", task.name, ending)
    raise Refused(refusal)


def _forget_all() -> None:
    PAGES.forget()
    BACKGROUND.forget()


@atexit.register
def _close_all() -> None:
    PAGES.close()
    BACKGROUND.close()


os.register_at_fork(after_in_child=_forget_all)
