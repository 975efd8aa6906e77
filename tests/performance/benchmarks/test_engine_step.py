"""A human step of ours, with its lock, gate, log and an audited fact saved, side by side with bare Viewflow.

The bare step has no lock, no case, no permission, no log and saves nothing of its own. Targets of the house:
half its speed on SQLite and 0.8 of it on PostgreSQL. A second bare step saves the same fact, without history:
what is left between that one and ours is history, log, lock and gate alone. What each defence costs stands in docs/adr/0009: the
same step is timed without each in turn, round by round, so that a busy machine is busy for all of them.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from qa_portal.core.audit import guard
from tests.factories.world import build_world
from tests.parcels.models import Parcel
from tests.parcels.relay import BareRelayFlow, RelayFlow
from workflows.shared import locks
from workflows.shared.services import complete_task

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
ROUNDS, PROCESSES, STEPS = 12, 8, 3


def begin_bare(world, user):
    return BareRelayFlow.start.run()


def bare_step(task: Task, user) -> None:
    with task.activation() as activation:
        activation.assign(user)
        activation.start(SimpleNamespace(user=user))
        activation.execute()


def begin_bare_with_a_fact(world, user):
    process = BareRelayFlow.start.run()
    process.data = {"parcel": Parcel.objects.create().pk}
    process.save()
    return process


def bare_step_saving_a_fact(task: Task, user) -> None:
    with task.activation() as activation:
        activation.assign(user)
        activation.start(SimpleNamespace(user=user))
        parcel = Parcel.objects.get(pk=activation.process.data["parcel"])
        parcel.weight += 1
        parcel.save()
        activation.execute()


def begin_ours(world, user):
    return RelayFlow.start.run(parcel=Parcel.objects.create(), council=world.north)


def our_step(task: Task, user) -> None:
    def weigh():
        parcel = RelayFlow.instance.subject(task.process)
        parcel.weight += 1
        parcel.save()

    complete_task(task, user, weigh)


def steps_of(process, flow_class, step, user) -> None:
    for node in (flow_class.first, flow_class.second, flow_class.third):
        step(Task.objects.get(process=process.pk, flow_task=node), user)


def our_step_without_a_fact(task: Task, user) -> None:
    complete_task(task, user)


@dataclass
class Way:
    """One way of doing the step, the defences it does without, and what it was measured to take."""

    flow_class: type
    begin: Callable
    step: Callable
    without: tuple[Callable, ...] = ()
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    statements: float = 0

    def run(self, world, user) -> None:
        for switch in self.without:
            switch(False)
        processes = [self.begin(world, user) for _ in range(PROCESSES + 1)]
        wall, cpu = time.perf_counter(), time.process_time()
        for process in processes[1:]:
            steps_of(process, self.flow_class, self.step, user)
        self.wall.append((time.perf_counter() - wall) * 1000 / PROCESSES / STEPS)
        self.cpu.append((time.process_time() - cpu) * 1000 / PROCESSES / STEPS)
        with CaptureQueriesContext(connection) as asked:
            steps_of(processes[0], self.flow_class, self.step, user)
        self.statements = len(asked) / STEPS
        for switch in self.without:
            switch(True)


@pytest.fixture
def ways(unlogged, settings, monkeypatch) -> dict[str, Way]:
    def guarded(on: bool) -> None:
        (guard.install if on else guard.unlock)(connection)

    def remembered(on: bool) -> None:
        settings.SIMPLE_HISTORY_ENABLED = on

    def locking(on: bool, rows=locks.tasks_locking_their_case) -> None:
        plain = Task._base_manager.select_related("process__case__council")
        monkeypatch.setattr(locks, "tasks_locking_their_case", rows if on else lambda: plain)

    def ours(*without, step=our_step) -> Way:
        return Way(RelayFlow, begin_ours, step, without)

    return {
        "bare": Way(BareRelayFlow, begin_bare, bare_step, (unlogged,)),
        "bare, a fact saved": Way(
            BareRelayFlow,
            begin_bare_with_a_fact,
            bare_step_saving_a_fact,
            (unlogged, guarded, remembered),
        ),
        "ours": ours(),
        "without the log": ours(unlogged),
        "without the lock": ours(locking),
        "without the guard": ours(guarded),
        "without history": ours(guarded, remembered),
        "without a fact saved": ours(step=our_step_without_a_fact),
        "none of them": ours(unlogged, locking, step=our_step_without_a_fact),
    }


def memory_of(way: Way, world, user) -> float:
    """KiB at the peak."""
    tracemalloc.start()
    steps_of(way.begin(world, user), way.flow_class, way.step, user)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def test_a_human_step_beside_bare_viewflow(commits, ways, capsys):
    world = build_world()
    user = world.as_("contract_officer")
    for _ in range(ROUNDS):
        for way in ways.values():
            way.run(world, user)
    bare = ways["bare"]
    with capsys.disabled():
        print(f"\nA human step on {connection.vendor}, {ROUNDS} rounds of {PROCESSES * STEPS} steps, ms:")
        for name, way in ways.items():
            wall, cpu = statistics.median(way.wall), statistics.median(way.cpu)
            speed = statistics.median(b / w for b, w in zip(bare.wall, way.wall, strict=True))
            work = statistics.median(b / w for b, w in zip(bare.cpu, way.cpu, strict=True))
            print(
                f"  {name:<21}{min(way.wall):6.2f} {wall:6.2f} {max(way.wall):6.2f}   cpu {cpu:6.2f}"
                f"  {way.statements:5.1f} statements   {speed:.2f} of bare, cpu {work:.2f}"
            )
        saving, ours = ways["bare, a fact saved"], ways["ours"]
        beside = statistics.median(b / w for b, w in zip(saving.wall, ours.wall, strict=True))
        print(f"  ours beside the bare step that saves the same fact: {beside:.2f}")
        print(f"  memory of ours {memory_of(ways['ours'], world, user):.0f} KiB")
