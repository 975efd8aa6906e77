"""How a council uses a setting. Counts only: there is never a row for a child."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from providers.directory.models import Authority, Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet


class PlacingCountQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """A council sees its own counts, and everybody's at settings it hosts; a provider those of its own."""
        scope = scope_of(user)
        if scope.is_provider:
            return self.filter(setting__in=Setting.objects.known_to(user))
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        own = Authority.objects.lineage(scope.authority_id)
        return self.filter(Q(placing_authority__in=own) | Q(setting__authority__in=own))

    def latest(self, on):
        """Each authority's newest count of each setting on a day, while that authority exists."""
        later = self.model.objects.filter(
            setting=OuterRef("setting"),
            placing_authority=OuterRef("placing_authority"),
            as_at__gt=OuterRef("as_at"),
            as_at__lte=on,
        )
        return self.filter(
            ~Exists(later), as_at__lte=on, placing_authority__in=Authority.objects.in_force(on)
        )


class PlacingCount(AuditedModel):
    """How many children `placing_authority` had at the setting on a day; 0 says that it had none."""

    setting = models.ForeignKey(Setting, models.PROTECT, related_name="placing_counts")
    placing_authority = models.ForeignKey(Authority, models.PROTECT, related_name="placing_counts")
    count = models.PositiveSmallIntegerField("children placed")
    as_at = models.DateField("on")

    history = history()
    objects = PlacingCountQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "-as_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "placing_authority", "as_at"], name="placing_count_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} placed by {self.placing_authority} at {self.setting}"
