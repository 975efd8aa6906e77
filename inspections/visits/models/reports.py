"""Frozen versions of a report, and the provider's comments on a draft."""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from inspections.visits.models.visits import Visit
from providers.documents.models import Document
from providers.people.models import Membership
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import (
    AppendOnlyModel,
    AppendOnlyQuerySet,
    AuditedModel,
    AuditedQuerySet,
)
from qa_portal.core.dates import today


class ReportVersionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Return every version to councils; to a provider the published one, and before that its own draft.

        A provider sees nothing while the police or the LADO hold the report.
        """
        seen = self.filter(visit__in=Visit.objects.visible_to(user))
        if not scope_of(user).is_provider:
            return seen
        newer = ReportVersion.objects.filter(
            visit=OuterRef("visit"), kind=OuterRef("kind"), pk__gt=OuterRef("pk")
        )
        held = Q(visit__held_at__isnull=False) & (
            Q(visit__held_until_on=None) | Q(visit__held_until_on__gte=today())
        )
        draft = Q(kind=ReportVersion.Kind.FOR_PROVIDER, visit__published_at=None)
        return seen.filter(Q(kind=ReportVersion.Kind.PUBLISHED) | draft).exclude(held).exclude(Exists(newer))


class ReportVersion(AppendOnlyModel):
    """The report as somebody was shown it.

    `content` comes from `reports.report_content`; `sha256` is its checksum.
    """

    class Kind(models.TextChoices):
        FOR_PROVIDER = "for_provider", "Draft for the provider"
        FOR_SIGN_OFF = "for_sign_off", "Draft for sign-off"
        PUBLISHED = "published", "Published report"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="report_version_number_once"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(kind="published"), name="report_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}, {self.get_kind_display().lower()}"


class AccuracyCommentQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the provider's own comments; to councils once they were sent or the deadline passed."""
        seen = self.filter(visit__in=Visit.objects.visible_to(user))
        return seen if scope_of(user).is_provider else seen.filter(visit__accuracy_ended_at__isnull=False)

    def active(self):
        return self.filter(withdrawn_at=None)

    def to_answer(self):
        return self.active().filter(decision="")


class AccuracyComment(AuditedModel):
    """A provider's comment on a finding of the draft, and the officer's decision with its reason."""

    class Decision(models.TextChoices):
        UPHELD = "upheld", "Upheld"
        REJECTED = "rejected", "Not upheld"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="comments")
    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="comments")
    finding = models.CharField("finding", max_length=40, blank=True)
    remark = models.TextField("what is not right", max_length=4000)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="evidence"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    withdrawn_at, withdrawn_by = at_field("withdrawn at"), by_field("withdrawn by")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_reason = models.TextField("reason", max_length=2000, blank=True)
    decided_at, decided_by = at_field("decided at"), by_field("decided by")

    history = history()
    timeline_related = ("document",)
    timeline_quiet = (
        *("made_at", "made_by", "withdrawn_by", "decided_at", "decided_by", "visit", "version"),
    )
    objects = AccuracyCommentQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["pk"]
        constraints = [
            paired_constraint("comment", "withdrawn"),
            paired_constraint("comment", "decided"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decision_reason="")
                | (Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(decision_reason="")),
                name="comment_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.finding or 'the whole report'}"


class AccuracyExtension(AppendOnlyModel):
    """More time that the officer gave for comments before the deadline, with the reason."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="extensions")
    from_on = models.DateField("was")
    to_on = models.DateField("now")
    reason = models.TextField(max_length=2000)
    extended_at = models.DateTimeField(default=timezone.now)
    extended_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="accuracy_extension_gives_more_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on:%-d %B %Y} to {self.to_on:%-d %B %Y}"
