"""What a test has the child do. The child imports this module, so it needs no settings."""

import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from qa_portal.core.rules import Refused


@dataclass(frozen=True)
class Told:
    word: str


def own_limits() -> dict[str, tuple[int, int]]:
    names = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC")
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}


def opened(descriptor: int) -> str:
    try:
        return str(Path(f"/proc/self/fd/{descriptor}").readlink())
    except FileNotFoundError:
        return ""


def surroundings() -> dict:
    return {
        "pid": os.getpid(),
        "niceness": os.nice(0),
        "environment": dict(os.environ) | {"at the start": Path("/proc/self/environ").read_text()},
        "modules": sorted(sys.modules),
        "open": [where for n in range(3, 64) if (where := opened(n))],
    }


def say(word: str) -> Told:
    return Told(word)


def process_id() -> int:
    return os.getpid()


def refuse(sentence: str) -> None:
    raise Refused(sentence)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def hold(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def take_starvation_for_damage() -> None:
    try:
        bytearray(1 << 40)
    except Exception as error:
        raise Refused("This file is damaged.") from error


def write(path: str) -> None:
    Path(path).write_text("x")


def quote(secret: str) -> None:
    print(secret, file=sys.stderr)
    raise ValueError(secret)


def end(code: int) -> None:
    os._exit(code)


def answer_at_length(size: int) -> bytes:
    return bytes(size)


class Trap:
    """What a child that is no longer ours might send: unpickled as usual, it calls what it likes."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return (os.mkdir, (self.path,))


def set_a_trap(path: str) -> Trap:
    return Trap(path)


def a_stranger_s_class(path: str) -> Path:
    return Path(path)
