from django.db import models
from django.utils import timezone

from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet


class AccessEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Those who may read the log read what their own organisation looked at."""
        from qa_portal.core.access.permissions import Permission

        scope = scope_of(user)
        if not scope.may(Permission.READ_ACCESS_LOG):
            return self.none()
        return self.filter(organisation_id=scope.organisation_id)


class AccessEvent(AppendOnlyModel):
    """Somebody looked at a restricted item, a document or a pack. Ids only; names are looked up when read."""

    goes_on_while_stopped = (
        True  # pages are read on, and each look at what is restricted is still written down
    )

    class Purpose(models.TextChoices):
        VIEWED = "viewed", "Viewed"
        DOWNLOADED = "downloaded", "Downloaded"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user_id = models.BigIntegerField()
    person_id = models.BigIntegerField(db_index=True)
    organisation_id = models.BigIntegerField(db_index=True)
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    item = models.CharField("kind of item", max_length=60)
    item_id = models.CharField(max_length=40)
    request_id = models.UUIDField(null=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.item_id} {self.purpose}"
