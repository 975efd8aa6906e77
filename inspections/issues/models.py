"""Contract issues: what is wrong at a setting, how far it has gone, and what the provider will do about it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inspections.ofsted.models import Inspection
from inspections.visits.models import VisitConcern
from providers.directory.models import Provider, Setting
from providers.people.models import Organisation, Share
from providers.people.selectors import owned_or_shared
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AppendOnlyModel, AppendOnlyQuerySet, AuditedModel, AuditedQuerySet
from qa_portal.core.dates import today

LONGEST_TEXT = 2000
DECIDERS = [
    (Permission.HANDLE_ISSUES.value, "Contract officer"),
    (Permission.DECIDE_NOTICES.value, "Team manager"),
    (Permission.DECIDE_SUSPENSIONS.value, "Head of service"),
    (Permission.CHAIR_CONCERNS.value, "Chair independent of the line"),
    (Permission.DECIDE_TERMINATIONS.value, "Head of service or director"),
]


class IssueStageQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self if scope_of(user).organisation_id else self.none()


class IssueStage(AuditedModel):
    """One of the stages of facts 2.4, as data. `clock` is the code of a time limit in the code lists.

    `name_for_provider` is blank where the provider is told nothing. `lapse` says what a missed deadline does.
    """

    class Lapse(models.TextChoices):
        NOTHING = "", "Nothing automatically"
        MOVE = "move", "Moves up one stage"
        PROPOSE = "propose", "Goes to the person who decides on the next stage"

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)
    name_for_provider = models.CharField(max_length=100, blank=True)
    meaning = models.TextField()
    meaning_for_provider = models.TextField(blank=True)
    decider = models.CharField("who decides", max_length=60, choices=DECIDERS)
    clock = models.CharField(max_length=60, blank=True)
    asks_for_plan = models.BooleanField("the provider must give a plan", default=False)
    lapse = models.CharField("at a missed deadline", max_length=10, choices=Lapse.choices, blank=True)
    notify = models.JSONField("who else to tell", default=list)

    history = history()
    objects = IssueStageQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Stage {self.number}: {self.name}"


class ContractIssueQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return issues of the reader's council and those shared with it; a provider sees its own once it has been told."""
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_provider:
            own = Provider.objects.one_with(scope.provider_id)
            return self.filter(provider__in=own, told_provider_on__isnull=False)
        return self.filter(owned_or_shared(user, Share.Kind.ISSUES))

    def open(self):
        return self.filter(closed_at=None)

    def suspending(self):
        """Return issues with a suspension in force.

        It lasts until the issue steps down from it, and stays after a termination.
        """
        return self.filter(suspended_on__isnull=False)

    def with_names(self):
        return self.select_related("council", "setting__provision_type", "provider", "stage")


