"""Who may know where a home is and whom to ring there: its provider, and councils with a reason.

Hosting and owning are reasons that the directory knows; upper slices register theirs (placing, contracting).
A reason that stands on the council's own word alone lets it know a home, and gives it no hand in who acts there.
"""

from collections.abc import Callable

from django.db.models import Q

from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope

Reason = Callable[[Scope], Q]
_reasons: list[Reason] = []
_own_words: list[Reason] = []
_unlisted: list[Callable[[], Q]] = []


def register(reason: Reason) -> Reason:
    """`reason(scope)` is a condition on Setting; one that matches nothing where it does not apply."""
    _reasons.append(reason)
    return reason


def register_own_word(reason: Reason) -> Reason:
    """As `register`, for what nobody but the reader's own organisation has said."""
    _own_words.append(reason)
    return reason


def known_to(scope: Scope, *, by_own_word: bool = True) -> Q:
    known = Q(pk__in=[])
    if not scope.may(Permission.VIEW_COLLEAGUES):
        return known  # those who read only what may be published
    for reason in [*_reasons, *(_own_words if by_own_word else ())]:
        known |= reason(scope)
    return known


def register_unlisted(condition: Callable[[], Q]) -> Callable[[], Q]:
    """`condition()` matches settings that nobody is shown any more: what told of them was taken back."""
    _unlisted.append(condition)
    return condition


def unlisted() -> Q:
    found = Q(pk__in=[])
    for condition in _unlisted:
        found |= condition()
    return found
