import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

DEFAULT_COLOUR = "#1f4e5f"


class AuthorityQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return all for anybody who acts for an organisation: authorities are public bodies."""
        return self if scope_of(user).organisation_id else self.none()

    def in_force(self, on):
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)

    def lineage(self, authority_id):
        """Return the authority and those it took over from: it hosts what they hosted."""
        return self.filter(Q(pk=authority_id) | Q(successions__successor=authority_id))


class Authority(AuditedModel):
    """An English council with children's services. Names are Ofsted's; codes are the ONS's (GSS).

    One that an import met for the first time has no code until an administrator gives it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    council_name = models.CharField("name of the council", max_length=120)
    ons_code = models.CharField(
        "ONS code", max_length=9, unique=True, null=True, blank=True, validators=[RegexValidator(r"^E\d{8}$")]
    )
    region = models.CharField(max_length=40, blank=True)
    colour = models.CharField(
        max_length=7,
        default=DEFAULT_COLOUR,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$")],
        help_text="Shown behind white text at the top of every page.",
    )
    started_on = models.DateField("first day", default="1974-04-01")
    ended_on = models.DateField("day it ended", null=True, blank=True)

    history = history()
    objects = AuthorityQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["name"]
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="authority_name_once"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("started_on")),
                name="authority_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AuthoritySuccession(AuditedModel):
    """`successor` took over from `predecessor` on a day: Cumbria's children became two councils' children."""

    predecessor = models.ForeignKey(Authority, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Authority, models.PROTECT, related_name="inheritances")
    on = models.DateField("day of the change")

    history = history()

    class Meta(AuditedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}"
