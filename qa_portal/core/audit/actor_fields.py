"""Pairs of columns that say when something happened and who did it: `closed_at` and `closed_by`.

Every pair of ours has its constraint; `tests/architecture/test_actor_fields.py` finds one without it.
"""

from django.db import models
from django.db.models import Q


def at_field(label: str = "", *, editable: bool = False) -> models.DateTimeField:
    """Return the column for the moment: empty until it happens."""
    return models.DateTimeField(label or None, null=True, blank=True, editable=editable)


def by_field(
    label: str = "", *, to: str = "providers.Membership", editable: bool = False
) -> models.ForeignKey:
    """Return the column for who did it: a membership, so that history can say for which organisation."""
    return models.ForeignKey(
        to,
        models.PROTECT,
        null=True,
        blank=True,
        editable=editable,
        related_name="+",
        verbose_name=label or None,
    )


def paired(what: str) -> Q:
    """Return the condition that `what_at` and `what_by` are both filled or both empty."""
    neither = Q(**{f"{what}_at": None, f"{what}_by": None})
    both = Q(**{f"{what}_at__isnull": False, f"{what}_by__isnull": False})
    return neither | both


def paired_constraint(table: str, what: str) -> models.CheckConstraint:
    """Return the constraint of one pair, called `<table>_<what>_when_and_by`."""
    return models.CheckConstraint(condition=paired(what), name=f"{table}_{what}_when_and_by")
