"""How to reach the people of a setting, and what was said: held by councils and providers, never imported."""

import uuid

from django.db import models

from providers.directory.models.authorities import Authority
from providers.directory.models.dated import ends_after_start
from providers.directory.models.settings import OfSettingQuerySet, Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet


class SettingContact(AuditedModel):
    class Kind(models.TextChoices):
        REGISTERED_MANAGER = "registered_manager", "Registered manager"
        RESPONSIBLE_INDIVIDUAL = "responsible_individual", "Responsible individual"
        OUT_OF_HOURS = "out_of_hours", "Out-of-hours number"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    name = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("email address", blank=True)
    from_on = models.DateField("since")
    to_on = models.DateField("until", null=True, blank=True)

    history = history()
    objects = OfSettingQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "kind", "-from_on"]
        constraints = [ends_after_start("contact_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.setting}"


class ContactNoteQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the council's own notes, for roles that deal with providers; never for a provider's people."""
        scope = scope_of(user)
        if not (scope.is_council and scope.may(Permission.VIEW_EXTERNAL_PEOPLE)):
            return self.none()
        return self.filter(authority=scope.authority_id)


class ContactNote(AuditedModel):
    """What a council and a setting said to each other on a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="contact_notes")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="council")
    on = models.DateField("day of the contact")
    text = models.TextField()

    history = history()
    objects = ContactNoteQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"Note of {self.on:%-d %B %Y} on {self.setting}"
