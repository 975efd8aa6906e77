"""Rules for who else may read a document, and which must stay; upper slices register theirs.

    @access_rules.register_reader
    def evidence_of_visits(user) -> Q:
        return Q(pk__in=VisitEvidence.objects.visible_to(user).values("document"))

Nobody reads a document that no rule names. A rule never opens one that identifies a child.
"""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

Rule = Callable[..., Q]
NOTHING = Q(pk__in=[])
_rules: list[Rule] = []
_holds: list[Callable[[], Q]] = []


def register_reader(rule: Rule) -> Rule:
    """Add a rule: `rule(user)` is a condition on Document that matches nothing where it does not apply."""
    _rules.append(rule)
    return rule


def register_retention_hold(rule: Callable[[], Q]) -> Callable[[], Q]:
    """Add a retention hold: `rule()` matches documents whose contents stay because a decision rests on them."""
    _holds.append(rule)
    return rule


def readable_by(user: AbstractBaseUser | AnonymousUser) -> Q:
    readable = NOTHING
    for rule in _rules:
        readable |= rule(user)
    return readable


def retention_holds() -> Q:
    kept = NOTHING
    for rule in _holds:
        kept |= rule()
    return kept
