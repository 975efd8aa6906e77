"""Our nodes on the open-source engine: a human step, and a step that starts other processes and waits."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.activation import Activation, has_manage_permission
from viewflow.workflow.base import Node
from viewflow.workflow.context import Context
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Process
from viewflow.workflow.nodes import mixins
from viewflow.workflow.nodes.obsolete import ObsoleteActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.signals import flow_finished, task_started
from viewflow.workflow.status import STATUS

from providers.people.selectors import officer_for
from qa_portal.core.access.stand_ins import standing_in
from qa_portal.core.dates import add_working_days, end_of_day, today
from workflows.shared.locks import opened
from workflows.shared.messages import due_of, tell_of_step
from workflows.shared.models import StandIn, TaskClock

log = logging.getLogger("qa.flows")
OVER = [STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED, STATUS.ERROR]


class HumanActivation(ViewActivation):
    """Closes what the stock view leaves open when a step is cancelled or revived, and sets its clock."""

    @classmethod
    def create(cls, flow_task, prev_activation, token, data=None, seed=None):
        activation = super().create(flow_task, prev_activation, token, data=data, seed=seed)
        tell_of_step(activation.task, activation.set_clock())
        return activation

    def set_clock(self) -> dt.datetime | None:
        due = self.flow_task.due_at(self)
        if due:
            TaskClock.objects.create(task=self.task, due_at=due)
        return due

    @Activation.status.super()
    def assign(self, user):
        self.task.assigned = timezone.now()
        super().assign.original(user)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.ASSIGNED)
    def take(self, user):
        """Take the step for whoever does it at once: saved, and told, when it is completed."""
        self.task.owner, self.task.assigned = user, timezone.now()

    @Activation.status.super()
    def reassign(self, user=None):
        super().reassign.original(user)
        tell_of_step(self.task, due_of(self.task))

    @Activation.status.super()
    def cancel(self):
        """Cancel the step and its timers.

        Viewflow's own leaves the timers armed: they would fire and keep the process open.
        """
        super().cancel.original()
        nodes = self.flow_task._boundary_events
        tasks = self.flow_class.task_class._default_manager
        armed = tasks.filter(process=self.process, previous=self.task, flow_task__in=nodes) if nodes else []
        for task in armed:
            boundary = task.flow_task.activation_class(task)
            if task.status not in OVER and boundary.cancel.can_proceed():
                boundary.cancel()

    @Activation.status.super()
    def revive(self):
        """Revive the step with its permission and timers.

        Viewflow's own drops the permission, so that anybody signed in could take it, and arms no
        timer.
        """
        task = super().revive.original()
        revived = type(self)(task)
        task.owner_permission = self.flow_task.calc_owner_permission(revived)
        task.owner_permission_obj = self.flow_task.calc_owner_permission_obj(revived)
        task.owner = self.flow_task.calc_owner(revived)
        task.status = STATUS.ASSIGNED if task.owner else STATUS.NEW
        task.assigned = timezone.now() if task.owner else None
        task.save()
        tell_of_step(task, revived.set_clock())
        for boundary in self.flow_task._boundary_events:
            boundary._arm(revived)
        return task


class Human(flow.View):
    """A step that a person does on the page `page`, at one organisation, under separation of duties."""

    activation_class = HumanActivation
    _owner_permission_obj: Any

    def __init__(self, page, **options):
        super().__init__(page.as_view(), **options)
        self.page = page
        self._due: int | Callable | None = None
        self._for_lead = False
        self._not_same_as: tuple = ()
        self._not_by: Callable | None = None
        self.strictly = False
        self.bars_from: tuple = ()

    def Due(self, due):
        """Working days from the day the step arrives, or a callable(activation) -> aware datetime."""
        self._due = due
        return self

    def ForLead(self):
        """Given to the setting's lead officer, or to the deputy while the lead is away, when they may do it."""
        self._for_lead = True
        return self

    def NotSameAs(self, *nodes):
        """Bar whoever did one of `nodes` in this process from this step."""
        self._not_same_as = nodes
        return self

    def BarsFrom(self, *nodes):
        """Bar whoever does this step from `nodes` of the processes that it leads to; their own rule refuses it."""
        self.bars_from = nodes
        return self

    def NotBy(self, people, *, strictly: bool = False):
        """callable(process) -> ids of the Persons who may not do this step; strictly, nobody can let them either."""
        self._not_by, self.strictly = people, strictly
        return self

    def _resolve(self, instance):
        super()._resolve(instance)
        self._due = this.resolve(instance, self._due)
        self._not_by = this.resolve(instance, self._not_by)
        self._not_same_as = tuple(this.resolve(instance, node) for node in self._not_same_as)
        self._owner_permission_obj = this.resolve(instance, self._owner_permission_obj)

    def due_at(self, activation) -> dt.datetime | None:
        if isinstance(self._due, int):
            return end_of_day(add_working_days(today(), self._due))
        return self._due(activation) if self._due else None

    def calc_owner(self, activation):
        if not self._for_lead:
            return super().calc_owner(activation)
        process = activation.process
        organisation, setting = self._owner_permission_obj(process), process.case.setting
        membership = officer_for(organisation, setting, today()) if setting else None
        user = membership.person.user if membership else None
        permission = self.calc_owner_permission(activation)
        allowed = user and user.has_perm(permission, organisation) and not self.excludes(user, process)
        return user if allowed else None

    def excludes(self, user, process) -> bool:
        """Separation of duties: they did a step, or made a fact, that this one judges."""
        if self._not_by and user.person_id in set(self._not_by(process)):
            return True
        tasks = self.flow_class.task_class._default_manager
        done = tasks.filter(process_id=process.pk, flow_task__in=self._not_same_as, status=STATUS.DONE)
        return bool(self._not_same_as) and done.filter(owner__person=user.person_id).exists()

    def may_do(self, user, task) -> bool:
        """Return whether the organisation acted for, the role, and separation of duties let `user` do the step."""
        return self.right_to_do(user, task) is not None

    def right_to_do(self, user, task) -> set[str] | None:
        """Return as what `user` stands in for the step: empty in their own right, None for who may not do it."""
        if not (user and user.is_authenticated and user.is_active and task.owner_permission):
            return None
        kinds: set[str] = set()
        if not holds_there(user, task):
            kinds = stand_in_kinds(user, task)
            if StandIn.Kind.PARTNER not in kinds:
                return None
        if self.excludes(user, task.process):
            kinds = kinds or stand_in_kinds(user, task)
            if self.strictly or StandIn.Kind.OVERRIDE not in kinds:
                return None
        return kinds

    def can_assign(self, user, task) -> bool:
        return not task.owner_id and self.may_do(user, task)

    def can_execute(self, user, task) -> bool:
        return super().can_execute(user, task) and self.may_do(user, task)

    def can_unassign(self, user, task) -> bool:
        return bool(task.owner_id) and task.owner_id == user.pk


