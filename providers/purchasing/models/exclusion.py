"""What a council found about the exclusion grounds and the debarment list, for one application."""

import uuid

from django.db import models
from django.db.models import Q

from providers.people.models import Membership
from providers.purchasing.models.applications import Application
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet


class ExclusionAssessmentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Councils that see the application; the provider once it has its letters."""
        seen = self.filter(application__in=Application.objects.visible_to(user))
        return seen.exclude(application__concluded_at=None) if scope_of(user).is_provider else seen

    def with_names(self):
        return self.select_related("assessed_by__person__details", "application__system__council")


class ExclusionAssessment(AppendOnlyModel):
    """One assessment under the Procurement Act 2023, by a named person. The newest counts; none is overwritten.

    An excluded supplier (section 57(1)) has a mandatory ground of Schedule 6 that continues or is likely to occur
    again, or is on the debarment list for one; an excludable supplier (57(2)) likewise with a discretionary ground
    of Schedule 7. `declared` holds the provider's answers that it rests on, with the keys of `declared_by_provider`.
    """

    class State(models.TextChoices):
        NO_GROUND = "no_ground", "No ground found"
        SELF_CLEANED = "self_cleaned", "Self-cleaned: a ground applies and is not likely to occur again"
        EXCLUDABLE = "excludable", "Excludable: a discretionary ground applies (Schedule 7)"
        EXCLUDED = "excluded", "Excluded: a mandatory ground applies (Schedule 6)"
        LISTED_DISCRETIONARY = "listed_discretionary", "On the debarment list for a discretionary ground"
        LISTED_MANDATORY = "listed_mandatory", "On the debarment list for a mandatory ground"

    BARRING = (State.EXCLUDED, State.LISTED_MANDATORY)
    """The council must exclude: the law leaves no discretion."""
    DISCRETIONARY = (State.EXCLUDABLE, State.LISTED_DISCRETIONARY)
    """The council may exclude, and says why when it does not."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="exclusion_assessments")
    state = models.CharField(max_length=24, choices=State.choices)
    grounds = models.TextField("which grounds, and of whom", blank=True)
    reason = models.TextField("reasons", blank=True)
    list_looked_on = models.DateField("debarment list looked at on")
    list_finding = models.TextField("what the debarment list said")
    review_on = models.DateField("to be reviewed on")
    declared = models.JSONField("declarations it rests on")
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = ExclusionAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assessed_ground_is_named",
                condition=Q(state="no_ground") | (~Q(grounds="") & ~Q(reason="")),
            ),
            models.CheckConstraint(name="debarment_list_finding_is_told", condition=~Q(list_finding="")),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def bars(self) -> bool:
        return self.state in self.BARRING

    @property
    def is_discretionary(self) -> bool:
        return self.state in self.DISCRETIONARY
