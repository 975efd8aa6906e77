"""What a person has in hand: upper layers register a kind of work, and the leaver's page hands all of it over."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class HandoverType:
    """`held_by(membership)` is a queryset; `hand_over(row, to_membership, reason)` changes one row's holder."""

    one: str
    many: str
    held_by: Callable[..., QuerySet]
    hand_over: Callable[..., None]

    def in_words(self, count: int) -> str:
        return f"{count} {self.one if count == 1 else self.many}"


_kinds: list[HandoverType] = []


def register(kind: HandoverType) -> HandoverType:
    _kinds.append(kind)
    return kind


def handover_types() -> tuple[HandoverType, ...]:
    return tuple(_kinds)


def assigned_to(membership) -> list[tuple[HandoverType, int]]:
    """Kinds of work the membership holds, with counts above zero."""
    counted = [(kind, kind.held_by(membership).count()) for kind in _kinds]
    return [(kind, count) for kind, count in counted if count]
