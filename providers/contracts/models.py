"""How a council uses a setting, and when it places nobody new. Counts only: there is never a row for a child."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q

from providers.directory.models import Authority, Provider, Setting
from providers.directory.models.dated import DatedQuerySet, ends_after_start
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


class ReferralHoldQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """The councils of the purchasing system, and the provider itself."""
        scope = scope_of(user)
        if scope.is_provider:
            return self.filter(membership__provider__in=Provider.objects.one_with(scope.provider_id))
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        own = Q(membership__lot__system__council=scope.organisation_id)
        taking_part = self.model.objects.filter(  # a query of its own: a join tells a hold once a participant
            membership__lot__system__participants__council=scope.organisation_id,
            membership__lot__system__participants__to_on=None,
        )
        return self.filter(own | Q(pk__in=taking_part.values("pk")))

    def suspensions(self):
        return self.filter(kind=ReferralHold.Kind.SUSPENSION)


class ReferralHold(AuditedModel):
    """A reason, in force between two days, why nobody new is referred to a provider on a lot.

    A lot's state is never stored: it follows from its open holds (`holds.referral_state`). `source` says in
    words that never change which fact set the hold ("paper public_liability", "issue 7"), so that the same fact
    sets it once and lifts its own hold alone.
    """

    class Kind(models.TextChoices):
        SUSPENSION = "suspension", "Suspension"
        REGISTRATION = "registration", "Registration"
        GRADE = "grade", "Ofsted grade"
        DOCUMENT = "document", "Document expired"
        EXCLUSION = "exclusion", "Exclusion"
        PROVIDER_REQUEST = "provider_request", "Provider's request"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # by name: who is on which lot stands in the slice above
    membership = models.ForeignKey("providers.LotMembership", models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    source = models.CharField(max_length=100)
    from_on = models.DateField("first day")
    to_on = models.DateField("lifted on", null=True, blank=True)

    history = history()
    objects = ReferralHoldQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["membership", "from_on", "pk"]
        constraints = [
            ends_after_start("hold_ends_after_start"),
            models.UniqueConstraint(
                fields=["membership", "kind", "source"],
                condition=Q(to_on=None),
                name="one_open_hold_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} since {self.from_on:%-d %B %Y}"

    @staticmethod
    def timeline_subject(row) -> str:
        return row.get_kind_display()
