"""A monitoring visit: its plan, its team, and the progress of its report."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q

from inspections.question_sets.models import QuestionSetVersion, Standard
from providers.directory.models import Provider, Setting
from providers.people.models import Membership, Organisation, Share
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet
from qa_portal.core.dates import end_of_day, today

MOMENTS = (
    *("arrived", "draft_sent", "ready", "returned", "published", "cancelled"),
    *("held", "narrative_locked"),
)


class VisitQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return visits of the reader's council, of councils that share theirs, or of the provider.

        A provider does not see an unannounced visit before the arrival is recorded.
        """
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_provider:
            own = self.filter(provider__in=Provider.objects.one_with(scope.provider_id))
            return own.filter(~Q(notice=Visit.Notice.UNANNOUNCED) | Q(arrived_at__isnull=False))
        if not scope.is_council:
            return self.none()
        shares = Share.objects.in_force(today()).filter(reader=scope.organisation_id, kind=Share.Kind.VISITS)
        return self.filter(Q(council=scope.organisation_id) | Q(council__in=shares.values("owner")))

    def planned(self):
        return self.filter(state=Visit.State.PLANNED)

    def overdue(self, on: dt.date):
        return self.planned().filter(planned_on__lt=on)

    def in_draft(self):
        """Return visits that have started and are not published."""
        return self.filter(state__in=IN_DRAFT)

    def published(self):
        return self.filter(state=Visit.State.PUBLISHED)

    def with_names(self):
        return self.select_related(
            "council__authority",
            "provider",
            "setting__provision_type",
            "question_set_version__question_set",
            "lead__person__details",
        )


