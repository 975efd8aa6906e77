import uuid

from django.db import models
from django.utils import timezone

from inspections.visits.models.visits import Visit
from providers.people.models import Membership
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet


class VisitConcernQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Return concerns to councils only; the provider hears of one through the contract issue."""
        if not scope_of(user).is_council:
            return self.none()
        return self.filter(visit__in=Visit.objects.visible_to(user))


class VisitConcern(AppendOnlyModel):
    """Something seen at a visit that cannot wait for a report. One contract issue is opened from it, once.

    A device without signal may make `public_id`, so that sending twice counts once; `raised_at` is when it
    was raised on that device.
    """

    is_stamped_when_written = False  # raised without a signal, written once there was one

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="concerns")
    text = models.TextField("what you saw", max_length=2000)
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = VisitConcernQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Concern raised at {self.visit}"
