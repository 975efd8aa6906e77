import uuid

from django.db import models
from django.db.models import Q

from providers.directory.models.dated import ends_after_start, in_force
from providers.people import roles
from providers.people.models.organisations import Organisation, Partnership
from providers.people.models.persons import Person
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind, scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet
from qa_portal.core.dates import today


class MembershipQuerySet(AuditedQuerySet):
    def in_force(self, on=None):
        return self.filter(in_force(on or today()))

    def visible_to(self, user):
        """Colleagues of one's own organisation; for councils also people of providers and partner agencies.

        An installation administrator sees the administrators of every council, and nobody else's people.
        """
        scope = scope_of(user)
        seen = Q(pk__in=[])
        if scope.may(Permission.VIEW_COLLEAGUES):
            seen |= Q(organisation=scope.organisation_id)
        if scope.may(Permission.VIEW_EXTERNAL_PEOPLE):
            seen |= external_people(scope)
        if scope.may(Permission.MANAGE_INSTALLATION):
            seen |= Q(role__in=[roles.CouncilAdministrator.key, roles.InstallationAdministrator.key])
        return self.filter(seen)

    def with_names(self):
        return self.select_related("person__details", "person__user", "organisation__authority")


def external_people(scope) -> Q:
    """People of providers and, for a council, of the agencies that work with it."""
    seen = Q(pk__in=[])
    if scope.is_council:
        partners = Partnership.objects.filter(in_force(today()), council=scope.organisation_id)
        seen |= Q(organisation__kind=OrganisationKind.PROVIDER)
        seen |= Q(organisation__in=partners.values("agency"))
    return seen


class Membership(AuditedModel):
    """A person holds a role at an organisation between two days."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=roles.CHOICES)
    from_on = models.DateField("first day")
    to_on = models.DateField("ended on", null=True, blank=True)

    history = history()
    timeline_related = ("person__details", "organisation")
    objects = MembershipQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["person__details__full_name", "pk"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(to_on=None),
                name="one_open_membership_of_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.person}, {row.get_role_display()}"

    @property
    def is_in_force(self) -> bool:
        return self.from_on <= today() and (self.to_on is None or self.to_on > today())
