"""A human step of ours, with its lock, gate, log and an audited fact saved, side by side with bare Viewflow.

The bare step has no lock, no case, no permission, no log and saves nothing of its own. Targets of the house:
half its speed on SQLite and 0.8 of it on PostgreSQL, where the commit is the larger part.
"""

import statistics
import time
import tracemalloc
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from tests.factories.world import build_world
from tests.parcels.models import Parcel
from tests.parcels.relay import BareRelayFlow, RelayFlow
from workflows.shared.services import complete_task

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
ROUNDS, PROCESSES, STEPS = 9, 12, 3


def begin_bare(world, user):
    return BareRelayFlow.start.run()


def bare_step(task: Task, user) -> None:
    with task.activation() as activation:
        activation.assign(user)
        activation.start(SimpleNamespace(user=user))
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


def seconds_a_step(processes, flow_class, step, user) -> float:
    start = time.perf_counter()
    for process in processes:
        steps_of(process, flow_class, step, user)
    return (time.perf_counter() - start) / len(processes) / STEPS


def test_a_human_step_beside_bare_viewflow(commits, unlogged, capsys):
    world = build_world()
    user = world.as_("contract_officer")
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    queries = {}
    for _ in range(ROUNDS):
        unlogged(False)
        bare = [begin_bare(world, user) for _ in range(PROCESSES)]
        times["bare"].append(seconds_a_step(bare, BareRelayFlow, bare_step, user))
        counted = begin_bare(world, user)
        with CaptureQueriesContext(connection) as asked:
            steps_of(counted, BareRelayFlow, bare_step, user)
        queries["bare"] = len(asked) / STEPS
        unlogged(True)
        ours = [begin_ours(world, user) for _ in range(PROCESSES)]
        times["ours"].append(seconds_a_step(ours, RelayFlow, our_step, user))
        counted = begin_ours(world, user)
        with CaptureQueriesContext(connection) as asked:
            steps_of(counted, RelayFlow, our_step, user)
        queries["ours"] = len(asked) / STEPS
    tracemalloc.start()
    seconds_a_step([begin_ours(world, user)], RelayFlow, our_step, user)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    middle = {name: statistics.median(values) for name, values in times.items()}
    with capsys.disabled():
        print(
            f"\nA human step on {connection.vendor}, median of {ROUNDS} rounds of {PROCESSES * STEPS} steps:"
        )
        for name, of in middle.items():
            print(f"  {name:<5} {of * 1000:6.2f} ms  {1 / of:6.0f} steps/s  {queries[name]:5.1f} statements")
        print(f"  ours at {middle['bare'] / middle['ours']:.2f} of bare; memory {peak / 1024:.0f} KiB")
