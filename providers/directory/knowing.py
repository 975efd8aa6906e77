"""Who may know where a home is and whom to ring there: its provider, and councils with a reason.

Hosting and owning are reasons that the directory knows; upper slices register theirs (placing, contracting).
"""

from collections.abc import Callable

from django.db.models import Q

from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope

Reason = Callable[[Scope], Q]
_reasons: list[Reason] = []


def register(reason: Reason) -> Reason:
    """`reason(scope)` is a condition on Setting; one that matches nothing where it does not apply."""
    _reasons.append(reason)
    return reason


def known_to(scope: Scope) -> Q:
    known = Q(pk__in=[])
    if not scope.may(Permission.VIEW_COLLEAGUES):
        return known  # those who read only what may be published
    for reason in _reasons:
        known |= reason(scope)
    return known
