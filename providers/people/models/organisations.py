import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from providers.directory.models import Authority, Provider
from providers.directory.models.dated import DatedQuerySet, ends_after_start, in_force
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind, scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet
from qa_portal.core.dates import today


class OrganisationQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Councils see councils (public bodies), providers, and the agencies they work with.

        Agencies see themselves and the councils they work with; providers see themselves.
        """
        scope = scope_of(user)
        own = Q(pk=scope.organisation_id)
        if scope.may(Permission.MANAGE_INSTALLATION):
            return self
        if scope.is_council:
            partners = Partnership.objects.filter(in_force(today()), council=scope.organisation_id)
            return self.filter(
                own
                | Q(kind__in=[OrganisationKind.COUNCIL, OrganisationKind.PROVIDER])
                | Q(pk__in=partners.values("agency"))
            )
        if scope.is_agency:
            partners = Partnership.objects.filter(in_force(today()), agency=scope.organisation_id)
            return self.filter(own | Q(pk__in=partners.values("council")))
        return self.filter(own) if scope.organisation_id else self.none()

    def councils(self):
        return self.filter(kind=OrganisationKind.COUNCIL)


class Organisation(AuditedModel):
    """A council, a provider or a partner agency: what people act for."""

    class Kind(models.TextChoices):
        COUNCIL = OrganisationKind.COUNCIL.value, "Council"
        PROVIDER = OrganisationKind.PROVIDER.value, "Provider"
        AGENCY = OrganisationKind.AGENCY.value, "Partner agency"

    class AgencyKind(models.TextChoices):
        ICB = "icb", "Integrated care board"
        POLICE = "police", "Police"
        LADO = "lado", "LADO service"
        VIRTUAL_SCHOOL = "virtual_school", "Virtual School"
        SAFEGUARDING = "safeguarding", "Safeguarding partnership"
        YOUNG_PEOPLE = "young_people", "Young people's group"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    authority = models.OneToOneField(
        Authority, models.PROTECT, null=True, blank=True, related_name="organisation"
    )
    provider = models.OneToOneField(
        Provider, models.PROTECT, null=True, blank=True, related_name="organisation"
    )
    agency_kind = models.CharField("kind of agency", max_length=20, choices=AgencyKind.choices, blank=True)

    history = history()
    objects = OrganisationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("kind", Lower("name"), name="organisation_name_once"),
            models.CheckConstraint(
                name="organisation_is_what_its_kind_says",
                condition=Q(kind="council", authority__isnull=False, provider=None, agency_kind="")
                | Q(kind="provider", authority=None, provider__isnull=False, agency_kind="")
                | (Q(kind="agency", authority=None, provider=None) & ~Q(agency_kind="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partnership(AuditedModel):
    """An agency works with a council between two days: what lets each see the other."""

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_on = models.DateField("first day")
    to_on = models.DateField("ended on", null=True, blank=True)

    history = history()

    class Meta(AuditedModel.Meta):
        constraints = [
            ends_after_start("partnership_ends_after_start"),
            models.UniqueConstraint(
                fields=["agency", "council"], condition=Q(to_on=None), name="one_open_partnership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} with {self.council}"


class ShareQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Both councils of a share see it, when they look after sharing or may see colleagues."""
        scope = scope_of(user)
        if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
            return self.none()
        return self.filter(Q(owner=scope.organisation_id) | Q(reader=scope.organisation_id))


class Share(AuditedModel):
    """Cases have one owner council. This lets another council read the owner's cases of one kind for a time."""

    class Kind(models.TextChoices):
        VISITS = "visits", "Monitoring visits"
        RATINGS = "ratings", "Ofsted grades"
        ISSUES = "issues", "Contract issues"
        APPLICATIONS = "applications", "Applications to purchasing systems"
        SCORECARDS = "scorecards", "Scorecards"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shares_given", verbose_name="shared by"
    )
    reader = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shares_received", verbose_name="shared with"
    )
    kind = models.CharField("what is shared", max_length=20, choices=Kind.choices)
    from_on = models.DateField("first day")
    to_on = models.DateField("ended on", null=True, blank=True)

    history = history()
    objects = ShareQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["reader__name", "kind", "-from_on"]
        constraints = [
            ends_after_start("share_ends_after_start"),
            models.CheckConstraint(condition=~Q(owner=F("reader")), name="share_with_another_council"),
            models.UniqueConstraint(
                fields=["owner", "reader", "kind"], condition=Q(to_on=None), name="one_open_share_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} with {self.reader}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.get_kind_display()} with {row.reader}"
