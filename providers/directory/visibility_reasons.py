"""Why somebody may know what is restricted about a setting: where it is, whom to ring there, and what it is called.

There are three strengths of reason, and each takes in the one before (ADR 19):

- *looks after*: its own provider, and the council that hosts it. They change what is shared: name, address, people.
- *knows*: also a council that uses it, once a second person there has confirmed the use. It reads.
- *knows by name*: also whoever has a case about it. It reads what the setting is called, and no more.

The directory knows who owns and hosts; upper slices register the reasons that they can tell.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope, scope_of

Reason = Callable[[Scope], Q]
NOTHING = Q(pk__in=[])
_looks_after: list[Reason] = []
_uses: list[Reason] = []
_has_a_case: list[Callable[[Any], Q]] = []
_unlisted: list[Callable[[], Q]] = []


def register(reason: Reason) -> Reason:
    """Add a reason to look after settings; `reason(scope)` is a condition on Setting."""
    _looks_after.append(reason)
    return reason


def register_use(reason: Reason) -> Reason:
    """Add a confirmed reason to read; one person's word alone is none."""
    _uses.append(reason)
    return reason


def register_case(reason: Callable[[Any], Q]) -> Callable[[Any], Q]:
    """Add a reason to know the name: `reason(user)` is met by settings about which the user may read a case."""
    _has_a_case.append(reason)
    return reason


def looked_after_by(scope: Scope) -> Q:
    return _any(_looks_after, scope)


def known_to(scope: Scope) -> Q:
    return _any([*_looks_after, *_uses], scope)


def known_by_name_to(user) -> Q:
    scope = scope_of(user)
    known = known_to(scope)
    if scope.may(Permission.VIEW_COLLEAGUES):
        for reason in _has_a_case:
            known |= reason(user)
    return known


def _any(reasons: list[Reason], scope: Scope) -> Q:
    known = NOTHING
    if not scope.may(Permission.VIEW_COLLEAGUES):
        return known  # those who read only what may be published
    for reason in reasons:
        known |= reason(scope)
    return known


def register_unlisted(condition: Callable[[], Q]) -> Callable[[], Q]:
    """`condition()` matches settings that nobody is shown any more: what told of them was taken back."""
    _unlisted.append(condition)
    return condition


def unlisted() -> Q:
    found = NOTHING
    for condition in _unlisted:
        found |= condition()
    return found
