"""A setting is one registration with the regulator, and what councils and providers know of it."""

import uuid

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from providers.directory import visibility_reasons
from providers.directory.models.authorities import Authority
from providers.directory.models.code_lists import ProvisionType, RegistrationState
from providers.directory.models.dated import DatedQuerySet, ends_after_start
from providers.directory.models.organisations import Provider
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

COUNCIL_SECTOR = "Local Authority"


class SettingQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the whole register, which is public, with the name of each setting that the person may know.

        Addresses: `with_address_rule`.
        """
        if not scope_of(user).organisation_id:
            return self.none()
        return self.with_name_rule(user).exclude(visibility_reasons.unlisted())

    def known_to(self, user):
        """Return those whose addresses, contacts and premises the person may see."""
        return self.filter(visibility_reasons.known_to(scope_of(user)))

    def looked_after_by(self, user):
        """Return those whose shared facts the person's organisation answers for: as its provider or its host."""
        return self.filter(visibility_reasons.looked_after_by(scope_of(user)))

    def with_address_rule(self, user):
        """Annotates `may_see_address`; the address of an agency's office is public."""
        return self.annotate(may_see_address=self._open_or(visibility_reasons.known_to(scope_of(user))))

    def with_name_rule(self, user):
        """Annotates `may_know_name`: Ofsted publishes no children's home's name, and nor do we (ADR 19)."""
        return self.annotate(may_know_name=self._open_or(visibility_reasons.known_by_name_to(user)))

    def _open_or(self, known: Q):
        among = type(self)(self.model).filter(known).filter(pk=OuterRef("pk"))
        return Case(
            When(provision_type__address_withheld=False, then=Value(True)),
            default=Exists(among),
            output_field=models.BooleanField(),
        )

    def with_names(self):
        return self.select_related("provision_type", "registration_state", "authority")

    def with_owner(self, on):
        """Annotates `owner_id` and `owner_name`: who owned it that day, under its present name."""
        owners = (
            SettingOwnership.objects.in_force(on)
            .filter(setting=OuterRef("pk"))
            .annotate(
                present=Case(When(provider__merger=None, then="provider"), default="provider__merger__into")
            )
        )
        named = Provider.objects.filter(pk=OuterRef("owner_id")).values("name")
        return self.annotate(owner_id=Subquery(owners.values("present")[:1])).annotate(
            owner_name=Subquery(named[:1])
        )

    def owned_by(self, provider_id, on):
        owned = SettingOwnership.objects.in_force(on).filter(
            provider__in=Provider.objects.one_with(provider_id)
        )
        return self.filter(pk__in=owned.values("setting"))

    def in_footprint(self, authority_id):
        """Hosted by the authority, or by one that it took over from."""
        return self.filter(authority__in=Authority.objects.lineage(authority_id))

    def in_house(self):
        """Owned by a council, as Ofsted publishes it."""
        return self.filter(sector__iexact=COUNCIL_SECTOR)


class Setting(AuditedModel):
    """Fields before `working_name` are the regulator's and follow the newest file; the rest no import touches."""

    class Regulator(models.TextChoices):
        OFSTED = "ofsted", "Ofsted"
        CQC = "cqc", "Care Quality Commission"
        SCOTLAND = "scotland", "Care Inspectorate (Scotland)"
        WALES = "wales", "Care Inspectorate Wales"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    urn = models.CharField("URN", max_length=20, unique=True)
    regulator = models.CharField(max_length=10, choices=Regulator.choices, default=Regulator.OFSTED)
    education_urn = models.CharField("linked education URN", max_length=200, blank=True)
    provision_type = models.ForeignKey(
        ProvisionType, models.PROTECT, null=True, blank=True, related_name="settings"
    )
    registration_state = models.ForeignKey(
        RegistrationState, models.PROTECT, null=True, blank=True, related_name="settings"
    )
    registered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="settings",
        verbose_name="host authority",
    )
    sector = models.CharField(max_length=200, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    premises_count = models.PositiveIntegerField(null=True, blank=True)
    short_break_only = models.BooleanField(default=False)
    multi_building = models.BooleanField(default=False)
    conditions = models.TextField(blank=True)
    ofsted_name = models.CharField("name as published", max_length=200, blank=True)
    ofsted_address = models.TextField("address as published", blank=True)
    ofsted_postcode = models.CharField("postcode as published", max_length=200, blank=True)
    working_name = models.CharField(max_length=200, blank=True)
    working_address = models.TextField(blank=True)
    working_postcode = models.CharField(max_length=10, blank=True)

    history = history()
    objects = SettingQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["urn"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Return what the reader may call it: the working name only where `with_name_rule` did not say no.

        A setting that is reached through a case has not been asked about: its reader has the case.
        Its type is looked up only where neither name is known: pages list many settings without
        their types.
        """
        told = self.working_name if self.__dict__.get("may_know_name", True) else ""
        if known := told or self.ofsted_name:
            return known
        return withheld_name(self.provision_type.label if self.provision_type else "", self.urn)

    @property
    def address(self) -> str:
        """Return the address; ask only for those who `may_see_address`."""
        lines = self.working_address or self.ofsted_address
        return ", ".join(filter(None, [lines, self.working_postcode or self.ofsted_postcode]))


def withheld_name(kind: str, urn: str) -> str:
    """Return what to call a setting that neither Ofsted nor anybody here gave a name; `kind` may be blank."""
    return f"{kind or 'Setting'} {urn} (name withheld by Ofsted)"


class OfSettingQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(setting__in=Setting.objects.known_to(user))


class SettingOwnershipQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self if scope_of(user).organisation_id else self.none()


class SettingOwnership(AuditedModel):
    """Begins with the first file that says so: who owned it before is not known."""

    setting = models.ForeignKey(Setting, models.PROTECT, related_name="ownerships")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="ownerships")
    from_on = models.DateField("first day known")
    to_on = models.DateField("no longer from", null=True, blank=True)

    history = history()
    objects = SettingOwnershipQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "-from_on"]
        constraints = [
            ends_after_start("ownership_ends_after_start"),
            models.UniqueConstraint(
                fields=["setting"], condition=Q(to_on=None), name="one_owner_of_a_setting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.setting} owned by {self.provider}"


class Premises(AuditedModel):
    """An address used by a supported-accommodation provider, whose registration covers many."""

    class Category(models.TextChoices):
        SELF_CONTAINED = "1", "1 Self-contained"
        SHARED_RING_FENCED = "2", "2 Shared or group, looked-after children and care leavers only"
        SHARED_OPEN = "3", "3 Shared or group, not limited to them"
        LODGINGS = "4", "4 Supported lodgings"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="premises")
    name = models.CharField(max_length=200, blank=True)
    address = models.TextField()
    postcode = models.CharField(max_length=10)
    category = models.CharField(max_length=1, choices=Category.choices, blank=True)
    from_on = models.DateField("in use from")
    to_on = models.DateField("no longer in use from", null=True, blank=True)

    history = history()
    objects = OfSettingQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "postcode"]
        verbose_name_plural = "premises"
        constraints = [ends_after_start("premises_end_after_start")]

    def __str__(self) -> str:
        return self.name or f"Premises in {self.postcode}"
