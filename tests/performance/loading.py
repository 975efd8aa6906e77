"""A queue of any size, written straight into the engine's tables and ours: no flow runs, so no log is kept."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle, islice

from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from providers.directory.models import Authority, Setting
from providers.people.models import Organisation, User
from qa_portal.core.access.permissions import Permission as P
from tests.factories.people import MembershipFactory, UserFactory, council
from tests.parcels.flows import ParcelFlow
from workflows.shared.models import Case, TaskClock

DONE_BEFORE = 4  # of each process's five tasks
BATCH = 2000


def councils(world, many: int) -> list[Organisation]:
    """The two of the world, and others."""
    taken = [world.north.authority_id, world.south.authority_id]
    others = Authority.objects.exclude(pk__in=taken)[: many - 2]
    return [world.north, world.south, *(council(authority.name) for authority in others)]


def officers(organisation: Organisation, many: int) -> list[User]:
    return [
        MembershipFactory(person=UserFactory().person, organisation=organisation).person.user
        for _ in range(many)
    ]


def load_queue(
    staff: dict[Organisation, list[User]], settings: list[Setting], *, tasks: int, still_open: int
):
    """`tasks` tasks, five to a process; of the fifth ones `still_open` are open, every second one taken.

    Organisations, people, settings and due days go round in turn.
    """
    begun = timezone.now() - dt.timedelta(days=400)
    places = islice(cycle(staff), tasks // (DONE_BEFORE + 1))
    made = [(place, Process(flow_class=ParcelFlow, created=begun)) for place in places]
    Process.objects.bulk_create([process for _, process in made], batch_size=BATCH)
    homes = cycle(settings)
    Case.objects.bulk_create(
        [
            Case(process=process, council=place, setting=next(homes), kind="parcel", detail="a parcel")
            for place, process in made
        ],
        batch_size=BATCH,
    )
    people = {place: cycle(users) for place, users in staff.items()}
    rows = [
        task
        for number, (place, process) in enumerate(made)
        for task in tasks_of(process, place, next(people[place]), is_open=number < still_open)
    ]
    Task.objects.bulk_create(rows, batch_size=BATCH)
    TaskClock.objects.bulk_create(clocks(rows), batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tasks_of(process: Process, place: Organisation, user: User, *, is_open: bool) -> Iterator[Task]:
    yield Task(process=process, flow_task=ParcelFlow.start, flow_task_type="START", **ended(process))
    for node in (ParcelFlow.weigh, ParcelFlow.pack, ParcelFlow.label):
        yield human(process, node, place, owner=user, **ended(process))
    taken = process.pk % 2
    state = {"status": STATUS.ASSIGNED if taken else STATUS.NEW, "owner": user if taken else None}
    yield human(process, ParcelFlow.weigh, place, **(state if is_open else ended(process) | {"owner": user}))


def ended(process: Process) -> dict:
    return {"status": STATUS.DONE, "finished": process.created}


def human(process: Process, node, place: Organisation, **values) -> Task:
    return Task(
        process=process,
        flow_task=node,
        flow_task_type="HUMAN",
        owner_permission=P.RECORD_VISITS,
        owner_permission_obj=place,
        **values,
    )


def clocks(tasks: list[Task]) -> Iterator[TaskClock]:
    """From ten days ago to twenty days ahead, for every step that a person does."""
    now = timezone.now()
    for task in tasks:
        if task.flow_task_type == "HUMAN":
            yield TaskClock(task=task, due_at=now + dt.timedelta(days=task.pk % 30 - 10))
