"""Actions: what somebody has undertaken to put right, whatever led to it."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from providers.directory.models import Provider, Setting
from providers.documents.models import Document
from providers.people.models import Membership, Organisation, Share
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
from qa_portal.core.dates import today

DUE_SOON_DAYS = 14
MOMENTS = ("opened", "steps", "accepted", "done", "returned", "verified", "cancelled")


class Source(models.TextChoices):
    VISIT = "visit", "Monitoring visit"
    SELF_ASSESSMENT = "self_assessment", "Self-assessment"
    ISSUE = "issue", "Contract issue"
    RATING = "rating", "Ofsted grade"
    APPLICATION = "application", "Application to a purchasing system"
    AGREED = "agreed", "Agreed with the provider"


SHARED_WITH = {
    Share.Kind.VISITS: (Source.VISIT, Source.SELF_ASSESSMENT, Source.AGREED),
    Share.Kind.ISSUES: (Source.ISSUE,),
    Share.Kind.RATINGS: (Source.RATING,),
    Share.Kind.APPLICATIONS: (Source.APPLICATION,),
}
"""Whoever is shown the cases of a kind is shown the actions that came from them."""


class ActionQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return actions of the council or shared with it, or of the provider once they are opened."""
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_provider:
            own = Provider.objects.one_with(scope.provider_id)
            return self.filter(provider__in=own, opened_at__isnull=False)
        if not scope.is_council:
            return self.none()
        seen = Q(council=scope.organisation_id)
        shares = Share.objects.in_force(today()).filter(reader=scope.organisation_id)
        for kind, sources in SHARED_WITH.items():
            seen |= Q(source_kind__in=sources, council__in=shares.filter(kind=kind).values("owner"))
        return self.filter(seen)

    def of(self, source_kind: str, source_id: uuid.UUID | None):
        return self.filter(source_kind=source_kind, source_id=source_id)

    def live(self):
        """Return actions on which somebody still has to do something."""
        return self.filter(state__in=LIVE)

    def waiting_for_its_owner(self):
        return self.filter(state__in=[Action.State.OPEN, Action.State.RETURNED])

    def overdue(self, on: dt.date):
        return self.waiting_for_its_owner().filter(due_on__lt=on)

    def due_soon(self, on: dt.date):
        last = on + dt.timedelta(days=DUE_SOON_DAYS)
        return self.waiting_for_its_owner().filter(due_on__range=(on, last))

    def to_agree(self):
        """Return actions whose steps wait for the council's answer."""
        return self.filter(state=Action.State.OPEN, steps_at__isnull=False, accepted_at=None)

    def to_verify(self):
        return self.filter(state=Action.State.DONE)

    def with_names(self):
        return self.select_related(
            "council__authority", "provider", "setting__provision_type", "owner_organisation"
        )


