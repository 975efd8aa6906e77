"""A provider's application: its lots, settings, evidence and declarations, and what was asked of it afterwards."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from providers.directory.models import Provider, Setting
from providers.documents.models import Document
from providers.people.models import Membership, Share
from providers.people.selectors import owned_or_shared
from providers.purchasing.models.systems import ConditionsVersion, Lot, PurchasingSystem
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AppendOnlyModel, AuditedModel, AuditedQuerySet


class ApplicationQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return a provider's own applications; for councils those sent to them or shared with them."""
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_provider:
            return self.filter(provider__in=Provider.objects.one_with(scope.provider_id))
        if not scope.is_council:
            return self.none()
        owners = owned_or_shared(user, Share.Kind.APPLICATIONS, "system__council")
        return self.filter(owners).exclude(submitted_at=None)

    def with_names(self):
        return self.select_related("provider", "system__council", "conditions")

    def in_progress(self):
        return self.filter(state=Application.State.SUBMITTED)


class Application(AuditedModel):
    """One provider's answers to one system. A draft is the provider's alone; sending it locks it.

    The two platform columns are the supplier's identifiers on the national central digital platform, whose
    answers are not asked again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Being considered"
        CONCLUDED = "concluded", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="applications")
    system = models.ForeignKey(PurchasingSystem, models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    conditions = models.ForeignKey(ConditionsVersion, models.PROTECT, null=True, blank=True, related_name="+")
    platform_supplier_id = models.CharField("central platform supplier id", max_length=60, blank=True)
    platform_share_code = models.CharField("central platform share code", max_length=60, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    submitted_at = at_field(editable=True)
    submitted_by = by_field(editable=True)
    withdrawn_at = at_field(editable=True)
    withdrawn_by = by_field(editable=True)
    withdrawn_because = models.TextField("why it was withdrawn", blank=True)
    concluded_at = models.DateTimeField("letters issued at", null=True, blank=True)

    history = history()
    timeline_related = (
        *("provider", "system", "conditions", "started_by__organisation"),
        *("submitted_by__organisation", "withdrawn_by__organisation"),
    )
    objects = ApplicationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["system", "number"], name="application_number_once_a_system"),
            models.UniqueConstraint(
                fields=["system", "provider"], condition=Q(state="draft"), name="one_draft_application"
            ),
            paired_constraint("application", "submitted"),
            paired_constraint("application", "withdrawn"),
            models.CheckConstraint(
                name="application_state_has_its_moment",
                condition=Q(state="draft", submitted_at=None)
                | Q(state__in=["submitted", "lapsed"], submitted_at__isnull=False)
                | Q(state="concluded", concluded_at__isnull=False)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.system.reference}-{self.number:04d}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.SUBMITTED)


class SentCopy(AppendOnlyModel):
    """What was sent, frozen. `content` has the keys of `services.applications.copy_of`."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="sent_copy")
    content = models.JSONField()

    class Meta:
        verbose_name_plural = "sent copies"

    def __str__(self) -> str:
        return f"What was sent with {self.application}"


class OfApplicationQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(application__in=Application.objects.visible_to(user))


class ApplicationLot(AuditedModel):
    """The lots applied for. Each is checked and decided on its own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="lots")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")

    history = history()
    objects = OfApplicationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application", "lot__code"]
        verbose_name = "lot applied for"
        constraints = [models.UniqueConstraint(fields=["application", "lot"], name="lot_once_an_application")]

    def __str__(self) -> str:
        return str(self.lot)

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.lot)


class ApplicationLotSetting(AuditedModel):
    """A registered setting that the provider offers on the lot."""

    application_lot = models.ForeignKey(ApplicationLot, models.PROTECT, related_name="settings")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="+")

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["application_lot", "setting__urn"]
        verbose_name = "setting offered"
        constraints = [
            models.UniqueConstraint(fields=["application_lot", "setting"], name="setting_once_a_lot")
        ]

    def __str__(self) -> str:
        return str(self.setting)

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.setting}, {row.application_lot}"


class ApplicationDocument(AuditedModel):
    """A document of the provider's library sent with the application; it serves every lot that asks for its kind."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    history = history()
    objects = OfApplicationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application", "document__kind", "pk"]
        verbose_name = "document sent"
        constraints = [
            models.UniqueConstraint(fields=["application", "document"], name="document_once_an_application")
        ]

    def __str__(self) -> str:
        return str(self.document)

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.document)


class Declaration(AuditedModel):
    """Yes or no to one question about exclusion, for the provider and its connected and associated persons.

    Mandatory grounds are in Schedule 6 and discretionary ones in Schedule 7 of the Procurement Act 2023 (facts
    2.3 [30]). Yes says what happened and what was put right since.
    """

    class Question(models.TextChoices):
        GROUND = "ground", "Does a mandatory or discretionary exclusion ground apply?"
        DEBARRED = "debarred", "Is anyone listed above on the debarment list?"

    application = models.ForeignKey(Application, models.PROTECT, related_name="declarations")
    question = models.CharField(max_length=10, choices=Question.choices)
    answer = models.BooleanField("yes")
    detail = models.TextField("what happened and what was put right", blank=True)
    declared_at = at_field(editable=True)
    declared_by = by_field(editable=True)

    history = history()
    objects = OfApplicationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application", "-question"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="declaration_once_an_application"
            ),
            models.CheckConstraint(
                condition=Q(answer=False) | ~Q(detail=""), name="declared_ground_is_explained"
            ),
            paired_constraint("declaration", "declared"),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()} {'Yes' if self.answer else 'No'}"

    @staticmethod
    def timeline_subject(row) -> str:
        return row.get_question_display()


class Clarification(AuditedModel):
    """A question to the provider, about the application or one of its lots. The council's clock stops meanwhile."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="clarifications")
    lot = models.ForeignKey(
        ApplicationLot, models.PROTECT, null=True, blank=True, related_name="clarifications"
    )
    question = models.TextField("what is asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    due_on = models.DateField("answer due on")
    answer = models.TextField(blank=True)
    answered_at = at_field(editable=True)
    answered_by = by_field(editable=True)
    closed_at = models.DateTimeField("closed without an answer at", null=True, blank=True)

    history = history()
    objects = OfApplicationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application", "asked_at", "pk"]
        constraints = [
            paired_constraint("clarification", "answered"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(answered_at=None), name="clarification_ends_in_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"Question of {self.asked_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None

    @property
    def is_late(self) -> bool:
        """Answered after the day it was due; it counts all the same."""
        return self.answered_at is not None and localdate(self.answered_at) > self.due_on
