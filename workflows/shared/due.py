"""Deadlines, children left by a crash, and the work of people who are away, as due work."""

import logging

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from viewflow.workflow.context import Context
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from providers.people.selectors import absent_on, officer_for
from qa_portal.core import due
from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.dates import today
from workflows.shared.locks import opened
from workflows.shared.nodes import CallProcess

log = logging.getLogger("qa.flows")
SYSTEM = Actor(role="system")


def due_timers():
    """Oldest first, so that after a long stop deadlines pass in the order in which they fell."""
    armed = Task.objects.filter(
        flow_task_type="TIMER", status=STATUS.SCHEDULED, scheduled__lte=timezone.now()
    )
    return armed.order_by("scheduled", "pk")


def fire(task: Task) -> None:
    """Nothing for a timer that has fired, or whose step was done, since the query. Late firing says so."""
    if task.flow_task is None:
        log.warning("timer task %s belongs to no step any more", task.pk)
        return
    with audit_as(SYSTEM, process_id=task.process_id, task_id=task.pk, reason=lateness(task)):
        try:
            with Context(propagate_exception=False), opened(task) as activation:
                if activation.start.can_proceed():
                    activation.start()
                    activation.execute()  # audit-ok: a step of the engine
        except FlowLockFailed:
            log.info("timer task %s is busy: the next pass fires it", task.pk)


def lateness(task: Task) -> str:
    late = (timezone.now() - task.scheduled).days
    return (
        f"Deadline of {timezone.localtime(task.scheduled):%-d %B %Y}, noticed {late} days late"
        if late
        else ""
    )


def waiting_parents():
    """Parents that waited for children which have all ended: a crash fell between the two commits."""
    running = Process.objects.filter(parent_task__isnull=False, finished__isnull=True)
    return Task.objects.filter(flow_task_type="SUBPROCESS", status=STATUS.STARTED).exclude(
        pk__in=running.values("parent_task")
    )


def finish_parent(task: Task) -> None:
    if isinstance(task.flow_task, CallProcess):
        with audit_as(SYSTEM, process_id=task.process_id, task_id=task.pk):
            task.flow_task.finish(task.pk)


def waiting_joins():
    """Return joins whose every branch has ended.

    A join is looked at only when a branch arrives, so one whose last branch was cancelled would wait
    for ever.
    """
    running = Task.objects.filter(process=OuterRef("process"), finished__isnull=True)
    busy = running.exclude(flow_task_type__in=["JOIN", "TIMER"])
    return Task.objects.filter(~Exists(busy), flow_task_type="JOIN", status=STATUS.STARTED)


def finish_join(task: Task) -> None:
    with audit_as(SYSTEM, process_id=task.process_id, task_id=task.pk), opened(task) as activation:
        if activation.complete.can_proceed():
            activation.complete()
            with Context(propagate_exception=False):
                activation.activate_next()


def steps_of_the_absent():
    """Return the open tasks of people who are away, at the organisation they are away from."""
    away = absent_on(today()).values_list("person", "organisation")
    held = Q(pk__in=[])
    for person, organisation in away:
        held |= Q(owner__person=person, owner_permission_obj_pk=str(organisation))
    steps = Task.objects.filter(held, flow_task_type="HUMAN", status=STATUS.ASSIGNED)
    return steps.select_related("process__case__setting", "process__case__council", "owner")


def send_to_deputy(task: Task) -> None:
    """Give the task to whoever now answers for the setting; back to everybody where nobody does or they may not."""
    case = task.process.case
    system = audit_as(SYSTEM, process_id=task.process_id, task_id=task.pk, reason="Away")
    with system, opened(task) as activation:
        if activation.task.status != STATUS.ASSIGNED:
            return
        deputy = officer_for(case.council, case.setting, today()) if case.setting else None
        user = deputy.person.user if deputy else None
        if user and user.pk != task.owner_id and task.flow_task.may_do(user, activation.task):
            activation.reassign(user)
        else:
            activation.unassign()


due.register(due.DueWork("fire timers", due_timers, fire))
due.register(due.DueWork("finish parents", waiting_parents, finish_parent))
due.register(due.DueWork("finish joins", waiting_joins, finish_join))
due.register(due.DueWork("hand on the work of the absent", steps_of_the_absent, send_to_deputy))
