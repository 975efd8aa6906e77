"""Moments and who stands behind them: both are there, or neither."""

from django.db import models
from django.db.models import Q


def when_and_by(table: str, what: str) -> models.CheckConstraint:
    """`what_at` and `what_by` of `table` belong together."""
    neither = Q(**{f"{what}_at": None, f"{what}_by": None})
    both = Q(**{f"{what}_at__isnull": False, f"{what}_by__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"{table}_{what}_when_and_by")


def moment(name: str) -> models.DateTimeField:
    return models.DateTimeField(name, null=True, blank=True, editable=False)


def person(name: str) -> models.ForeignKey:
    """The membership that somebody acted by, so that history can say for whom."""
    return models.ForeignKey(
        "providers.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=name,
    )
