"""What people and the system do with steps: do, take, return, reassign, stand in, cancel, and help on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from providers.people.models import Membership, User
from providers.people.rules import own_membership
from qa_portal.core import handover
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.rules import Conflict, Refused
from workflows.shared.locks import opened
from workflows.shared.messages import due_of, tell_of_step
from workflows.shared.models import Case, StandIn
from workflows.shared.nodes import human_step, standing_for
from workflows.shared.rules import (
    check_can_allow_stand_in,
    check_can_do,
    check_can_reassign_task,
    check_still_open,
)
from workflows.shared.selectors import OPEN


@contextmanager
def locked(task: Task) -> Iterator:
    """Yield the activation of `task`, read anew under its process's lock; everything inside is one transaction.

    Raise Refused for a step no longer in the process, and Conflict while somebody else saves the case.
    """
    if human_step(task) is None:
        raise Refused("This step is no longer part of the process. Ask your administrator to close it.")
    try:
        with opened(task) as activation, audit_as(process_id=task.process_id, task_id=task.pk):
            yield activation
    except FlowLockFailed as error:
        raise Conflict(
            "Somebody else is saving this case at this moment. Send it again in a minute."
        ) from error


@contextmanager
def doing(task: Task, user: User) -> Iterator:
    """Check and take the step, let the block do its work, then complete it and move the process."""
    with locked(task) as activation:
        check_still_open(activation.task, user)
        kinds = check_can_do(activation.task, user)
        if activation.task.owner_id is None:
            activation.take(user)
        with standing_for(user, activation.task, kinds):
            yield activation
        activation.start(SimpleNamespace(user=user))
        activation.execute()  # audit-ok: a step of the engine


def complete_task(task: Task, user: User, act: Callable[[], object] | None = None) -> Task:
    """Do a step from code, with every check that the page makes."""
    with doing(task, user) as activation:
        if act:
            act()
    return activation.task


def take(*, by: User, task: Task) -> None:
    with locked(task) as activation:
        check_still_open(activation.task, by)
        check_can_do(activation.task, by)
        if activation.task.owner_id is None:
            activation.assign(by)


def return_task(*, by: User, task: Task, reason: str) -> None:
    """Back to everybody who may do it."""
    with locked(task) as activation, audit_as(reason=reason):
        check_still_open(activation.task, by)
        if activation.task.owner_id != by.pk:
            raise Refused("Only the person who has a task can return it.")
        activation.unassign()


def reassign(*, by: User, task: Task, to: Membership, reason: str) -> None:
    with locked(task) as activation, audit_as(reason=reason):
        check_can_reassign_task(by, activation.task)
        hand(activation, to)


def hand(activation: Any, to: Membership) -> None:
    """Give the step to `to`. Raise Refused if it is done, theirs already, or they may not do it."""
    task, user = activation.task, to.person.user
    if task.status not in OPEN:
        raise Refused("This step has been done already.")
    if task.owner_id == user.pk:
        raise Refused("They have this step already.")
    if not task.flow_task.may_do(user, task):
        raise Refused(f"{to.person.name} cannot do this step: their role or separation of duties forbids it.")
    if task.owner_id is None:
        activation.assign(user)
        tell_of_step(task, due_of(task))
    else:
        activation.reassign(user)


@transaction.atomic
def allow_stand_in(*, by: User, task: Task, membership: Membership, reason: str) -> StandIn:
    """Record a head of service's decision that a colleague or a partner council's officer may do the step."""
    kind = check_can_allow_stand_in(by, task, membership)
    return StandIn.objects.create(
        task=task, membership=membership, kind=kind, reason=reason, allowed_by=own_membership(by)
    )


def show_to_provider(process: Process) -> None:
    """Let the provider's people find the case from now on; the fact behind it is the caller's."""
    Case.objects.filter(process=process).update(open_to_provider=True)  # audit-ok: operational table


def cancel_process(process: Process) -> None:
    """Cancel a process with its open steps, timers and children. The caller has checked the right to do so."""
    with process.flow_class.lock(process.pk):
        process.refresh_from_db()
        if process.finished is None:
            process.flow_class.instance.cancel(process)


def held_by(membership: Membership) -> QuerySet[Task]:
    """Open steps in the hands of `membership` for its organisation."""
    return Task.objects.filter(
        owner__person=membership.person_id,
        status=STATUS.ASSIGNED,
        owner_permission_obj_pk=str(membership.organisation_id),
    )


def hand_over(task: Task, to: Membership, reason: str) -> None:
    """Give a leaver's step to `to` if they may do it, else back to everybody who may."""
    with locked(task) as activation, audit_as(reason=reason):
        if task.status != STATUS.ASSIGNED:
            return
        if task.flow_task.may_do(to.person.user, activation.task):
            activation.reassign(to.person.user)
        else:
            activation.unassign()


handover.register(handover.HandoverType("step of a process", "steps of processes", held_by, hand_over))
