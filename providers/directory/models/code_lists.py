"""Code lists as data: what regulators and councils call things, from when to when.

A changed meaning gets a row of its own with its dates, so that old facts keep what they meant.
"""

from django.db import models
from django.db.models import Q

from providers.directory.models.dated import DatedQuerySet, ends_after_start
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel


class CodeQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self if scope_of(user).organisation_id else self.none()


class Code(AuditedModel):
    """`source` is where the fact was read; "Proposal" where it is ours and a council may change it."""

    # Where a file uses a word first, the word folded is its code; folding can turn one letter into three.
    code = models.CharField(max_length=600)
    label = models.CharField(max_length=200)
    from_on = models.DateField("in force from", null=True, blank=True)
    to_on = models.DateField("no longer in force from", null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CodeQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        abstract = True
        ordering = ["order", "label"]
        constraints = [
            ends_after_start("%(class)s_ends_after_start"),
            models.UniqueConstraint(fields=["code", "from_on"], name="%(class)s_starts_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(to_on=None), name="%(class)s_one_open_code"),
        ]

    def __str__(self) -> str:
        return self.label


class GradeScale(Code):
    """Scales are never averaged or mapped onto one another: a grade means something on its own scale only.

    `headline` is the judgement that stands for the whole inspection; blank where a scale has none.
    `sets_rating` tells full inspections' scales from those that only follow one up.
    """

    headline = models.CharField(max_length=60, blank=True)
    sets_rating = models.BooleanField(default=False)
    limiting = models.BooleanField("has limiting judgements", default=False)

    history = history()


class ScaleJudgement(AuditedModel):
    """One of the questions that an inspection on this scale answers with a grade."""

    scale = models.ForeignKey(GradeScale, models.PROTECT, related_name="judgements")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["scale", "code"], name="judgement_once_a_scale")]

    def __str__(self) -> str:
        return self.label


class Grade(AuditedModel):
    """`rank` 1 is the best of its scale; none for a word that is no better or worse ("Not assessed")."""

    scale = models.ForeignKey(GradeScale, models.PROTECT, related_name="grades")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    also_written = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    is_worst = models.BooleanField("the worst of its scale", default=False)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["scale", "rank"]
        constraints = [models.UniqueConstraint(fields=["scale", "code"], name="grade_once_a_scale")]

    def __str__(self) -> str:
        return self.label


class ProvisionType(Code):
    class InspectedAt(models.TextChoices):
        ESTABLISHMENT = "establishment", "Establishment"
        PROVIDER = "provider", "Provider"
        SCHOOL = "school", "School"

    ofsted_name = models.CharField("as Ofsted's files name it", max_length=200)
    inspected_at = models.CharField(max_length=20, choices=InspectedAt.choices, blank=True)
    framework = models.CharField(max_length=40, blank=True)
    scale = models.ForeignKey(
        GradeScale, models.PROTECT, null=True, blank=True, related_name="provision_types"
    )
    address_withheld = models.BooleanField(default=True)

    history = history()


class RegistrationState(Code):
    ofsted_name = models.CharField("as Ofsted's files name it", max_length=200)
    is_open = models.BooleanField("the service may run", default=False)

    history = history()


class InspectionType(Code):
    regime = models.CharField(max_length=40, blank=True)

    history = history()


class EnforcementType(Code):
    starts_a_case = models.BooleanField(default=False)
    review_weeks = models.PositiveSmallIntegerField(null=True, blank=True)

    history = history()


class Forum(Code):
    """A meeting that reads scorecards and packs."""

    history = history()


class AgencyKind(Code):
    """Who is asked, told or invited: partner agencies and the council's own services."""

    history = history()


class Clock(Code):
    """A time limit. It runs from the event that its label names."""

    class Unit(models.TextChoices):
        HOURS = "hours", "hours"
        WORKING_DAYS = "working_days", "working days"
        DAYS = "days", "calendar days"
        WEEKS = "weeks", "weeks"
        MONTHS = "months", "months"

    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=Unit.choices)

    history = history()
