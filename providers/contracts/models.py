"""How a council uses a setting, and when it places nobody new. Counts only: there is never a row for a child."""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from providers.directory.models import Authority, Provider, Setting
from providers.directory.models.dated import DatedQuerySet, ends_after_start
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

HOLDS = Q(confirmed_at__isnull=False) | Q(count=0)
"""A number that a second person confirmed, or none: what closes access takes effect at once, on one word."""


class PlacingCountQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Show a council its own counts and all counts at settings it hosts, a provider those at its own settings."""
        scope = scope_of(user)
        if scope.is_provider:
            return self.filter(setting__in=Setting.objects.known_to(user))
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        own = Authority.objects.lineage(scope.authority_id)
        return self.filter(Q(placing_authority__in=own) | Q(setting__authority__in=own))

    def latest(self, on):  # type: ignore[override]  # not the newest row alone, as Django has it
        """Return each authority's newest count of each setting on a day, in whatever state."""
        return self._newest(on, self.model.objects.all())

    def holding(self, on):
        """Return the counts that say whether a setting is in use on a day: see `HOLDS`."""
        return self.filter(HOLDS)._newest(on, self.model.objects.filter(HOLDS))

    def waiting(self, on):
        """Return the declarations that a colleague still has to confirm, without those replaced by a newer one."""
        newest = self.filter(refused_at=None)._newest(on, self.model.objects.filter(refused_at=None))
        return newest.filter(count__gt=0, confirmed_at=None)

    def _newest(self, on, among):
        later = among.filter(
            setting=OuterRef("setting"),
            placing_authority=OuterRef("placing_authority"),
            as_at__gt=OuterRef("as_at"),
            as_at__lte=on,
        )
        return self.filter(
            ~Exists(later), as_at__lte=on, placing_authority__in=Authority.objects.in_force(on)
        )


class PlacingCount(AuditedModel):
    """How many children `placing_authority` had at the setting on a day; 0 says that it had none.

    A number above 0 is declared by one person and confirmed, or refused, by another of the same council (ADR 19).
    The people are persons and not memberships: somebody with two roles is still one person.
    """

    setting = models.ForeignKey(Setting, models.PROTECT, related_name="placing_counts")
    placing_authority = models.ForeignKey(Authority, models.PROTECT, related_name="placing_counts")
    count = models.PositiveSmallIntegerField("children placed")
    as_at = models.DateField("on")
    # empty on rows from before counts were confirmed: their history tells who recorded them
    declared_at = at_field("declared at")
    declared_by = by_field("declared by", to="providers.Person")
    confirmed_at = at_field("confirmed at")
    confirmed_by = by_field("confirmed by", to="providers.Person")
    refused_at = at_field("refused at")
    refused_by = by_field("refused by", to="providers.Person")
    refused_because = models.TextField("why it was refused", blank=True, editable=False)

    history = history()
    objects = PlacingCountQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "-as_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "placing_authority", "as_at"], name="placing_count_once_a_day"
            ),
            paired_constraint("placing_count", "declared"),
            paired_constraint("placing_count", "confirmed"),
            paired_constraint("placing_count", "refused"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (
                    Q(declared_by__isnull=False, refused_by=None, count__gt=0)
                    & ~Q(confirmed_by=F("declared_by"))
                ),
                name="placing_count_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_because="")
                | (Q(refused_by__isnull=False, count__gt=0) & ~Q(refused_because="")),
                name="placing_count_refused_with_a_reason",
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.count > 0 and self.confirmed_at is None and self.refused_at is None

    def __str__(self) -> str:
        return f"{self.count} placed by {self.placing_authority} at {self.setting}"


class ReferralHoldQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Show a hold to the councils of the purchasing system and to the provider itself."""
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
