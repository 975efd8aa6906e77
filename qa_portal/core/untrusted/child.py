"""The child process: takes a function's name and a file, reads it within the limits, and sends the answer.

Started as `python -m qa_portal.core.untrusted.child <descriptor>`. It loads no settings, has no database and
no secret, and its standard streams lead nowhere. It ends when its parent does, or when nobody has asked for long.
"""

import math
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path

from qa_portal.core.rules import Refused
from qa_portal.core.untrusted.budgets import Budget, Ending, ReadingOutcome, Task

BEGUN, UNLIMITED = b"begun", b"unlimited"
STATM = Path("/proc/self/statm")
PAGE = resource.getpagesize()
OPEN_FILES = 64
POLITENESS = 10
IDLE_SECONDS = 600
GRACE = 2
"""Seconds after which the child ends by itself if its parent is not there to end it."""


def main(descriptor: int) -> None:
    line = Connection(descriptor)
    limited = limit_for_good()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while line.poll(IDLE_SECONDS):
            task = pickle.loads(line.recv_bytes())  # noqa: S301  # nosec B301
            if not (limited and limit(task.budget)):
                line.send_bytes(UNLIMITED)
                return
            line.send_bytes(BEGUN)
            line.send_bytes(packed(read(task, line.recv_bytes()), task.budget))
            signal.alarm(0)


def limit_for_good() -> bool:
    """Forbid core dumps, written files and new programs, and run at a lower priority than the pages."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in (signal.SIGALRM, signal.SIGXCPU, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    with suppress(OSError):
        os.nice(POLITENESS)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
    }
    try:
        for what, most in limits.items():
            resource.setrlimit(what, (most, most))
    except (OSError, ValueError):
        return False
    return True


def limit(budget: Budget) -> bool:
    """Set this budget's limits and return whether they hold: a child without limits must read nothing.

    The processor's limit counts whole seconds from the start of the process, so it is rounded up. Where the
    system does not tell its size (macOS), memory has no limit: nothing is deployed there.
    """
    until = math.ceil(time.process_time() + budget.cpu_seconds)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        if STATM.exists():
            most = sizes()[0] + budget.memory_bytes
            resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        return False
    signal.alarm(math.ceil(budget.wall_seconds) + GRACE)
    return True


def sizes() -> tuple[int, int]:
    """Return address space and resident memory in bytes, or zeros where the system does not tell."""
    if not STATM.exists():
        return 0, 0
    size, resident = STATM.read_text().split()[:2]
    return int(size) * PAGE, int(resident) * PAGE


def read(task: Task, request: bytes) -> ReadingOutcome:
    """Read the file and return how it ended. An error keeps its kind and place only: its words may quote the file."""
    started = time.process_time()

    def outcome(ending: Ending, value: object = None) -> ReadingOutcome:
        return ReadingOutcome(ending, value, time.process_time() - started, sizes()[1])

    try:
        function = attrgetter(task.name)(import_module(task.module))
        args, keywords = pickle.loads(request)  # noqa: S301  # nosec B301
        return outcome(Ending.ANSWERED, function(*args, **keywords))
    except MemoryError:
        return outcome(Ending.STARVED)
    except Refused as refused:
        return outcome(*((Ending.STARVED,) if was_starved(refused) else (Ending.REFUSED, refused.sentence)))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
        return outcome(Ending.STARVED if was_starved(error) else Ending.FAILED, place)


def was_starved(error: BaseException | None) -> bool:
    """Return whether memory ran out, which readers take for a damaged file."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def packed(outcome: ReadingOutcome, budget: Budget) -> bytes:
    try:
        answer = pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(ReadingOutcome(Ending.STARVED, None, outcome.cpu_seconds, outcome.resident_bytes))
    if len(answer) <= budget.answer_bytes:
        return answer
    return pickle.dumps(ReadingOutcome(Ending.TOO_LONG, None, outcome.cpu_seconds, outcome.resident_bytes))


if __name__ == "__main__":
    main(int(sys.argv[1]))
