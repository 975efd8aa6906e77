import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_portal.core.untrusted import MEGABYTE, Budget
from qa_portal.core.untrusted.pool import ReaderPool

SMALL = Budget(cpu_seconds=1, wall_seconds=20, memory_bytes=256 * MEGABYTE)


def children_seconds() -> float:
    """Processor time of the children that are gone."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def children_of(pid: str = "self") -> dict[int, str]:
    """The processes that a process has started, with the letter of their state: Z is one that nobody waited for."""
    mine = str(Path("/proc", pid).resolve().name)
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid_of, rest = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if rest[1] == mine:
            found[pid_of] = rest[0]
    return found


@pytest.fixture
def door() -> Iterator[ReaderPool]:
    own = ReaderPool(places=2, waiting=1, patience=0.2)
    yield own
    own.close()
