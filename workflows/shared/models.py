"""The queue's own tables: what a process is about, when a step is due, who stood in, and what happened."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from providers.directory.models import Provider, Setting
from providers.people.models import Membership, Organisation, Share
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AppendOnlyModel, AuditedModel, AuditedQuerySet
from qa_portal.core.dates import today


class CaseLink(AppendOnlyModel):
    """Which fact a process moves. Each flow has its own, with `subject` one to one; it holds nothing else."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return a council's own cases and those shared with it; a provider's once they are open to it.

        Whoever stands in for one step sees that step's case until it is done.
        """
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_CASES):
            return self.none()
        if scope.is_provider:
            own = Provider.objects.one_with(scope.provider_id)
            return self.filter(provider__in=own, open_to_provider=True)
        shared = Share.objects.in_force(today()).filter(
            reader=scope.organisation_id, owner=OuterRef("council"), kind=OuterRef("share_kind")
        )
        standing_in = StandIn.objects.filter(
            membership__person=scope.person_id,
            membership__organisation=scope.organisation_id,
            kind=StandIn.Kind.PARTNER,
            task__finished=None,
        ).values("task__process")
        return self.filter(Q(council=scope.organisation_id) | Exists(shared) | Q(pk__in=standing_in))


class Case(models.Model):
    """One row of the queue for each process. Everything here is copied from the facts the process moves."""

    process = models.OneToOneField(Process, models.PROTECT, primary_key=True, related_name="case")
    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    share_kind = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    open_to_provider = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["council", "kind"], name="case_council_kind"),
            models.Index(fields=["provider", "open_to_provider"], name="case_provider"),
        ]

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.setting or self.provider, self.detail) if part)


class TaskClock(models.Model):
    """When a step is due: shown in the queue and read by reminders. Deadlines that act are timers."""

    task = models.OneToOneField(Task, models.CASCADE, primary_key=True, related_name="clock")
    due_at = models.DateTimeField(db_index=True)
    near_told = models.DateTimeField("due moment that was told as near", null=True)
    late_told = models.DateTimeField("due moment that was told as passed", null=True)

    def __str__(self) -> str:
        return f"task {self.task_id} due {self.due_at:%Y-%m-%d}"


class StandInQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(task__process__case__in=Case.objects.visible_to(user))


class StandIn(AuditedModel):
    """Somebody may do one step although separation of duties, or the organisation, would not let them."""

    class Kind(models.TextChoices):
        PARTNER = "partner", "Officer of a partner council"
        OVERRIDE = "override", "Separation of duties overridden"

    task = models.ForeignKey(Task, models.PROTECT, related_name="stand_ins")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="who stands in")
    reason = models.TextField(max_length=1000)
    allowed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField(default=timezone.now)

    history = history()
    objects = StandInQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["task", "membership"], name="one_stand_in_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} for task {self.task_id}"


class TaskEvent(AppendOnlyModel):
    """What happened to a step of a process: who, acting for whom, when, from which state to which.

    Numbers without constraints: the log outlives what it tells of, and costs the step one insert.
    """

    at = models.DateTimeField(default=timezone.now)
    process_id = models.BigIntegerField()
    task_id = models.BigIntegerField()
    flow = models.CharField(max_length=200)
    node = models.CharField(max_length=100)
    node_type = models.CharField(max_length=20)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    from_owner_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["process_id"], name="task_event_process")]

    def __str__(self) -> str:
        return f"{self.node} {self.from_status or '-'} > {self.to_status}"
