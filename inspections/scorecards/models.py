"""Tables of the scorecard's definitions: weights, bands and points, and from when.

`scoring` has the arithmetic.

One version is one set of rows. Points are basis points of 10,000, weights whole per cents, windows days.
"""

from django.db import models
from django.db.models import F, Q

from inspections.issues.models import IssueStage
from inspections.scorecards.scoring.arithmetic import WHOLE, Band
from providers.directory.models import Grade, ProvisionType
from providers.documents.document_kinds import DocumentKind
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

RATED = [(band.value, band.value.capitalize()) for band in (Band.RED, Band.AMBER, Band.GREEN)]


def points_up_to_the_whole(name: str, field: str = "points") -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__lte": WHOLE}), name=name)


class ScorecardDefinitionQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return all definitions to anybody with a role: nobody's score is kept by secret rules."""
        return self if scope_of(user).organisation_id else self.none()

    def in_force(self, on):
        """Return the versions in force on the day, the newest first."""
        return self.filter(from_on__lte=on).order_by("-version")


class ScorecardDefinition(AuditedModel):
    """One version of the definition.

    `source` says where it was read; both approvals are empty for the one that comes with the portal.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    from_on = models.DateField("in force from")
    coverage_floor = models.PositiveSmallIntegerField("coverage below which there is no rating, per cent")
    source = models.CharField(max_length=300)
    approved_at = at_field("approved at", editable=True)
    approved_by = by_field(editable=True)
    second_approved_at = at_field("approved by a second person at", editable=True)
    second_approved_by = by_field(editable=True)

    history = history()
    objects = ScorecardDefinitionQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=Q(coverage_floor__lte=100), name="coverage_floor_in_per_cent"),
            *(paired_constraint("definition", what) for what in ("approved", "second_approved")),
            models.CheckConstraint(
                condition=Q(second_approved_by=None)
                | (Q(approved_by__isnull=False) & ~Q(second_approved_by=F("approved_by"))),
                name="definition_approved_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Scorecard definition, version {self.version}"


class ScorecardDomain(AuditedModel):
    """One domain. Data older than `stale_after_days` is stale; data from before `window_days` is ignored."""

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="domains")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=100)
    weight = models.PositiveSmallIntegerField("weight in per cent")
    stale_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "code"], name="domain_once_a_definition"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="domain_weight_in_per_cent"),
        ]

    def __str__(self) -> str:
        return self.label


class ScorecardBand(AuditedModel):
    """A range of points with its band; both ends belong to it."""

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="bands")
    band = models.CharField(max_length=15, choices=RATED)
    from_points = models.PositiveSmallIntegerField()
    to_points = models.PositiveSmallIntegerField()

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "from_points"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "band"], name="band_once_a_definition"),
            points_up_to_the_whole("band_within_the_whole", "to_points"),
        ]

    def __str__(self) -> str:
        return self.get_band_display()


class GradePoints(AuditedModel):
    """The points of a regulator's grade. A grade without a row is not comparable, and has no points."""

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="grade_points")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "grade"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "grade"], name="grade_points_once_a_definition"),
            points_up_to_the_whole("grade_points_within_the_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.grade}: {self.points}"


class StagePoints(AuditedModel):
    """The points left if the highest open contract issue is at this stage."""

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="stage_points")
    stage = models.ForeignKey(IssueStage, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "stage"], name="stage_points_once_a_definition"),
            points_up_to_the_whole("stage_points_within_the_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.points}"


class InspectionCycle(AuditedModel):
    """How long the regulator's judgement is current for one type of provision."""

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="cycles")
    provision_type = models.ForeignKey(ProvisionType, models.PROTECT, related_name="+")
    stale_after_days = models.PositiveSmallIntegerField()

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "provision_type"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "provision_type"], name="cycle_once_a_type")
        ]

    def __str__(self) -> str:
        return f"{self.provision_type}: {self.stale_after_days} days"


class ExpectedDocument(AuditedModel):
    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="documents")
    kind = models.CharField("what it is", max_length=30, choices=DocumentKind.choices)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "pk"]
        constraints = [models.UniqueConstraint(fields=["definition", "kind"], name="document_expected_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class LimitingRule(AuditedModel):
    """A rule that caps the band. A rule without a row does not limit."""

    class Rule(models.TextChoices):
        INADEQUATE = "inadequate", "The regulator gave its lowest judgement"
        OUTCOME_3 = "outcome_3", "Serious or widespread weaknesses in supported accommodation"
        SUSPENDED = "registration_suspended", "The registration is suspended"
        RESTRICTED = "accommodation_restricted", "Accommodation is restricted"
        PLACEMENTS = "placements_suspended", "A council has suspended new placements"
        KEY_QUESTION = "key_question", "A key question was not met"
        LIMITING_STANDARD = "limiting_standard", "A limiting standard was not met"

    definition = models.ForeignKey(ScorecardDefinition, models.PROTECT, related_name="rules")
    rule = models.CharField(max_length=30, choices=Rule.choices)
    cap = models.CharField("nothing better than", max_length=15, choices=RATED)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["definition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "rule"], name="limiting_rule_once_a_definition")
        ]

    def __str__(self) -> str:
        return self.get_rule_display()
