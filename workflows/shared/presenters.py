"""A case in words: what happened, who has what, when things are due, and what comes next."""

import datetime as dt
from dataclasses import dataclass

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from providers.people.models import Organisation, Person
from providers.people.selectors import acting_words
from qa_portal.core.access.scope import scope_of
from workflows.shared.flow import flow_of, human_nodes
from workflows.shared.models import Case, TaskEvent
from workflows.shared.nodes import human_step
from workflows.shared.selectors import armed_timers, events_of

WORDS = {
    ("", STATUS.NEW): "waiting",
    ("", STATUS.ASSIGNED): "waiting, with the lead officer",
    (STATUS.NEW, STATUS.ASSIGNED): "taken",
    (STATUS.ASSIGNED, STATUS.NEW): "returned",
    (STATUS.ASSIGNED, STATUS.DONE): "done",
    (STATUS.STARTED, STATUS.DONE): "done",
    (STATUS.SCHEDULED, STATUS.DONE): "deadline passed",
}
ENDED = {STATUS.DONE: "done", STATUS.CANCELED: "ended without being done", STATUS.ERROR: "failed"}
TOLD_TYPES = {"HUMAN", "START", "START_HANDLE", "END", "TIMER", "SUBPROCESS"}


@dataclass(frozen=True)
class Told:
    at: dt.datetime
    what: str
    how: str
    who: str
    acting_for: str
    why: str


@dataclass(frozen=True)
class ComesNext:
    title: str
    who: str


def story(case: Case, user) -> list[Told]:
    """Oldest first. A provider is told of its own people's steps, and that the rest is with the council.

    Reasons are for the organisation that gave them, and the system's for everybody who is told of the step.
    """
    own = scope_of(user).organisation_id
    events = [event for event in events_of(case) if event.node_type in TOLD_TYPES and told(event)]
    if scope_of(user).is_provider:
        is_over = ended(case, user)
        events = [
            event
            for event in events
            if event.organisation_id == own or (event.node_type == "END" and is_over)
        ]
    people = Person.objects.select_related("details").in_bulk({e.person_id for e in events} - {None})
    organisations = Organisation.objects.in_bulk({e.organisation_id for e in events} - {None})
    return [_tell(event, case, people, organisations, own) for event in events]


def ended(case: Case, user) -> dt.datetime | None:
    """Return when it ended.

    A provider learns that a part has ended with the whole: its lots are told in one letter.
    """
    process = case.process
    part_of = process.parent_task.process if process.parent_task_id else None
    if scope_of(user).is_provider and part_of and part_of.finished is None:
        return None
    return process.finished


def told(event: TaskEvent) -> bool:
    """Timers are told when they pass, steps whenever they change hands or end."""
    if event.node_type == "TIMER":
        return event.to_status == STATUS.DONE
    return event.node_type == "HUMAN" or event.to_status == STATUS.DONE


def _tell(event, case: Case, people, organisations, own: int | None) -> Told:
    is_ours = event.organisation_id in {None, own}
    named = is_ours and event.person_id in people
    role = acting_words(event.role, organisations.get(event.organisation_id))
    nobody = "The system" if event.person_id is None else role
    return Told(
        at=event.at,
        what=title_of(case.kind, event.node),
        how=how(event),
        who=people[event.person_id].name if named else nobody,
        acting_for=role if named else "",
        why=event.reason if is_ours else "",
    )


def how(event: TaskEvent) -> str:
    if event.from_status == event.to_status:
        return "given to somebody else"
    before, after = event.from_status, event.to_status
    return WORDS.get((before, after)) or ENDED.get(after) or after.lower()


def title_of(kind: str, node_name: str) -> str:
    node = flow_of(kind).instance.node(node_name)
    return str(node.task_title) if node else node_name.replace("_", " ").capitalize()


def clocks(case: Case) -> list[tuple[str, dt.datetime]]:
    """Return (what happens, when) for every armed deadline, soonest first."""
    return [
        (str(task.flow_task.task_title), task.scheduled)
        for task in armed_timers(case.pk)
        if task.flow_task is not None
    ]


def coming(case: Case, open_tasks: list[Task]) -> list[ComesNext]:
    """Return the human steps that can follow the open ones, each with whose step it would be."""
    flow_class = flow_of(case.kind)
    frontier = [task.flow_task for task in open_tasks if task.flow_task is not None]
    seen, found = set(frontier), []
    while frontier:
        node = frontier.pop(0)
        for edge in node._outgoing():
            if edge.dst in seen:
                continue
            seen.add(edge.dst)
            if edge.dst in human_nodes(flow_class):
                found.append(ComesNext(title=str(edge.dst.task_title), who=whose(edge.dst, case)))
            else:
                frontier.append(edge.dst)
    return found


def whose(node, case: Case) -> str:
    """Return the name of the provider for its own steps, and of the council for the rest."""
    ask = node._owner_permission_obj
    is_providers = ask == flow_of(case.kind).instance.provider_organisation
    return str(case.provider) if is_providers and case.provider else str(case.council)


def step_title(task: Task) -> str:
    step = human_step(task)
    return str(step.task_title) if step else "A step that is no longer used"


def whom(task: Task, user) -> str:
    """Return who has an open step: a colleague by name, somebody else's as the organisation it waits for.

    Asks the database nothing: a step is the case's council's, or its provider's.
    """
    if task.owner_id == user.pk:
        return "You"
    if task.owner_permission_obj_pk == str(scope_of(user).organisation_id):
        return task.owner.person.name if task.owner else "Nobody yet"
    case = task.process.case
    return f"With {case.council if task.owner_permission_obj_pk == str(case.council_id) else case.provider}"
