"""Campaigns, the self-assessments of providers, and the council's view of each answer."""

import uuid

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from inspections.question_sets.grades import SCORES, AnswerGrade
from inspections.question_sets.models import Answer, Question, QuestionSetVersion
from providers.directory.models import Provider, Setting
from providers.people.models import Membership, Organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet, AuditedModel, AuditedQuerySet
from qa_portal.core.dates import today


class CampaignQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the reader's council's own campaigns.

        They are not shared, and providers see only their self-assessments.
        """
        scope = scope_of(user)
        if not (scope.is_council and scope.may(Permission.VIEW_CASES)):
            return self.none()
        return self.filter(council=scope.organisation_id)


class Campaign(AuditedModel):
    """A council asks the providers of some settings the same questions, in a version that stays the same."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=120)
    version = models.ForeignKey(QuestionSetVersion, models.PROTECT, related_name="campaigns")
    opens_on = models.DateField("opens on")
    due_on = models.DateField("answers due on")
    validation_due_on = models.DateField("validation due on")
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    history = history()
    objects = CampaignQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "name"], name="campaign_name_once_a_council"),
            models.CheckConstraint(
                condition=Q(opens_on__lt=F("due_on"), due_on__lt=F("validation_due_on")),
                name="campaign_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opens_on <= today()


class State(models.TextChoices):
    WITH_PROVIDER = "with_provider", "With the provider"
    SUBMITTED = "submitted", "To validate"
    RETURNED = "returned", "Returned to the provider"
    VALIDATED = "validated", "Completed"
    NOT_RETURNED = "not_returned", "Never submitted"


FOR_PROVIDER = {
    State.WITH_PROVIDER: "To answer",
    State.SUBMITTED: "Submitted",
    State.RETURNED: "Returned to you",
    State.VALIDATED: "Completed",
    State.NOT_RETURNED: "Closed: never submitted",
}
MOVES = {
    State.WITH_PROVIDER: {State.SUBMITTED, State.NOT_RETURNED},
    State.SUBMITTED: {State.RETURNED, State.VALIDATED},
    State.RETURNED: {State.SUBMITTED, State.NOT_RETURNED},
    State.VALIDATED: set(),
    State.NOT_RETURNED: set(),
}
ANSWERABLE = (State.WITH_PROVIDER, State.RETURNED)


class SelfAssessmentQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return those of the council's campaigns, or the provider's own once the campaign is open."""
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_council:
            return self.filter(campaign__council=scope.organisation_id)
        if scope.is_provider:
            own = Provider.objects.one_with(scope.provider_id)
            return self.filter(provider__in=own, campaign__opens_on__lte=today())
        return self.none()

    def answerable(self):
        return self.filter(state__in=ANSWERABLE)

    def overdue(self, on):
        return self.answerable().filter(due_on__lt=on, campaign__opens_on__lte=on)

    def with_progress(self):
        """Annotate `answered` (questions with an answer) and `was_late` (in any round)."""
        given = SelfAssessmentAnswer.objects.given().filter(assessment=OuterRef("pk")).order_by()
        late = Submission.objects.filter(assessment=OuterRef("pk"), is_late=True)
        counted = given.values("assessment").annotate(number=Count("pk")).values("number")
        return self.annotate(answered=Coalesce(Subquery(counted), 0), was_late=Exists(late))


class SelfAssessment(AuditedModel):
    """One setting in a campaign. `provider` is who owned it when the campaign opened.

    `round` and `due_on` are of the current round: a return starts the next one with a date of its own.
    `overdue_at` is when the portal noted that the current round is overdue.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assessments")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="self_assessments")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="self_assessments")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WITH_PROVIDER)
    round = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField("due on")
    overdue_at = models.DateTimeField("marked as overdue", null=True, blank=True)
    returned_at = at_field(editable=True)
    returned_by = by_field(editable=True)
    return_reason = models.TextField("reason for the return", blank=True)
    validated_at = at_field(editable=True)
    validated_by = by_field(editable=True)

    history = history()
    objects = SelfAssessmentQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["campaign", "pk"]
        verbose_name = "self-assessment"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "setting"], name="setting_once_a_campaign"),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None, return_reason="")
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(return_reason="")),
                name="self_assessment_returned_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state="validated", validated_at__isnull=False, validated_by__isnull=False)
                | (~Q(state="validated") & Q(validated_at=None, validated_by=None)),
                name="self_assessment_validated_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(round=1, returned_at=None) | Q(round__gt=1, returned_at__isnull=False),
                name="self_assessment_second_round_was_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"Self-assessment of {self.setting}"

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.setting)

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE and self.campaign.is_open

    @property
    def is_overdue(self) -> bool:
        return self.is_answerable and self.due_on < today()


TOLD_TO_COUNCIL = (State.SUBMITTED, State.VALIDATED)


class SelfAssessmentAnswerQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the provider's own answers at any time; to the council, submitted ones only."""
        seen = self.filter(assessment__in=SelfAssessment.objects.visible_to(user))
        if scope_of(user).is_council:
            return seen.filter(assessment__state__in=TOLD_TO_COUNCIL)
        return seen

    def given(self):
        """Return the answers that say something; a withdrawn answer leaves an empty row."""
        return self.exclude(grade="", value=None)


class SelfAssessmentAnswer(Answer):
    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, related_name="answers")

    history = history()
    timeline_related = ("question", "answered_by")
    objects = SelfAssessmentAnswerQuerySet.as_manager()

    class Meta(Answer.Meta):
        verbose_name = "answer"
        constraints = [
            *Answer.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "question"], name="self_assessment_answers_a_question_once"
            ),
        ]


class Submission(AppendOnlyModel):
    """The provider's receipt for one round."""

    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    due_on = models.DateField()
    is_late = models.BooleanField("after the day it was due")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "-round"]
        constraints = [models.UniqueConstraint(fields=["assessment", "round"], name="submitted_once_a_round")]

    def __str__(self) -> str:
        return f"Round {self.round} of {self.assessment}"


class CouncilValidationQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return the council's own views; to the provider, those of what was returned or validated."""
        seen = self.filter(assessment__in=SelfAssessment.objects.visible_to(user))
        if scope_of(user).is_provider:
            return seen.filter(assessment__state__in=[State.RETURNED, State.VALIDATED])
        return seen


class CouncilValidation(AuditedModel):
    """The council's view of one answer. `answer_version` is the version of it that was reviewed."""

    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, related_name="validations")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    answer_version = models.PositiveIntegerField()
    agrees = models.BooleanField("the council agrees")
    council_grade = models.CharField(
        "the council's grade", max_length=20, choices=AnswerGrade.choices, blank=True
    )
    note = models.TextField(blank=True)
    looked_at_on = models.DateField("looked at on")
    looked_at_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    history = history()
    timeline_related = ("question", "looked_at_by")
    objects = CouncilValidationQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["assessment", "question"]
        verbose_name = "council's view"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="council_looks_at_a_question_once"
            ),
            models.CheckConstraint(
                condition=Q(agrees=True, council_grade="") | (Q(agrees=False) & ~Q(note="")),
                name="council_disagrees_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"Council on {self.question.code}"

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.question)

    def steps_above(self, answer: Answer) -> int:
        """Return how many grades the provider is above the council; 0 where either gave no score."""
        if self.agrees or answer.grade not in SCORES or self.council_grade not in SCORES:
            return 0
        return SCORES[AnswerGrade(answer.grade)] - SCORES[AnswerGrade(self.council_grade)]
