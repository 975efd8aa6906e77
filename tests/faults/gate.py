"""A place where processes or threads wait until a test lets them on."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60  # seconds; two cores may be busy


class Gate:
    """Made of files, which is all that a test and the processes it starts have in common."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wait(self) -> None:
        (self.folder / f"{os.getpid()}.here").touch()
        patiently(self.is_open)

    def is_open(self) -> bool:
        return (self.folder / "open").exists()

    def open(self) -> None:
        (self.folder / "open").touch()

    def reached_by(self, many: int) -> list[int]:
        """The ids of the first `many` processes that wait here."""
        patiently(lambda: len(self.waiting()) >= many)
        return self.waiting()

    def waiting(self) -> list[int]:
        return [int(path.stem) for path in self.folder.glob("*.here")]


def patiently(true: Callable[[], bool]) -> None:
    """Returns as soon as `true()`; raises TimeoutError after a minute."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"still not {true.__qualname__} after {PATIENCE} seconds")
        time.sleep(0.02)
