"""What a council found and decided about one lot, and who is on which lot because of it."""

import uuid

from django.db import models
from django.db.models import Q

from providers.directory.models import Provider
from providers.directory.models.dated import DatedQuerySet, ends_after_start
from providers.documents.models import Document
from providers.people.models import Membership
from providers.purchasing.models.applications import (
    Application,
    ApplicationLot,
)
from providers.purchasing.models.blockers import ApprovalBlocker
from providers.purchasing.models.exclusion import ExclusionAssessment
from providers.purchasing.models.systems import ConditionsVersion, Lot, PurchasingSystem
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import (
    AppendOnlyModel,
    AppendOnlyQuerySet,
    AuditedModel,
    AuditedQuerySet,
)


class OfLotQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return what councils wrote while they considered an application; nothing to a provider."""
        if not scope_of(user).is_council:
            return self.none()
        return self.filter(application_lot__application__in=Application.objects.visible_to(user))

    def newest_first(self):
        return self.order_by("-pk")


class LotCheck(AuditedModel):
    """One check of one lot. A lot that is asked again after a question has a new row: the newest counts.

    `regulator_statuses` is what the regulator said as the officer saw it, for the Ofsted check. The two columns after it are
    the insurance check's, where the lot asks for public liability cover. The exclusion check rests on `assessment`.
    """

    class Kind(models.TextChoices):
        COMPLETENESS = "completeness", "Completeness"
        OFSTED = "ofsted", "Ofsted registration and grade"
        INSURANCE = "insurance", "Insurance"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        REFERENCES = "references", "References"
        EXCLUSION = "exclusion", "Exclusion and debarment"

    class Outcome(models.TextChoices):
        PASSED = "passed", "Passed"
        FAILED = "failed", "Failed"
        UNCLEAR = "unclear", "Needs clarification"

    application_lot = models.ForeignKey(ApplicationLot, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.TextField(blank=True)
    checked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    regulator_statuses = models.JSONField("regulator statuses as seen", null=True, blank=True)
    excludes_abuse = models.BooleanField("the policy excludes abuse", null=True, blank=True)
    has_inner_limit = models.BooleanField("the policy has an inner limit for abuse", null=True, blank=True)
    assessment = models.ForeignKey(
        ExclusionAssessment, models.PROTECT, null=True, blank=True, related_name="checks"
    )

    history = history()
    objects = OfLotQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application_lot", "pk"]
        verbose_name = "check"
        constraints = [
            models.CheckConstraint(condition=Q(outcome="passed") | ~Q(note=""), name="check_says_why"),
            models.CheckConstraint(
                condition=~Q(kind="exclusion") | Q(outcome="unclear") | Q(assessment__isnull=False),
                name="exclusion_check_has_its_assessment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.get_kind_display()}, {row.application_lot}"


class Exemption(AuditedModel):
    """The head of service lets a lot be approved although obstacles stand, until a day.

    Never by the one who decides the lot (facts 2.3 [23]). `covers` names the obstacles as they stood then, with
    the keys of `ApprovalBlocker.as_json`: what comes later is not covered, and the passes of due work honour what is.
    """

    application_lot = models.ForeignKey(ApplicationLot, models.PROTECT, related_name="exemptions")
    reason = models.TextField()
    covers = models.JSONField("obstacles it covers", default=list)
    expires_on = models.DateField()
    approved_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    approved_on = models.DateField()

    history = history()
    objects = OfLotQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["application_lot", "-pk"]

    def __str__(self) -> str:
        return f"Exemption until {self.expires_on:%-d %B %Y}"

    def covers_blocker(self, obstacle: ApprovalBlocker) -> bool:
        return obstacle.key in {(one["kind"], one["about"]) for one in self.covers}

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.application_lot)


class LotDecisionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Councils that see the application; the provider once the letters are issued."""
        scope = scope_of(user)
        seen = self.filter(application_lot__application__in=Application.objects.visible_to(user))
        return seen.exclude(application_lot__application__concluded_at=None) if scope.is_provider else seen


