"""Who carries on the services: groups of providers, providers, and names found to be one."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from providers.directory.fields import NameKeyField
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

LONGEST_NAME = 200


class ProviderGroupQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self if scope_of(user).organisation_id else self.none()


class ProviderGroup(AuditedModel):
    """The parent undertaking of several providers."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)

    history = history()
    objects = ProviderGroupQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="provider_group_name_once")]

    def __str__(self) -> str:
        return self.name


class ProviderQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Ofsted publishes who owns each service: whoever acts for somebody sees them."""
        return self if scope_of(user).organisation_id else self.none()

    def active(self):
        """Return providers without the names that were merged into another."""
        return self.filter(merger=None)

    def one_with(self, provider_id):
        """Return the provider and the names that were merged into it."""
        return self.filter(Q(pk=provider_id) | Q(merger__into=provider_id))

    def every_name_of(self, providers):
        """Return every name of `providers`, ids or a query of them: merged into them, or what they were merged into."""
        same = Q(pk__in=providers) | Q(merger__into__in=providers)
        merged = Q(mergers__merged__in=providers) | Q(merger__into__mergers__merged__in=providers)
        return self.filter(same | merged)


class Provider(AuditedModel):
    """The legal person that carries on the service: an exact name, until a person merges two."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    # Three times as long, because folding can turn one letter into three.
    name_key = NameKeyField(max_length=3 * LONGEST_NAME, unique=True, editable=False)
    company_number = models.CharField(
        max_length=8, blank=True, validators=[RegexValidator(r"^([A-Z]{2}\d{6}|\d{8})$")]
    )
    group = models.ForeignKey(ProviderGroup, models.PROTECT, null=True, blank=True, related_name="providers")

    history = history()
    objects = ProviderQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["company_number"], condition=~Q(company_number=""), name="company_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def present(self) -> "Provider":
        """Itself, or the provider that its name was merged into."""
        return self.merger.into if hasattr(self, "merger") else self


class ProviderMerger(AuditedModel):
    """A person confirmed that two names are one provider.

    Nothing is moved: what the merged name owns counts as the other's, so a merger that was wrong is undone
    by deleting this row.
    """

    merged = models.OneToOneField(Provider, models.PROTECT, related_name="merger")
    into = models.ForeignKey(Provider, models.PROTECT, related_name="mergers")
    on = models.DateField("confirmed on")
    reason = models.TextField()

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(merged=F("into")), name="merger_of_two_providers")]

    def __str__(self) -> str:
        return f"{self.merged} into {self.into}"
