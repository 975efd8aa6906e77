import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Installation(models.Model):
    """One row: which installation this database is, and how many passes of due work it has seen begin.

    The storage of documents carries the same identity and counter. A restored database has fewer passes than
    its storage, which is how the portal knows that it is old. Operational.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    began_at = models.DateTimeField(default=timezone.now)
    adopted_at = models.DateTimeField("storage took its mark", null=True, blank=True)
    passes = models.PositiveBigIntegerField("passes begun", default=0)
    stored = models.PositiveBigIntegerField("newest pass found in the storage", default=0)
    storage_older_at = models.DateTimeField("storage was found to be older", null=True, blank=True)
    restored_ended_at = models.DateTimeField("restored state ended", null=True, blank=True)
    restored_ended_by = models.CharField("who ended the restored state", max_length=200, blank=True)
    restored_ended_reason = models.CharField("why it was ended", max_length=500, blank=True)
    sweep = models.JSONField("what the last sweep of the storage found", default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_installation"),
            models.CheckConstraint(condition=Q(stored__lte=F("passes")), name="installation_counts_first"),
            models.CheckConstraint(
                name="installation_restored_ended_when_by_and_why",
                condition=Q(restored_ended_at=None, restored_ended_by="", restored_ended_reason="")
                | Q(restored_ended_at__isnull=False)
                & ~Q(restored_ended_by="")
                & ~Q(restored_ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Installation {short(self.identity)}"


def short(identity: uuid.UUID) -> str:
    """Return the part of an identity that people compare."""
    return identity.hex[:8]
