import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.people.models.organisations import Organisation
from providers.people.models.persons import Person
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet


class SecondFactorResetQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Restricted: those who may reset, for their own organisation's people and the resets it made."""
        scope = scope_of(user)
        if not scope.may(Permission.RESET_SECOND_FACTOR):
            return self.none()
        return self.filter(Q(organisation=scope.organisation_id) | Q(by_organisation=scope.organisation_id))


class SecondFactorReset(AppendOnlyModel):
    """Somebody lost their second factor and another person, who knew who was asking, took it off."""

    class Known(models.TextChoices):
        IN_PERSON = "in_person", "In person, or I know their voice"
        CALLED_BACK = "called_back", "I called them back"

    class NumberFrom(models.TextChoices):
        CONTRACT = "contract", "The contract or application file"
        REGISTER = "register", "Ofsted's register or report"
        SWITCHBOARD = "switchboard", "The organisation's published number"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(Person, models.PROTECT, related_name="second_factor_resets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    known_by = models.CharField("how you know who asked", max_length=20, choices=Known.choices)
    number_from = models.CharField(
        "where the number came from", max_length=20, choices=NumberFrom.choices, blank=True
    )
    called_at = models.DateTimeField("when you called", null=True, blank=True)
    note = models.TextField("what was said", max_length=1000)

    objects = SecondFactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="call_back_is_recorded",
                condition=(Q(known_by="called_back", called_at__isnull=False) & ~Q(number_from=""))
                | Q(known_by="in_person", called_at=None, number_from=""),
            )
        ]

    def __str__(self) -> str:
        return f"Two-step verification reset {self.public_id}"
