"""What the guard is made of: parts that stand in the database, each with what it must look like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PREFIX = "audit_"


@dataclass(frozen=True)
class GuardPart:
    """A trigger, a function or a table of the guard. `looks` is all of it that the database can tell us."""

    kind: str
    name: str
    table: str
    looks: object

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.name, self.table

    @property
    def words(self) -> str:
        return f"{self.kind} {self.name}" + (
            f" on {self.table}" if self.table and self.table != self.name else ""
        )


Parts = Mapping[tuple[str, str, str], GuardPart]


def by_key(parts) -> Parts:
    return {part.key: part for part in parts}


def differences(wanted: Parts, installed: Parts) -> Iterator[str]:
    """Yield a sentence for each part that is missing, other than it should be, or not of the guard."""
    for key, part in wanted.items():
        if key not in installed:
            yield f"The {part.words} is missing."
        elif installed[key].looks != part.looks:
            yield f"The {part.words} is not what it should be."
    for key, part in installed.items():
        if key not in wanted:
            yield f"The {part.words} is not of the guard: drop it."
