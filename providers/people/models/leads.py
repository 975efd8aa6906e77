"""Who looks after a setting for a council, and who is away."""

import uuid

from django.db import models
from django.db.models import F, Q

from providers.directory.models import Setting
from providers.directory.models.dated import DatedQuerySet, ends_after_start
from providers.people.models.memberships import Membership
from providers.people.models.organisations import Organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel


class SettingLeadQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Return the council's own leads. Others are not told the names of its officers."""
        scope = scope_of(user)
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        return self.filter(council=scope.organisation_id)

    def not_over(self, on):
        """Return rows in force on the day, or to come."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=on) & Q(to_on__gt=F("from_on")))

    def with_names(self):
        return self.select_related("lead__person__details", "deputy__person__details")


class SettingLead(AuditedModel):
    """The lead officer of a setting at one council between two days, and who stands in when they are away."""

    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="leads")
    lead = models.ForeignKey(
        Membership, models.PROTECT, related_name="settings_led", verbose_name="lead officer"
    )
    deputy = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="settings_deputised"
    )
    from_on = models.DateField("first day")
    to_on = models.DateField("no longer from", null=True, blank=True)

    history = history()
    timeline_related = ("council", "setting__provision_type", "lead__organisation", "deputy__organisation")
    objects = SettingLeadQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "-from_on", "-pk"]
        verbose_name = "lead officer"
        constraints = [
            ends_after_start("setting_lead_ends_after_start"),
            models.CheckConstraint(condition=~Q(lead=F("deputy")), name="setting_lead_is_not_the_deputy"),
            models.UniqueConstraint(
                fields=["council", "setting"], condition=Q(to_on=None), name="one_lead_of_a_setting"
            ),
        ]

    def __str__(self) -> str:
        return f"Lead officer of {self.setting}"

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.setting)


class AbsenceQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """One's own; and those of colleagues for whoever names the leads."""
        scope = scope_of(user)
        seen = Q(membership__person=scope.person_id)
        if scope.may(Permission.MANAGE_LEADS):
            seen = Q()
        return self.filter(seen, membership__organisation=scope.organisation_id)

    def not_over(self, on):
        """Return absences of this day or to come; one that was called off has no days."""
        return self.filter(Q(to_on__gt=on) & Q(to_on__gt=F("from_on")))


class Absence(AuditedModel):
    """Somebody does not work between two days; `to_on` is the day they are back. Why is nobody's business."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="absences")
    from_on = models.DateField("first day away")
    to_on = models.DateField("back on")

    history = history()
    objects = AbsenceQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["from_on", "pk"]
        constraints = [ends_after_start("absence_ends_after_start")]

    def __str__(self) -> str:
        return f"Away from {self.from_on:%-d %B %Y}, back on {self.to_on:%-d %B %Y}"
