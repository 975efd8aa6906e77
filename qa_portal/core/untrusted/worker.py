"""One child process as its parent sees it: started, asked, and killed when its time is over."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Pipe

from qa_portal.core.untrusted.budgets import MEGABYTE, Ending, ReadingOutcome, Task
from qa_portal.core.untrusted.unpickling import unpickled

BEGUN = b"begun"
START_SECONDS = 30
MOST_TASKS = 100
MOST_RESIDENT = 400 * MEGABYTE
"""A child that has grown beyond this, or read so many files, gives its memory back by ending."""
KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class NotBegun(Exception):
    """The child was gone, or would not begin, before it saw the file: another one may be asked."""


def environment() -> dict[str, str]:
    """Return the child's environment: where to import from, and no key, password or setting."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "PYTHONPATH": os.pathsep.join(os.path.abspath(entry) for entry in sys.path),  # noqa: PTH100
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


class Worker:
    """A process of its own session, so that what is typed at the parent's terminal does not reach it."""

    def __init__(self) -> None:
        self.tasks = 0
        self.late = False
        self.resident = 0
        self.line, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  nothing of a visitor's is in the command
                [sys.executable, "-P", "-m", "qa_portal.core.untrusted.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        # Waits for the end whenever it comes, so that no dead child stays in the system's table.
        threading.Thread(target=self.process.wait, name="untrusted-end", daemon=True).start()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def is_fit(self) -> bool:
        """Alive, and neither grown nor grown old."""
        worn = self.late or self.tasks >= MOST_TASKS or self.resident > MOST_RESIDENT
        return not worn and self.process.poll() is None

    def begin(self, task: Task) -> None:
        """Make the child begin the task, with its limits in force. Raise NotBegun when it does not answer."""
        self.tasks += 1
        said = b""
        with suppress(EOFError, OSError), self.killed_after(START_SECONDS):
            self.line.send_bytes(pickle.dumps(task))
            said = self.line.recv_bytes(len(BEGUN) * 2)
        if said != BEGUN:
            raise NotBegun(said.decode(errors="replace"))

    def ask(self, task: Task, request: bytes) -> ReadingOutcome:
        try:
            with self.killed_after(task.budget.wall_seconds):
                self.line.send_bytes(request)
                answer = self.line.recv_bytes(task.budget.answer_bytes + 1024)
            outcome = unpickled(answer, task.module.partition(".")[0])
        except (EOFError, OSError):
            return ReadingOutcome(self.how_it_ended())
        except Exception as error:  # an answer that is no data: whoever sent it is not our reader any more
            return ReadingOutcome(Ending.FAILED, f"{type(error).__name__} in its answer")
        self.resident = outcome.resident_bytes
        return outcome

    @contextmanager
    def killed_after(self, seconds: float) -> Iterator[None]:
        """Kill the child when the seconds are over, whatever it does or does not do."""
        timer = threading.Timer(seconds, self.expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def expire(self) -> None:
        self.late = True
        self.process.kill()

    def how_it_ended(self) -> Ending:
        self.end()
        if self.late or self.process.returncode == -signal.SIGALRM:
            return Ending.LATE
        return Ending.SPENT if self.process.returncode == -signal.SIGXCPU else Ending.DIED

    def end(self) -> None:
        """Gone when this returns. One that ended by itself keeps its reason; one that lingers is killed."""
        self.line.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        self.kill()

    def kill(self) -> None:
        """Also while another thread waits for its answer, which then sees that it has died."""
        self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """Forget the child in a process that was forked from the parent: it is not ours."""
        self.line.close()
        self.process.returncode = 0
