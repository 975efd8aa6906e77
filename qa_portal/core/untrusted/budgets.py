"""How much one file may cost, and the words in which parent and child speak of it."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Budget:
    """`memory_bytes` is counted beyond what the child holds when it begins; `answer_bytes` as it is sent back."""

    cpu_seconds: int
    wall_seconds: float
    memory_bytes: int
    answer_bytes: int = 64 * 1024


@dataclass(frozen=True)
class Task:
    """Which function the child calls. It is imported there by its name, so it must stand at the top of a module."""

    module: str
    name: str
    budget: Budget


class Ending(StrEnum):
    """How a reading ended. The child sends the first four; of the others it can tell nothing any more."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    STARVED = "over its memory"
    LATE = "over its time"
    SPENT = "over its processor time"
    TOO_LONG = "over the size of an answer"
    DIED = "ended by a signal"
    NOT_STARTED = "could not be started"


@dataclass(frozen=True)
class ReadingOutcome:
    """`value` is the answer, the sentence of a refusal, or the place where the reader failed."""

    ending: Ending
    value: object = None
    cpu_seconds: float = 0.0
    resident_bytes: int = 0
