"""Saying to the reader, and to the type checker, that what may be absent in the column is there at this point."""

from typing import TypeVar

T = TypeVar("T")


def present(value: T | None) -> T:
    """Return the value. Raise ValueError where it is absent, which the rule before this line has excluded."""
    if value is None:
        raise ValueError("something that an earlier check made sure of is missing")
    return value