class Visit(AuditedModel):
    """A monitoring visit. It keeps the question set version that was in force when it was planned.

    The subject is a setting, a whole provider, or a service of the council's own.
    """

    class Kind(models.TextChoices):
        FULL = "full", "Full visit"
        FOCUSED = "focused", "Focused visit"
        DESKTOP = "desktop", "Desktop review"
        RESPONSIVE = "responsive", "Responsive visit"
        REVISIT = "revisit", "Re-visit"

    class Mode(models.TextChoices):
        ON_SITE = "on_site", "On site"
        VIRTUAL = "virtual", "Virtual"
        HYBRID = "hybrid", "Partly on site"

    class Notice(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        SHORT = "short", "Short notice"
        UNANNOUNCED = "unannounced", "Unannounced"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        RECORDING = "recording", "Being recorded"
        WITH_PROVIDER = "with_provider", "With the provider"
        ANSWERING = "answering", "Comments to answer"
        SIGN_OFF = "sign_off", "Waiting for sign-off"
        AMENDING = "amending", "Returned to the officer"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    class AccuracyEnd(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed as accurate"
        COMMENTS = "comments", "Comments sent"
        LAPSED = "lapsed", "No answer by the deadline"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="visits")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="visits")
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, blank=True, related_name="visits")
    service = models.CharField("service of the council", max_length=200, blank=True)
    kind = models.CharField("kind of visit", max_length=12, choices=Kind.choices)
    mode = models.CharField("how", max_length=10, choices=Mode.choices, blank=True)
    notice = models.CharField(max_length=12, choices=Notice.choices)
    reason = models.TextField("reason for the visit", max_length=2000, blank=True)
    planned_on = models.DateField("planned for")
    question_set_version = models.ForeignKey(QuestionSetVersion, models.PROTECT, related_name="visits")
    lead = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="lead")
    revisit_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisits", verbose_name="re-visit of"
    )
    state = models.CharField(max_length=15, choices=State.choices, default=State.PLANNED)

    visited_on = models.DateField("day of the visit", null=True, blank=True)
    verbal_feedback = models.TextField("verbal feedback given on the day", max_length=4000, blank=True)
    accuracy_due_on = models.DateField("comments due by the end of", null=True, blank=True)
    accuracy_ended_at = at_field("factual accuracy ended at")
    accuracy_end = models.CharField(
        "how factual accuracy ended", max_length=10, choices=AccuracyEnd.choices, blank=True
    )
    returned_reason = models.TextField("why it was returned", max_length=2000, blank=True)
    cancelled_reason = models.TextField("why it was cancelled", max_length=2000, blank=True)
    held_reason = models.TextField("why nothing can be shared", max_length=2000, blank=True)
    held_until_on = models.DateField("nothing can be shared until", null=True, blank=True)

    arrived_at, arrived_by = at_field("arrived at"), by_field("arrived")
    draft_sent_at, draft_sent_by = at_field("draft sent at"), by_field("draft sent by")
    ready_at, ready_by = at_field("sent for sign-off at"), by_field("sent for sign-off by")
    returned_at, returned_by = at_field("returned at"), by_field("returned by")
    published_at, published_by = at_field("published at"), by_field("signed off by")
    cancelled_at, cancelled_by = at_field("cancelled at"), by_field("cancelled by")
    held_at, held_by = at_field("held at"), by_field("held by")
    narrative_locked_at, narrative_locked_by = (
        at_field("narrative locked at"),
        by_field("narrative locked by"),
    )

    history = history()
    timeline_related = (
        *("setting__provision_type", "provider", "council"),
        *("question_set_version__question_set", "lead__person__details", "lead__organisation", "revisit_of"),
    )
    timeline_quiet = (*(f"{what}_{end}" for what in MOMENTS for end in ("at", "by")), "accuracy_ended_at")
    objects = VisitQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["planned_on", "pk"]
        indexes = [
            models.Index(fields=["council", "state", "planned_on"], name="visit_programme"),
            models.Index(fields=["provider", "planned_on"], name="visit_of_provider"),
        ]
        constraints = [
            *(paired_constraint("visit", what) for what in MOMENTS),
            models.CheckConstraint(
                condition=Q(provider__isnull=False, service="")
                | (Q(provider=None, setting=None) & ~Q(service="")),
                name="visit_has_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(kind="desktop", mode="") | (~Q(kind="desktop") & ~Q(mode="")),
                name="visit_is_somewhere_unless_desktop",
            ),
            models.CheckConstraint(
                condition=~Q(kind="desktop") | ~Q(notice="unannounced"), name="desktop_review_is_announced"
            ),
            models.CheckConstraint(
                condition=Q(draft_sent_at=None, accuracy_due_on=None)
                | Q(draft_sent_at__isnull=False, accuracy_due_on__isnull=False, visited_on__isnull=False),
                name="visit_draft_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(accuracy_ended_at=None, accuracy_end="")
                | (Q(accuracy_ended_at__isnull=False) & ~Q(accuracy_end="")),
                name="visit_accuracy_ends_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="visit_published_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="visit_cancelled_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.about}"

    @staticmethod
    def timeline_subject(row) -> str:
        return dict(Visit.Kind.choices)[row.kind]

    @property
    def about(self) -> str:
        return str(self.setting or self.provider or self.service)

    @property
    def on(self) -> dt.date:
        """Return the day of the visit, or the planned one."""
        return self.visited_on or self.planned_on

    @property
    def is_overdue(self) -> bool:
        return self.state == Visit.State.PLANNED and self.planned_on < today()

    @property
    def is_known_to_provider(self) -> bool:
        return self.notice != Visit.Notice.UNANNOUNCED or self.arrived_at is not None

    @property
    def is_held(self) -> bool:
        """Tell whether the police or the LADO have asked that nothing be shared."""
        return self.held_at is not None and (self.held_until_on is None or self.held_until_on >= today())

    @property
    def accuracy_deadline(self) -> dt.datetime | None:
        """Return the last moment for the provider's comments: the end of the day in London."""
        return end_of_day(self.accuracy_due_on) if self.accuracy_due_on else None


IN_DRAFT = (
    Visit.State.RECORDING,
    Visit.State.WITH_PROVIDER,
    Visit.State.ANSWERING,
    Visit.State.SIGN_OFF,
    Visit.State.AMENDING,
)
RECORDABLE = (
    Visit.State.PLANNED,
    Visit.State.RECORDING,
    Visit.State.ANSWERING,
    Visit.State.AMENDING,
)
"""While answers may change: never while the provider comments on them, or a manager reads them."""


class OfVisitQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return working papers to councils only; a provider reads report versions."""
        if not scope_of(user).is_council:
            return self.none()
        return self.filter(visit__in=Visit.objects.visible_to(user))


class VisitStandard(AuditedModel):
    """A standard that the visit checks."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="scope")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")

    history = history()
    objects = OfVisitQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["standard__order"]
        constraints = [models.UniqueConstraint(fields=["visit", "standard"], name="standard_once_a_visit")]

    def __str__(self) -> str:
        return str(self.standard)


class VisitAssessor(AuditedModel):
    """Somebody else on the visit, from the council or an agency that works with it."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="assessors")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    history = history()
    objects = OfVisitQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["visit", "membership"], name="assessor_once_a_visit")]

    def __str__(self) -> str:
        return str(self.membership)
