"""Stand-ins: people who do one step in another's place, by a recorded decision of the council it is for.

The flow decides who may and opens `standing_in` around the step; the rules of the facts behind it ask
`may_act_for` and `is_conflicted`. Outside that step nobody stands in anywhere.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from qa_portal.core.access.scope import scope_of


@dataclass(frozen=True)
class StandingIn:
    """`organisation_id` is the one stood in at; `overrides` lets the person judge what they had a part in."""

    person_id: int | None
    organisation_id: int
    overrides: bool


_now: ContextVar[StandingIn | None] = ContextVar("standing_in", default=None)


@contextmanager
def standing_in(user, *, organisation_id: int, overrides: bool) -> Iterator[None]:
    token = _now.set(StandingIn(scope_of(user).person_id, organisation_id, overrides))
    try:
        yield
    finally:
        _now.reset(token)


def may_act_for(user, organisation_id: int) -> bool:
    """Return whether the user acts for the organisation, or stands in there for the step being done."""
    scope, now = scope_of(user), _now.get()
    if scope.organisation_id == organisation_id:
        return True
    return now is not None and (now.person_id, now.organisation_id) == (scope.person_id, organisation_id)


def is_conflicted(user, persons: Collection[int]) -> bool:
    """Return whether `user` is one of `persons` and no decision allows them this step (separation of duties)."""
    person, now = scope_of(user).person_id, _now.get()
    return person in persons and not (now is not None and now.person_id == person and now.overrides)
