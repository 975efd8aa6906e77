import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.directory.models import Provider, Setting, SettingOwnership
from providers.directory.models.dated import in_force
from providers.people import roles
from providers.people.models.memberships import Membership
from providers.people.models.organisations import Organisation, Partnership
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind, scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.dates import today


def invited_elsewhere(user) -> Q:
    """Return the condition for invitations to a provider or agency that the user's council sent or looks after."""
    scope = scope_of(user)
    if not scope.is_council:
        return Q(pk__in=[])
    hosted = SettingOwnership.objects.in_force(today()).filter(
        setting__in=Setting.objects.looked_after_by(user)
    )
    owners = Provider.objects.every_name_of(hosted.order_by().values("provider")).values("pk")
    partners = Partnership.objects.filter(in_force(today()), council=scope.organisation_id)
    ours = (
        Q(responsible__organisation=scope.organisation_id)
        | Q(organisation__provider__in=owners)
        | Q(organisation__in=partners.values("agency"))
    )
    return ours & ~Q(organisation__kind=OrganisationKind.COUNCIL)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who may invite somebody there see who has been invited there."""
        scope = scope_of(user)
        seen = Q(pk__in=[])
        if scope.may(Permission.MANAGE_COLLEAGUES):
            seen |= Q(organisation=scope.organisation_id)
        if scope.may(Permission.INVITE_PROVIDER_PEOPLE) or scope.may(Permission.INVITE_AGENCY_PEOPLE):
            seen |= invited_elsewhere(user)
        if scope.may(Permission.MANAGE_INSTALLATION):
            seen |= Q(role__in=[roles.CouncilAdministrator.key, roles.InstallationAdministrator.key])
        return self.filter(seen)

    def open(self):
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """An e-mail address may take a role at an organisation, once, until a moment.

    Operational: it holds an address that must be removable. The membership it leads to is the audited fact.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("work email address", max_length=254)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=40, choices=roles.CHOICES)
    responsible = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = at_field(editable=True)
    accepted_by = by_field(editable=True)
    withdrawn_at = at_field(editable=True)
    withdrawn_by = by_field(editable=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            paired_constraint("invitation", "accepted"),
            paired_constraint("invitation", "withdrawn"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.organisation}"

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "Accepted"
        if self.withdrawn_at:
            return "Withdrawn"
        if self.expires_at <= timezone.now():
            return "Expired"
        return "Sent" if self.sent_at else "Not sent"

    @property
    def is_open(self) -> bool:
        return self.state in {"Sent", "Not sent"}
