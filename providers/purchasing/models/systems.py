"""What councils buy through: purchasing systems, their conditions, lots and the evidence each lot asks for."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from providers.directory.models import Premises, ProvisionType
from providers.directory.models.dated import DatedQuerySet, ends_after_start
from providers.documents.document_kinds import DocumentKind
from providers.people.models import Organisation, Share
from providers.people.selectors import owners_shared_with
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet


class PurchasingSystemQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return systems that a council owns, takes part in or is shown; to a provider those that have opened.

        An opened system has been advertised, so any provider may read it.
        """
        scope = scope_of(user)
        if scope.is_provider and scope.may(Permission.VIEW_CASES):
            return self.exclude(published_at=None)
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        taking_part = SystemParticipant.objects.filter(council=scope.organisation_id, to_on=None)
        owners = owners_shared_with(user, Share.Kind.APPLICATIONS)
        return self.filter(Q(council__in=owners) | Q(pk__in=taking_part.values("system")))

    def owned_by(self, user):
        """Those of the council acted for, which alone may change them."""
        return self.filter(council=scope_of(user).organisation_id)

    def open_on(self, on):
        return self.filter(published_at__isnull=False, opens_on__lte=on).filter(
            Q(closes_on=None) | Q(closes_on__gte=on)
        )


class PurchasingSystem(AuditedModel):
    """A list or contract that providers apply to join, for one or more lots.

    Time limits are in working days and each system's own: a PCR 2015 DPS decides within 10, or 15 where it
    says why (facts 2.3). `closes_on` is the last day for applications; none means open all the time.
    """

    class Regime(models.TextChoices):
        DPS = "dps", "PCR 2015 dynamic purchasing system"
        LIGHT_TOUCH_DPS = "light_touch_dps", "PCR 2015 light-touch (flexible) system"
        DYNAMIC_MARKET = "dynamic_market", "PA 2023 dynamic market"
        OPEN_FRAMEWORK = "open_framework", "PA 2023 open framework"
        LIGHT_TOUCH_FRAMEWORK = "light_touch_framework", "PA 2023 light-touch framework"
        BLOCK = "block", "Block contract"
        SPOT = "spot", "Spot purchase"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(
        Organisation, models.PROTECT, related_name="purchasing_systems", verbose_name="owner council"
    )
    name = models.CharField(max_length=200)
    reference = models.CharField(
        max_length=12, unique=True, validators=[RegexValidator(r"^[A-Z][A-Z0-9]{1,11}$")]
    )
    regime = models.CharField("legal regime", max_length=30, choices=Regime.choices)
    external_reference = models.CharField(max_length=60, blank=True)
    about = models.TextField("what it is for", blank=True)
    opens_on = models.DateField("first day for applications")
    closes_on = models.DateField("last day for applications", null=True, blank=True)
    ends_on = models.DateField("system ends on", null=True, blank=True)
    completeness_days = models.PositiveSmallIntegerField("working days to check completeness", default=5)
    decision_days = models.PositiveSmallIntegerField("working days to decide", default=10)
    clarification_days = models.PositiveSmallIntegerField("working days to answer a question", default=10)
    reconsideration_days = models.PositiveSmallIntegerField(
        "working days to ask for reconsideration", default=10
    )
    pause_days = models.PositiveSmallIntegerField("working days between outcome and effect", default=0)
    published_at = at_field(editable=True)
    published_by = by_field(editable=True)

    history = history()
    timeline_related = ("council", "published_by__organisation")
    objects = PurchasingSystemQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "name"], name="purchasing_system_name_once_a_council"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="purchasing_system_closes_after_it_opens",
            ),
            paired_constraint("purchasing_system", "published"),
            models.CheckConstraint(
                condition=Q(decision_days__gte=1, completeness_days__gte=1, clarification_days__gte=1),
                name="purchasing_system_limits_are_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def conditions_are_fixed(self) -> bool:
        """A dynamic market's conditions for membership do not change during its life (facts 2.3 [29])."""
        return self.regime == self.Regime.DYNAMIC_MARKET and self.published_at is not None

    def is_open(self, on) -> bool:
        opened = self.published_at is not None and self.opens_on <= on
        return opened and (self.closes_on is None or self.closes_on >= on)


class SystemParticipant(AuditedModel):
    """A council that buys through another council's system between two days."""

    system = models.ForeignKey(PurchasingSystem, models.PROTECT, related_name="participants")
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_on = models.DateField("first day")
    to_on = models.DateField("ended on", null=True, blank=True)

    history = history()
    objects = DatedQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["council__name"]
        verbose_name = "participating council"
        constraints = [
            ends_after_start("participant_ends_after_start"),
            models.UniqueConstraint(
                fields=["system", "council"], condition=Q(to_on=None), name="participant_once_a_system"
            ),
        ]

    def __str__(self) -> str:
        return str(self.council)

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.council)


class ConditionsVersion(AuditedModel):
    """What a provider must meet to be on the system. An application counts under the version it was sent under."""

    system = models.ForeignKey(PurchasingSystem, models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("conditions for membership")
    from_on = models.DateField("in force from")

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["system", "-number"]
        verbose_name = "conditions version"
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="conditions_number_once")]

    def __str__(self) -> str:
        return f"Version {self.number}, from {self.from_on:%-d %B %Y}"


class LotQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(system__in=PurchasingSystem.objects.visible_to(user))


class Lot(AuditedModel):
    """A part of a system that providers join one by one (PA 2023: part)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    system = models.ForeignKey(PurchasingSystem, models.PROTECT, related_name="lots")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    provision_type = models.ForeignKey(ProvisionType, models.PROTECT, related_name="+")
    category = models.CharField(
        "supported accommodation category", max_length=1, choices=Premises.Category.choices, blank=True
    )

    history = history()
    objects = LotQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="lot_code_once_a_system")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.code} {row.name}"


class RequiredDocument(AuditedModel):
    """Evidence that a lot asks for. Cover is in whole pounds; the age limit in months from issue."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="required_documents")
    kind = models.CharField("kind of document", max_length=30, choices=DocumentKind.choices)
    minimum_cover = models.PositiveBigIntegerField("minimum cover in pounds", null=True, blank=True)
    is_compulsory = models.BooleanField("must be sent", default=True)
    valid_months = models.PositiveSmallIntegerField("counts for months", null=True, blank=True)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["lot", "-is_compulsory", "kind"]
        constraints = [models.UniqueConstraint(fields=["lot", "kind"], name="document_kind_once_a_lot")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.get_kind_display()}, {row.lot}"
