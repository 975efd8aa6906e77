"""Who may do, take, give away or stand in for a step. Each raises Refused with the sentence the page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from providers.people.models import Membership, User
from providers.people.rules import check_may
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.rules import Conflict, Refused
from workflows.shared.models import StandIn
from workflows.shared.nodes import holds_there, human_step
from workflows.shared.selectors import OPEN


class NotYours(Http404):
    """The step is not for this person, so for them it does not exist."""


def check_still_open(task: Task, user: User) -> None:
    """Raise Conflict, which keeps what was typed, if somebody else has taken or done the step."""
    if task.status in OPEN:
        if task.owner_id in (None, user.pk):
            return
        raise Conflict(f"{who_has(task, user)} has taken this step since you opened it.")
    if task.status == STATUS.DONE:
        raise Conflict(f"{who_has(task, user)} has done this step already.")
    raise Conflict("This step has ended without being done: a deadline passed or the case moved on.")


def who_has(task: Task, user: User) -> str:
    """Return a colleague's name; people of other organisations are “Somebody else”."""
    if task.owner_id is None:
        return "Somebody else"
    if task.owner_id == user.pk:
        return "You"
    own = Membership.objects.filter(person=task.owner.person_id, organisation=user.scope.organisation_id)
    return task.owner.person.name if own.exists() else "Somebody else"


def check_is_theirs(task: Task, user: User) -> None:
    """Raise NotYours, a 404, unless the step is for the role and organisation of `user`, or they stand in."""
    if not (holds_there(user, task) or task.flow_task.may_do(user, task)):
        raise NotYours


def check_can_do(task: Task, user: User) -> set[str]:
    """Return as what they stand in for it; empty in their own right.

    Raises NotYours for a stranger to the step, Refused where separation of duties forbids it.
    """
    kinds = task.flow_task.right_to_do(user, task)
    if kinds is None:
        check_is_theirs(task, user)
        raise Refused(
            "You did an earlier step that this one judges, so somebody else must do it."
            " Return it, or ask a head of service who may stand in."
        )
    return kinds


def check_can_reassign_task(user: User, task: Task) -> None:
    """Raise Refused unless the user shares out the work of the organisation that the step is for."""
    if task.owner_permission_obj_pk != str(user.scope.organisation_id):
        raise Refused("You can share out the work of your own organisation only.")
    check_may(user, Permission.REASSIGN_WORK)


def check_can_allow_stand_in(user: User, task: Task, membership: Membership) -> StandIn.Kind:
    """Return which kind of standing in it is, or raise Refused.

    A partner's officer must hold at their own council the permission that the step asks for.
    """
    if task.owner_permission_obj_pk != str(user.scope.organisation_id):
        raise Refused("You decide on steps of your own organisation only.")
    check_may(user, Permission.ALLOW_STAND_IN)
    step = human_step(task)
    if task.status not in OPEN or step is None:
        raise Refused("This step has been done already, or is no longer part of the process.")
    if membership.person_id == user.person_id:
        raise Refused("Somebody else must allow you to stand in.")
    if StandIn.objects.filter(task=task, membership=membership).exists():
        raise Refused("They may stand in for this step already.")
    able = holders(task.owner_permission, membership.organisation).filter(pk=membership.pk)
    if not able.exists():
        raise Refused("Their role does not allow this step.")
    if membership.organisation_id == user.scope.organisation_id:
        if step.strictly:
            raise Refused(
                "The person who asked for this cannot decide on it. Choose an officer of another council."
            )
        return StandIn.Kind.OVERRIDE
    if membership.organisation.kind != OrganisationKind.COUNCIL:
        raise Refused("Only an officer of another council can stand in.")
    if task.owner_permission == Permission.RECORD_VISITS:
        raise Refused("A visit is recorded by officers of your own council: give it to one of them.")
    return StandIn.Kind.PARTNER


@dataclass(frozen=True)
class Later:
    """A step to come that whoever does this one may not do: who could by their role, and who may not already."""

    title: str
    able: frozenset[int]
    barred: frozenset[int]


def barred_later(task: Task) -> list[Later]:
    """Return the later steps that whoever does `task` may not do, in this process and in those that it starts."""
    step = task.flow_task
    if step is None:
        return []
    later = [node for node in step.flow_class.instance.nodes() if step in getattr(node, "_not_same_as", ())]
    later += getattr(step, "bars_from", ())
    return [Later(str(node.task_title), able_to(node, task), barred_from(node, task)) for node in later]


def able_to(node: Any, task: Task) -> frozenset[int]:
    able = holders(node.calc_owner_permission(None), task.owner_permission_obj)
    return frozenset(able.values_list("person", flat=True))


def barred_from(node: Any, task: Task) -> frozenset[int]:
    done = Task.objects.filter(process=task.process_id, status=STATUS.DONE, owner__isnull=False)
    barred = set(done.filter(flow_task__in=[*node._not_same_as]).values_list("owner__person", flat=True))
    if node._not_by and node.flow_class is task.flow_task.flow_class:
        barred |= set(node._not_by(task.process))
    return frozenset(barred)


def nobody_left(later: Iterable[Later], person_id: int | None) -> list[str]:
    """Titles of the later steps that nobody could do if `person_id` did this one: shown before it is assigned."""
    return [one.title for one in later if not one.able - one.barred - {person_id}]