class LotDecision(AppendOnlyModel):
    """The outcome of one lot, and everything that it rested on, frozen with it.

    `reasons` lists `Reason` codes. `basis` has the keys of `services.decisions.basis_of`. A reconsideration adds a row
    that `supersedes` the first.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        WITH_CONDITIONS = "approved_with_conditions", "Approved with conditions"
        DEFERRED = "deferred", "Deferred"
        REJECTED = "rejected", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed"

    class Reason(models.TextChoices):
        INCOMPLETE = "incomplete", "The application is not complete"
        REGISTRATION = "registration", "A setting is not registered for this lot"
        GRADE = "grade", "Ofsted's grade of a setting"
        INSURANCE = "insurance", "The insurance is below what the lot asks for"
        SAFEGUARDING = "safeguarding", "The safeguarding evidence does not meet the standard"
        REFERENCES = "references", "The references do not support the application"
        EXCLUSION = "exclusion", "An exclusion ground applies"
        SUSPENSION = "suspension", "The provider is suspended"
        CONDITIONS = "conditions", "A condition for membership is not met"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application_lot = models.ForeignKey(ApplicationLot, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    words = models.TextField("reasons in words", blank=True)
    exclusion_reason = models.TextField("why an excludable supplier is approved", blank=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    effective_on = models.DateField("in effect from", null=True)
    conditions = models.ForeignKey(ConditionsVersion, models.PROTECT, null=True, related_name="+")
    exemption = models.ForeignKey(Exemption, models.PROTECT, null=True, related_name="+")
    basis = models.JSONField("what it rested on")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = LotDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["application_lot", "pk"]
        verbose_name = "decision"
        constraints = [
            models.UniqueConstraint(
                fields=["application_lot"], condition=Q(supersedes=None), name="first_decision_once_a_lot"
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | ~Q(words=""), name="decision_gives_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["approved", "approved_with_conditions"])
                | Q(effective_on__isnull=False),
                name="approval_has_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_lot}: {self.get_outcome_display()}"

    @property
    def is_approval(self) -> bool:
        return self.outcome in APPROVALS

    @property
    def reason_labels(self) -> list[str]:
        return [str(self.Reason(code).label) for code in self.reasons]


APPROVALS = (LotDecision.Outcome.APPROVED, LotDecision.Outcome.WITH_CONDITIONS)


class DecisionCondition(AuditedModel):
    """What an approved provider must still do, and by when."""

    decision = models.ForeignKey(LotDecision, models.PROTECT, related_name="approval_conditions")
    text = models.TextField("condition")
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["decision", "due_on"]

    def __str__(self) -> str:
        return f"By {self.due_on:%-d %B %Y}: {self.text}"


class Reconsideration(AuditedModel):
    """A provider asks for a decision to be looked at again, by somebody who did not make it."""

    decision = models.OneToOneField(LotDecision, models.PROTECT, related_name="reconsideration")
    grounds = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    decided_at = at_field(editable=True)
    decided_by = by_field(editable=True)
    words = models.TextField("reasons of the answer", blank=True)
    new_decision = models.OneToOneField(
        LotDecision, models.PROTECT, null=True, blank=True, related_name="reached_by"
    )

    history = history()

    class Meta(AuditedModel.Meta):
        constraints = [paired_constraint("reconsideration", "decided")]

    def __str__(self) -> str:
        return f"Reconsideration of {self.decision}"


class LotMembershipQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Return a provider's own memberships; for councils those on systems that they may see."""
        scope = scope_of(user)
        if scope.is_provider:
            return self.filter(provider__in=Provider.objects.one_with(scope.provider_id))
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        return self.filter(lot__system__in=PurchasingSystem.objects.visible_to(user))

    def with_names(self):
        return self.select_related("provider", "lot__system__council")


class LotMembership(AuditedModel):
    """A provider is on a lot between two days. Whether referrals are paused follows from its holds."""

    class End(models.TextChoices):
        RESIGNED = "resigned", "Provider left"
        REMOVED = "removed", "Removed by the council"
        LAPSED = "lapsed", "Not renewed"
        MERGED = "merged", "Merged into another provider"
        SYSTEM_ENDED = "system_ended", "The system ended"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="lot_memberships")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="memberships")
    decision = models.ForeignKey(LotDecision, models.PROTECT, related_name="memberships")
    from_on = models.DateField("on the lot from")
    to_on = models.DateField("no longer from", null=True, blank=True)
    ended_because = models.CharField("why it ended", max_length=20, choices=End.choices, blank=True)
    verify_again_on = models.DateField("to be verified again on", null=True, blank=True)

    history = history()
    objects = LotMembershipQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["lot", "provider__name", "-from_on"]
        verbose_name = "place on a lot"
        verbose_name_plural = "places on lots"
        constraints = [
            ends_after_start("lot_membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["provider", "lot"], condition=Q(to_on=None), name="on_a_lot_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None, ended_because="") | (Q(to_on__isnull=False) & ~Q(ended_because="")),
                name="lot_membership_end_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} on {self.lot}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.provider}, {row.lot}"
