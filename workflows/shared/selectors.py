"""The queue: which steps wait for whom. Every page of it starts here."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from providers.people.models import User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from workflows.shared.models import Case, CaseQuerySet, StandIn, TaskEvent

OPEN = (STATUS.NEW, STATUS.ASSIGNED)


def human_tasks() -> QuerySet[Task]:
    return Task.objects.filter(flow_task_type="HUMAN")


def waiting() -> QuerySet[Task]:
    """Open steps with all that a line of the queue shows, most urgent first."""
    return (
        human_tasks()
        .filter(status__in=OPEN)
        .select_related("process__case__provider", "process__case__council")
        # Where Ofsted withholds a home's name, its kind stands instead.
        .select_related("process__case__setting__provision_type")
        .select_related("owner__person__details", "clock")
        .order_by(F("clock__due_at").asc(nulls_last=True), "pk")
    )


def standing_in(user: User) -> QuerySet:
    return StandIn.objects.filter(membership=user.membership).values("task")


def organisations_work(user: User) -> QuerySet[Task]:
    """My organisation's open steps: all of them for whoever shares out the work, else those of my role."""
    scope = scope_of(user)
    if not scope.may(Permission.VIEW_CASES):
        return waiting().none()
    ours = waiting().filter(owner_permission_obj_pk=str(scope.organisation_id))
    if scope.may(Permission.SEE_ALL_WORK):
        return ours
    return ours.filter(Q(owner_permission__in=list(scope.permissions)) | Q(owner=user))


def all_work(user: User) -> QuerySet[Task]:
    """Open steps of every case I may see: others' too, to know whom a case is waiting for."""
    # Asked of each open step's own case: far fewer than the cases that have ended.
    seen = Exists(Case.objects.visible_to(user).filter(pk=OuterRef("process")))
    if scope_of(user).is_provider:
        return organisations_work(user).filter(seen)
    return waiting().filter(seen)


def open_tasks(user: User) -> QuerySet[Task]:
    """Return the open tasks that the user can do: theirs, and those nobody has that they may take.

    Those that they stand in for elsewhere are among them.
    """
    scope = scope_of(user)
    if user.membership is None:
        return waiting().none()
    mine, nobodys = Q(owner=user), Q(owner=None)
    my_role_s = Q(owner_permission__in=list(scope.permissions))
    here = Q(owner_permission_obj_pk=str(scope.organisation_id)) & (mine | (nobodys & my_role_s))
    elsewhere = Q(pk__in=standing_in(user)) & (mine | nobodys)
    return waiting().filter(here | elsewhere)


def count_overdue(tasks: Any) -> dict[str, int]:
    """`all` of them, and how many are `overdue`."""
    overdue = Count("pk", filter=Q(clock__due_at__lt=timezone.now()))
    return tasks.order_by().aggregate(all=Count("pk"), overdue=overdue)


def reachable_tasks(user: User) -> QuerySet[Task]:
    """Return the human tasks whose address exists for `user`: of cases they see, of their role, or stood in for."""
    scope = scope_of(user)
    if user.membership is None:
        return human_tasks().none()
    own = Q(owner_permission_obj_pk=str(scope.organisation_id), owner_permission__in=list(scope.permissions))
    seen = Q(process__case__in=Case.objects.visible_to(user))
    return human_tasks().filter(own | seen | Q(pk__in=standing_in(user)))


def case_of(user: User) -> CaseQuerySet:
    return Case.objects.visible_to(user).select_related("process", "council", "provider", "setting")


def events_of(case: Case) -> QuerySet[TaskEvent]:
    return TaskEvent.objects.filter(process_id=case.pk).order_by("pk")


def armed_timers(process_id: int) -> QuerySet[Task]:
    timers = Task.objects.filter(process=process_id, flow_task_type="TIMER", status=STATUS.SCHEDULED)
    return timers.order_by("scheduled")


def parts_of(case: Case, user: User) -> CaseQuerySet:
    """Cases of the processes that this one's steps have started, as far as the reader sees them."""
    return case_of(user).filter(process__parent_task__process=case.pk).order_by("pk")
