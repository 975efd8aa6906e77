"""The outbox: what is to be told to whom, written with the facts themselves and sent by due work."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.directory.models import Provider, Setting
from providers.notifications.kinds import DIGEST, KINDS, restricted_kinds
from providers.people.models import Membership, Organisation, Person
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

HELD = "HeldAfterRestore"
"""Stands where a message has its kind of error: it may have been mailed before the database was restored."""


def host() -> str:
    """Return the host for Message-IDs and calendar entries."""
    return urlsplit(settings.PORTAL_URL).hostname or "localhost"


class NotificationQuerySet(models.QuerySet):
    def addressed_to(self, user):
        """One's own, for the organisation acted for."""
        scope = scope_of(user)
        return self.filter(to__person=scope.person_id, to__organisation=scope.organisation_id)

    def visible_to(self, user):
        """One's own; for those who see cases also colleagues', and what their council has told others."""
        scope = scope_of(user)
        seen = Q(to__person=scope.person_id, to__organisation=scope.organisation_id)
        if scope.may(Permission.VIEW_CASES):
            ours = Q(to__organisation=scope.organisation_id)
            if scope.is_council:
                ours |= Q(council=scope.organisation_id)
            seen |= ours & ~Q(kind__in=restricted_kinds())
        return self.filter(seen)

    def looked_after_by(self, user):
        """Return messages for whoever must know that mail does not arrive: administrators of the installation and of a council."""
        scope = scope_of(user)
        if scope.may(Permission.MANAGE_INSTALLATION):
            return self
        if scope.is_council and scope.may(Permission.MANAGE_COLLEAGUES):
            return self.filter(to__organisation=scope.organisation_id)
        return self.none()

    def due(self, at):
        return self.filter(state=Notification.State.WAITING, next_try_at__lte=at)

    def for_the_digest(self):
        return self.filter(state=Notification.State.DIGEST, part_of=None)

    def may_have_left(self, before):
        """Return messages that wait in a restored database and were due before the moment `before`."""
        waiting = Q(state=Notification.State.WAITING, next_try_at__lte=before)
        return self.filter(waiting | Q(pk__in=self.for_the_digest().filter(created_at__lte=before)))

    def without_digests(self):
        return self.exclude(kind=DIGEST.key)

    def with_names(self):
        return self.select_related(
            "to__person__details", "to__organisation", "setting__provision_type", "part_of"
        )


class Notification(models.Model):
    """One message to one person, as one `key`. A daily digest is a message too: its items are `part_of` it.

    Operational: its state follows the mail server. Holds no name and nobody's own words.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "On its way"
        SENT = "sent", "Mailed"
        DIGEST = "digest", "For the daily digest"
        OFF = "off", "Not mailed: switched off by its reader"
        LEFT = "left", "Not mailed: its reader is no longer in post"
        DEAD = "dead", "Could not be delivered"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(Membership, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)
    council = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, blank=True, related_name="messages")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="messages")
    subject_kind = models.CharField("kind of record", max_length=30, blank=True)
    subject_id = models.UUIDField("record", null=True, blank=True)
    path = models.CharField("page it leads to", max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    invitation = models.TextField("calendar entry", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="items")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField("kind of error", max_length=60, blank=True)
    message_id = models.CharField("Message-ID", max_length=120, editable=False)
    subject = models.CharField("subject line as mailed", max_length=200, blank=True)
    body = models.TextField("text as mailed", blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="messages_due"),
            models.Index(fields=["to", "-created_at"], name="messages_of_somebody"),
            models.Index(fields=["setting", "-created_at"], name="messages_of_a_setting"),
            models.Index(fields=["subject_kind", "subject_id"], name="messages_of_a_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_try_at__isnull=False), name="message_waits_until"
            ),
            models.CheckConstraint(
                condition=Q(part_of=None) | Q(state="digest"), name="message_in_a_digest_for_the_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its kind in the reader's words; a kind that is gone keeps the line that was mailed."""
        kind = KINDS.get(self.kind)
        return kind.label_for(self.to.organisation.kind) if kind else (self.subject or "Message")

    @property
    def told(self) -> str:
        """Return in words how the message reached its reader."""
        if self.part_of:
            return f"In the daily digest. {self.part_of.told}"
        if self.is_held:
            return "Held after the database was restored: it may have been mailed before"
        if self.state == self.State.WAITING and self.error:
            return f"Not delivered yet, tried {self.attempts} time{'' if self.attempts == 1 else 's'}"
        return self.get_state_display()

    @property
    def is_held(self) -> bool:
        return self.error == HELD and self.state == self.State.DEAD

    @property
    def address(self) -> str:
        return settings.PORTAL_URL + self.path if self.path else ""


class NotificationPreferenceQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """One's own, for whatever organisation one acts."""
        return self.filter(person=scope_of(user).person_id)


class NotificationPreference(AuditedModel):
    """How somebody wants messages of one kind. Audited: it explains why a reminder was not mailed."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "By mail at once"
        DIGEST = "digest", "In the daily digest"
        OFF = "off", "No mail"

    person = models.ForeignKey(Person, models.PROTECT, related_name="message_preferences")
    kind = models.CharField("kind of message", max_length=40)
    how = models.CharField("how", max_length=10, choices=How.choices)

    history = history()
    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_how_display()}"