def stand_in_kinds(user, task) -> set[str]:
    """Return as what somebody with the membership acted for may stand in for the step."""
    membership = getattr(user, "membership", None)
    if membership is None:
        return set()
    return set(StandIn.objects.filter(task=task, membership=membership).values_list("kind", flat=True))


def standing_for(user, task, kinds: set[str]):
    """Around the step, for the rules of what it does: see `right_to_do`."""
    if not kinds:
        return nullcontext()
    council = int(task.owner_permission_obj_pk)
    return standing_in(user, organisation_id=council, overrides=StandIn.Kind.OVERRIDE in kinds)


def holds_there(user, task) -> bool:
    """Return what the backend answers, without reading the organisation where the request's scope is enough."""
    scope = getattr(user, "scope", None)
    if scope is None:
        return user.has_perm(task.owner_permission, task.owner_permission_obj)
    here = str(scope.organisation_id) == str(task.owner_permission_obj_pk)
    return here and task.owner_permission in scope.permissions


def human_step(task) -> Human | None:
    """None for a step taken out of its flow, which nobody can do any more."""
    node = task.flow_task
    return node if isinstance(node, Human) else None


def children_over(activation) -> bool:
    children = Process.objects.filter(parent_task=activation.task)
    return not children.filter(finished__isnull=True).exists()


class CallProcessActivation(mixins.NextNodeActivationMixin, Activation):
    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    def activate(self):
        with self.exception_guard(), transaction.atomic(savepoint=True):
            self.task.started = timezone.now()
            self.task.save()
            task_started.send(sender=self.flow_class, process=self.process, task=self.task)
            self.flow_task.start_children(self)

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE, conditions=[children_over])
    def complete(self):
        """Refused while a child runs: the engine asks right after `activate`."""
        super().complete.original()

    @Activation.status.transition(
        source=[STATUS.NEW, STATUS.STARTED, STATUS.ERROR],
        target=STATUS.CANCELED,
        permission=has_manage_permission,
    )
    def cancel(self):
        for child in Process.objects.filter(parent_task=self.task, finished__isnull=True):
            child.flow_class.instance.cancel(child.coerced)
        self.task.finished = timezone.now()
        self.task.save()


class CallProcess(mixins.NextNodeMixin, Node):
    """Starts one child process for each of `children`, and goes on when all of them have ended.

    `start` is a StartHandle of another flow; `children`, callable(activation), gives its keyword arguments,
    a dict for each child.
    """

    task_type = "SUBPROCESS"
    activation_class = CallProcessActivation
    bpmn_element = "callActivity"
    shape = {
        "width": 150,
        "height": 100,
        "text-align": "middle",
        "svg": '<rect class="task" width="150" height="100" rx="5" ry="5" style="stroke-width:4"/>',
    }

    def __init__(self, start, children, **options):
        super().__init__(**options)
        self.child_start = start
        self._children: Callable[..., Iterable[dict]] = children

    def _resolve(self, instance):
        super()._resolve(instance)
        self._children = this.resolve(instance, self._children)

    def _ready(self):
        super()._ready()
        flow_finished.connect(
            self.child_ended,
            sender=self.child_start.flow_class,
            dispatch_uid=f"call-process {self.flow_class} {self.name}",
        )

    def start_children(self, activation) -> None:
        for values in self._children(activation):
            self.child_start.run(_parent_task=activation.task, **values)

    def child_ended(self, process, **_) -> None:
        parent = process.parent_task
        if parent is not None and parent.flow_task == self:
            # The parent's lock is never taken inside the child's: cancelling goes from parent to child.
            lock.after_lock_released(lambda: self.finish(parent.pk))

    def finish(self, task_pk: int) -> bool:
        """Continue the parent if it still waits, and return whether it did; `run_due` finishes those that a crash left."""
        task = self.flow_class.task_class._default_manager.get(pk=task_pk)
        try:
            with opened(task) as activation:
                if activation.complete.can_proceed():
                    activation.complete()
                    with Context(propagate_exception=False):
                        activation.activate_next()
                    return True
        except FlowLockFailed:
            log.warning("parent task %s is busy: the next pass finishes it", task_pk)
        return False


class RetiredActivation(ObsoleteActivation):
    @Activation.status.super()
    def cancel(self):
        """Cancel the step and set its end.

        Viewflow's own sets none, so that the process could never end either.
        """
        self.task.finished = timezone.now()
        super().cancel.original()


class Retired(flow.Obsolete):
    """A step taken out of a flow, kept under its old name so that running processes can be helped on."""

    activation_class = RetiredActivation
