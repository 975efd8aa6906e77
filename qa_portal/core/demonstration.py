"""What tells a database of invented people from one of real ones: a row, written before anything else of the demo."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Demonstration(models.Model):
    """One row, or none: where it stands, everybody and everything in this database is invented.

    Operational: it also holds how far the demo's clock is wound ahead of the real one, and what happened on the way.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    began_at = models.DateTimeField(default=timezone.now)
    wound = models.DurationField("ahead of the real time by", default=dt.timedelta)
    happened = models.JSONField("what happened when it was last wound", default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_demonstration"),
            models.CheckConstraint(condition=Q(wound__gte=dt.timedelta()), name="demonstration_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"Demonstration since {self.began_at:%-d %B %Y}"


def is_demonstration() -> bool:
    """Whether this database holds a demo, in whatever mode the portal runs."""
    return Demonstration.objects.exists()
