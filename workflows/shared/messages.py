"""Whom the queue tells, and when: of a step that has come to them, of one that is due, of one that is late.

A step that waits for any of many officers is told to nobody: they see the queue. When nobody has taken it by
its day, those who share out the work are told; at once, where it is due so soon that the digest would be late.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Task

from providers.notifications.kinds import (
    DEADLINE_NEAR,
    DEADLINE_PASSED,
    STEP_WAITS,
    STEP_WAITS_AND_IS_DUE,
    MessageKind,
)
from providers.notifications.services import About, notify_all
from providers.people.models import Membership
from providers.people.selectors import holders
from qa_portal.core import due
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import end_of_day, today
from workflows.shared.models import TaskClock
from workflows.shared.selectors import waiting

NEAR = dt.timedelta(days=2)


def tell_of_step(task: Task, due_at: dt.datetime | None) -> None:
    """Tell of the step in the transaction that gave it to somebody, or to a provider."""
    urgent = due_at is not None and due_at - timezone.now() <= NEAR
    if urgent or task.owner_id or is_for_provider(task):
        kind = STEP_WAITS_AND_IS_DUE if urgent else STEP_WAITS
        whose = task.owner_id or f"at {task.owner_permission_obj_pk}"
        tell(task, kind, f"step:{task.pk}:{whose}", due_at)


def due_of(task: Task) -> dt.datetime | None:
    clock = getattr(task, "clock", None)
    return clock.due_at if clock else None


def is_for_provider(task: Task) -> bool:
    return str(task.owner_permission_obj_pk) != str(task.process.case.council_id)


def readers_of(task: Task):
    """Return whoever has the step; else the provider's people who may do it, or those who share out the work."""
    here = Membership.objects.in_force().filter(organisation=int(task.owner_permission_obj_pk))
    if task.owner_id:
        return here.filter(person=task.owner.person_id)
    needs = task.owner_permission if is_for_provider(task) else Permission.REASSIGN_WORK
    return holders(needs, task.owner_permission_obj)


def tell(task: Task, kind: MessageKind, key: str, due_at: dt.datetime | None) -> None:
    case, step = task.process.case, task.flow_task
    facts: dict[str, object] = {"flow": str(step.flow_class.process_title), "step": str(step.task_title)}
    if due_at:
        facts["due_on"] = timezone.localtime(due_at).date()
    notify_all(
        to=readers_of(task),
        key=key,
        kind=kind,
        about=About(
            path=reverse("task", args=[task.pk]),
            council=case.council,
            setting=case.setting,
            provider=case.provider,
            subject_kind="process",
        ),
        facts=facts,
    )


def near():
    """Due by the end of the second day from now. A step that came with less time than that was told then."""
    by = end_of_day(today() + NEAR)
    soon = waiting().filter(clock__due_at__gt=timezone.now(), clock__due_at__lte=by)
    return soon.filter(created__lt=F("clock__due_at") - NEAR).exclude(clock__near_told=F("clock__due_at"))


def passed():
    return waiting().filter(clock__due_at__lte=timezone.now()).exclude(clock__late_told=F("clock__due_at"))


@transaction.atomic
def tell_once(task: Task, kind: MessageKind, column: str) -> None:
    """Once for each day the step is due: the mark and the messages are one transaction."""
    untold = TaskClock.objects.filter(pk=task.pk).exclude(**{column: F("due_at")})
    if task.flow_task and untold.update(**{column: F("due_at")}):  # audit-ok: operational table
        due_at = task.clock.due_at
        tell(task, kind, f"{kind.key}:{task.pk}:{due_at.isoformat()}", due_at)


due.register(
    due.DueWork("tell of steps due soon", near, lambda task: tell_once(task, DEADLINE_NEAR, "near_told"))
)
due.register(
    due.DueWork("tell of late steps", passed, lambda task: tell_once(task, DEADLINE_PASSED, "late_told"))
)