class Action(AuditedModel):
    """An action: what needs to change, by when, and how far it has come.

    It is proposed in a draft report that the provider has not seen, and opened when the report is published.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        OPEN = "open", "Open"
        RETURNED = "returned", "Returned"
        DONE = "done", "Done, to be verified"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Cancelled"

    class Priority(models.TextChoices):
        URGENT = "urgent", "Urgent"
        ORDINARY = "ordinary", "Ordinary"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="actions")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="actions")
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, blank=True, related_name="actions")
    source_kind = models.CharField("where it came from", max_length=20, choices=Source.choices)
    source_id = models.UUIDField(null=True, blank=True, editable=False)
    source_label = models.CharField("source", max_length=200, blank=True)
    standard = models.CharField(max_length=200, blank=True)
    question = models.CharField(max_length=500, blank=True)
    what = models.TextField("what needs to change", max_length=2000)
    is_key = models.BooleanField("about a limiting question", default=False)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.ORDINARY)
    due_on = models.DateField("due on", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)

    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="for"
    )
    owner = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="owner"
    )
    owner_role = models.CharField("who is responsible", max_length=120, blank=True)
    steps = models.TextField("what will be done", max_length=4000, blank=True)
    steps_on = models.DateField("planned for completion on", null=True, blank=True)
    done_note = models.TextField("what was done", max_length=4000, blank=True)
    verified_note = models.TextField("how it was verified", max_length=2000, blank=True)
    returned_reason = models.TextField("why it was returned", max_length=2000, blank=True)
    cancelled_reason = models.TextField("why it was cancelled", max_length=2000, blank=True)

    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = by_field("proposed by")
    opened_at, opened_by = at_field("opened at"), by_field("opened by")
    steps_at, steps_by = at_field("steps written at"), by_field("steps written by")
    accepted_at, accepted_by = at_field("steps accepted at"), by_field("steps accepted by")
    done_at, done_by = at_field("reported done at"), by_field("reported done by")
    returned_at, returned_by = at_field("returned at"), by_field("returned by")
    verified_at, verified_by = at_field("verified at"), by_field("verified by")
    cancelled_at, cancelled_by = at_field("cancelled at"), by_field("cancelled by")

    history = history()
    timeline_related = (
        *("setting__provision_type", "provider", "council", "owner_organisation"),
        "owner__organisation",
    )
    timeline_quiet = (
        *(f"{what}_{end}" for what in MOMENTS for end in ("at", "by")),
        *("proposed_at", "proposed_by", "source_id"),
    )
    objects = ActionQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["council", "state", "due_on"], name="action_register"),
            models.Index(fields=["provider", "state", "due_on"], name="action_of_provider"),
            models.Index(fields=["source_kind", "source_id"], name="action_of_source"),
        ]
        constraints = [
            *(paired_constraint("action", what) for what in MOMENTS),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "cancelled"])
                | Q(opened_at__isnull=False, due_on__isnull=False),
                name="action_opens_with_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(done_at__isnull=False, verified_at__isnull=False),
                name="action_closes_when_verified",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None)
                | (~Q(verified_by=F("done_by")) & (Q(proposed_by=None) | ~Q(verified_by=F("proposed_by")))),
                name="action_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.what if len(self.what) <= 80 else f"{self.what[:79]}…"

    @staticmethod
    def timeline_subject(row) -> str:
        return Action.__str__(row)

    @property
    def about(self) -> str:
        return str(self.setting or self.provider)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_overdue(self) -> bool:
        waits = self.state in {Action.State.OPEN, Action.State.RETURNED}
        return bool(waits and self.due_on and self.due_on < today())

    @property
    def stage(self) -> str:
        """Return the state in words, with what an open action waits for."""
        if self.state == Action.State.OPEN:
            if not self.steps_at:
                return "Open, steps to be written"
            return "Open, steps agreed" if self.accepted_at else "Open, steps to be agreed"
        return self.get_state_display()


LIVE = (Action.State.OPEN, Action.State.RETURNED, Action.State.DONE)
MOVES = {
    Action.State.PROPOSED: {Action.State.OPEN, Action.State.CANCELLED},
    Action.State.OPEN: {Action.State.DONE, Action.State.RETURNED, Action.State.CANCELLED},
    Action.State.RETURNED: {Action.State.OPEN, Action.State.DONE, Action.State.CANCELLED},
    Action.State.DONE: {Action.State.CLOSED, Action.State.RETURNED},
    Action.State.CLOSED: set(),
    Action.State.CANCELLED: set(),
}


class OfActionQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(action__in=Action.objects.visible_to(user))


class ActionExtensionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        return self.filter(action__in=Action.objects.visible_to(user))


class ActionExtension(AppendOnlyModel):
    """One extension of an action's due date, with its reason."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="extensions")
    from_on = models.DateField("was due on")
    to_on = models.DateField("now due on")
    reason = models.TextField(max_length=2000)
    extended_at = models.DateTimeField(default=timezone.now)
    extended_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = ActionExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gt=F("from_on")), name="extension_gives_more_time")
        ]

    def __str__(self) -> str:
        return f"{self.from_on:%-d %B %Y} to {self.to_on:%-d %B %Y}"


class ActionEvidence(AuditedModel):
    """Evidence that an action is done. A provider gives a document; the council may also say what it saw."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.TextField("what it shows", max_length=1000)
    added_on = models.DateField("added on")
    added_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    history = history()
    timeline_related = ("document",)
    timeline_quiet = ("action", "added_by", "added_on")
    objects = OfActionQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["pk"]
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["action", "document"], name="document_once_an_action")]

    def __str__(self) -> str:
        return self.what