class ContractIssue(AuditedModel):
    """One council's case about a setting, a whole provider, or a service of its own.

    `source_ref` names the event that started it, which does so once.

    `staff_note` is never shown to the provider; `title`, `summary` and the concerns are, once it is told.
    """

    class Source(models.TextChoices):
        RAISED = "raised", "Raised by a colleague"
        JUDGEMENT = "judgement", "Ofsted judgement"
        SUSPENSION = "suspension", "Registration suspended"
        VISIT = "visit", "Monitoring visit"

    class Severity(models.TextChoices):
        HIGH = "high", "Significant"
        MEDIUM = "medium", "Moderate"
        LOW = "low", "Minor"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="issues")
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, blank=True, related_name="issues")
    service = models.CharField("service of the council", max_length=200, blank=True)
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="issues")
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=LONGEST_TEXT, blank=True)
    staff_note = models.TextField("for the council only", max_length=LONGEST_TEXT, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    source_ref = models.CharField("event that started it", max_length=300, blank=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="issues")
    visit_concern = models.OneToOneField(
        VisitConcern, models.PROTECT, null=True, blank=True, related_name="issue"
    )
    severity = models.CharField("how serious", max_length=10, choices=Severity.choices)
    stage = models.ForeignKey(IssueStage, models.PROTECT, related_name="+")
    stage_since = models.DateField("at this stage since")
    review_on = models.DateField("to be looked at by", null=True, blank=True)
    suspended_on = models.DateField("new placements suspended since", null=True, blank=True)
    told_provider_on = models.DateField("provider told on", null=True, blank=True)
    opened_on = models.DateField("opened on")
    opened_by = by_field("opened by", editable=True)
    triaged_at = at_field("triaged at", editable=True)
    triaged_by = by_field("triaged by", editable=True)
    triage_note = models.TextField("what triage found", max_length=LONGEST_TEXT, blank=True)
    closed_at = at_field("closed at", editable=True)
    closed_by = by_field("closed by", editable=True)
    closing_reason = models.TextField("why it was closed", max_length=LONGEST_TEXT, blank=True)

    history = history()
    timeline_related = (
        *("stage", "setting__provision_type", "council", "provider"),
        *("inspection__inspection_type", "inspection__setting__provision_type", "visit_concern"),
        *("opened_by__organisation", "triaged_by__organisation", "closed_by__organisation"),
    )
    objects = ContractIssueQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-opened_on", "-pk"]
        indexes = [
            models.Index(fields=["council", "closed_at", "stage"], name="issue_list"),
            models.Index(fields=["provider", "told_provider_on"], name="issue_of_provider"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "source_ref"],
                condition=~Q(source_ref=""),
                name="issue_once_an_event",
            ),
            models.CheckConstraint(
                condition=Q(source="raised") | ~Q(source_ref=""), name="issue_started_by_an_event"
            ),
            models.CheckConstraint(
                condition=Q(setting__isnull=False) | Q(provider__isnull=False) | ~Q(service=""),
                name="issue_is_about_something",
            ),
            paired_constraint("issue", "triaged"),
            paired_constraint("issue", "closed"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closing_reason=""), name="issue_closed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def timeline_subject(row) -> str:
        return row.title

    @property
    def about(self) -> str:
        return str(self.setting or self.provider or self.service)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class OfIssueQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(issue__in=ContractIssue.objects.visible_to(user))


class Concern(AuditedModel):
    """One thing that is wrong, for which the provider's plan must have at least one step."""

    issue = models.ForeignKey(ContractIssue, models.PROTECT, related_name="concerns")
    text = models.TextField("what is wrong", max_length=LONGEST_TEXT)
    standard = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()
    objects = OfIssueQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["issue", "order", "pk"]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def timeline_subject(row) -> str:
        return row.text[:80]


class StageProposalQuerySet(OfIssueQuerySet):
    def waiting(self):
        return self.filter(decided_at=None, overtaken_at=None)


class StageProposal(AuditedModel):
    """Somebody asks for another stage than their own role decides on; or a missed deadline does."""

    issue = models.ForeignKey(ContractIssue, models.PROTECT, related_name="proposals")
    to_stage = models.ForeignKey(IssueStage, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=LONGEST_TEXT)
    evidence = models.TextField(max_length=LONGEST_TEXT, blank=True)
    told = models.TextField("what we tell the provider", max_length=LONGEST_TEXT, blank=True)
    by_deadline = models.BooleanField("put by a missed deadline", default=False)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = by_field("proposed by", editable=True)
    decided_at = at_field(editable=True)
    decided_by = by_field("decided by", editable=True)
    approved = models.BooleanField(null=True, blank=True)
    decision_reason = models.TextField("reason for the decision", max_length=LONGEST_TEXT, blank=True)
    overtaken_at = models.DateTimeField("overtaken by another decision", null=True, blank=True)

    history = history()
    timeline_related = ("issue", "to_stage", "proposed_by__organisation", "decided_by__organisation")
    objects = StageProposalQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(decided_at=None, overtaken_at=None),
                name="one_open_proposal_of_an_issue",
            ),
            models.CheckConstraint(
                condition=Q(by_deadline=True, proposed_by=None)
                | Q(by_deadline=False, proposed_by__isnull=False),
                name="proposal_by_a_person_or_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, approved=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="proposal_decided_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_stage} proposed"

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.to_stage)


class StageMoveQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Return moves of visible issues; a provider sees those to stages that it is told of."""
        moves = self.filter(issue__in=ContractIssue.objects.visible_to(user))
        return moves.exclude(told="") if scope_of(user).is_provider else moves


class StageMove(AppendOnlyModel):
    """An issue went from one stage to another: `reason` and `evidence` are the council's own."""

    issue = models.ForeignKey(ContractIssue, models.PROTECT, related_name="moves")
    proposal = models.OneToOneField(StageProposal, models.PROTECT, null=True, related_name="move")
    from_stage = models.ForeignKey(IssueStage, models.PROTECT, related_name="+")
    to_stage = models.ForeignKey(IssueStage, models.PROTECT, related_name="+")
    on = models.DateField(default=today)
    moved_at = models.DateTimeField(default=timezone.now)
    decided_by = by_field("decided by", editable=True)
    by_deadline = models.BooleanField(default=False)
    reason = models.TextField(max_length=LONGEST_TEXT)
    evidence = models.TextField(max_length=LONGEST_TEXT, blank=True)
    told = models.TextField("what we tell the provider", max_length=LONGEST_TEXT, blank=True)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_deadline=True, decided_by=None)
                | Q(by_deadline=False, decided_by__isnull=False),
                name="move_by_a_person_or_a_deadline",
            ),
            models.CheckConstraint(condition=~Q(from_stage=F("to_stage")), name="move_to_another_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} to {self.to_stage}"


class ImprovementPlanQuerySet(OfIssueQuerySet):
    def in_hand(self):
        """Return plans that the provider still owes, or that wait to be judged."""
        return self.filter(accepted_at=None, returned_at=None, lapsed_at=None)


class ImprovementPlan(AuditedModel):
    """What the provider undertakes, once a round: asked for, submitted, then accepted or returned."""

    issue = models.ForeignKey(ContractIssue, models.PROTECT, related_name="plans")
    round = models.PositiveSmallIntegerField()
    asked_on = models.DateField("asked for on")
    due_on = models.DateField("due on")
    submitted_at = at_field("submitted at", editable=True)
    submitted_by = by_field("submitted by", editable=True)
    accepted_at = at_field("accepted at", editable=True)
    accepted_by = by_field("accepted by", editable=True)
    returned_at = at_field("returned at", editable=True)
    returned_by = by_field("returned by", editable=True)
    returned_reason = models.TextField("what is missing", max_length=LONGEST_TEXT, blank=True)
    lapsed_at = models.DateTimeField("ended without an answer at", null=True, blank=True)

    history = history()
    timeline_related = (
        *("issue", "submitted_by__organisation"),
        *("accepted_by__organisation", "returned_by__organisation"),
    )
    objects = ImprovementPlanQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["issue", "round"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "round"], name="plan_round_once"),
            *(paired_constraint("plan", what) for what in ("submitted", "accepted", "returned")),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(returned_at=None), name="plan_accepted_or_returned"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False) | Q(accepted_at=None, returned_at=None),
                name="plan_judged_once_submitted",
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(accepted_at=None, returned_at=None, lapsed_at=None),
                name="one_open_plan_of_an_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"Improvement plan, round {self.round}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"round {row.round}"


class PlanStepQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=ImprovementPlan.objects.visible_to(user))


class PlanStep(AuditedModel):
    """What will be done about one concern, by whom and until when."""

    plan = models.ForeignKey(ImprovementPlan, models.PROTECT, related_name="steps")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="steps")
    text = models.TextField("what will be done", max_length=LONGEST_TEXT)
    owner_role = models.CharField("who is responsible", max_length=120)
    due_on = models.DateField("will be done by")

    history = history()
    objects = PlanStepQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["plan", "concern__order", "pk"]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def timeline_subject(row) -> str:
        return row.text[:80]


class IssueNotice(AuditedModel):
    """A letter about a stage, drafted for one of those whom the stage tells; a person sends it."""

    issue = models.ForeignKey(ContractIssue, models.PROTECT, related_name="notices")
    move = models.ForeignKey(StageMove, models.PROTECT, related_name="notices")
    to_kind = models.CharField("for", max_length=60)
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=20_000)
    sent_at = at_field("sent at", editable=True)
    sent_by = by_field("sent by", editable=True)
    not_needed_reason = models.TextField("why it is not needed", max_length=LONGEST_TEXT, blank=True)

    history = history()
    objects = OfIssueQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["move", "to_kind"], name="notice_once_a_move"),
            paired_constraint("notice", "sent"),
        ]

    def __str__(self) -> str:
        return self.subject

    @staticmethod
    def timeline_subject(row) -> str:
        return row.subject
