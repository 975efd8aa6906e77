"""Who answers for a setting at a council, and who is away."""

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
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet


class SettingLeadQuerySet(DatedQuerySet):
    def visible_to(self, user):
        scope = scope_of(user)
        if not (scope.is_council and scope.may(Permission.VIEW_CASES)):
            return self.none()
        return self.filter(council=scope.organisation_id)


class SettingLead(AuditedModel):
    """A council's lead officer and deputy for one setting between two days."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="leads")
    lead = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="lead officer")
    deputy = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField("first day")
    to_on = models.DateField("ended on", null=True, blank=True)

    history = history()
    timeline_related = ("council", "setting", "lead__person__details", "deputy__person__details")
    objects = SettingLeadQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        constraints = [
            ends_after_start("setting_lead_ends_after_start"),
            models.CheckConstraint(condition=~Q(lead=F("deputy")), name="deputy_is_somebody_else"),
            models.UniqueConstraint(
                fields=["council", "setting"], condition=Q(to_on=None), name="one_lead_of_a_setting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead.person} for {self.setting}"


class AbsenceQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """One's own; and one's colleagues', for whoever shares out the leads."""
        scope = scope_of(user)
        if scope.organisation_id is None:
            return self.none()
        seen = Q(membership__person=scope.person_id)
        if scope.may(Permission.MANAGE_LEADS):
            seen |= Q(membership__organisation=scope.organisation_id)
        return self.filter(seen)

    def on(self, day):
        return self.filter(from_on__lte=day, to_on__gte=day, cancelled_on=None)


class Absence(AuditedModel):
    """Somebody is away, from the first to the last day. Why is nobody's business here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="absences")
    from_on = models.DateField("first day away")
    to_on = models.DateField("last day away")
    cancelled_on = models.DateField(null=True, blank=True)

    history = history()
    timeline_related = ("membership__person__details",)
    objects = AbsenceQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="absence_ends_on_or_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.person} away {self.from_on} to {self.to_on}"
