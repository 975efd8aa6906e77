"""10,000 armed deadlines of which 500 have passed: one pass of the due work, and another that finds nothing.

Side by side with Viewflow's own dispatcher firing as many deadlines of a bare flow, without lock, case or
log, whose deadline does nothing; ours marks an audited parcel as late.
"""

import datetime as dt
import time
import tracemalloc

import pytest
from django.db import connection
from django.db.models import F
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.timers import fire_due_timers

from qa_portal.core.due import run_due
from tests.factories.world import build_world
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel
from tests.parcels.relay import BareDeadlineFlow

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
ARMED, PASSED, BATCH = 10_000, 500, 2000
WEEK = dt.timedelta(days=7, minutes=1)


def begin_ours(world) -> None:
    """500 cases, each with the deadlines of its step: a week and a month."""
    for _ in range(PASSED):
        ParcelFlow.start.run(parcel=Parcel.objects.create(), council=world.north)


def arm_the_rest() -> None:
    """Deadlines that are far away, straight into the engine's tables."""
    armed = Task.objects.filter(flow_task_type="TIMER", status=STATUS.SCHEDULED)
    pattern, many = armed.latest("scheduled"), ARMED - armed.count()
    processes = Process.objects.bulk_create(
        [Process(flow_class=ParcelFlow) for _ in range(many)], batch_size=BATCH
    )
    far = {
        "flow_task": pattern.flow_task,
        "flow_task_type": "TIMER",
        "status": STATUS.SCHEDULED,
        "scheduled": pattern.scheduled,
    }
    Task.objects.bulk_create([Task(process=process, **far) for process in processes], batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pass_the_week(node) -> None:
    Task.objects.filter(flow_task=node, status=STATUS.SCHEDULED).update(scheduled=F("scheduled") - WEEK)


def timed(action) -> tuple[float, object]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def deadline_of(flow_class):
    return next(node for node in flow_class.instance.nodes() if node.task_type == "TIMER")


def memory_of_a_pass() -> float:
    """MiB at the peak of firing 100 more; apart from the timing, which it would slow down."""
    of_cases = Task.objects.filter(
        flow_task_type="TIMER", status=STATUS.SCHEDULED, process__case__isnull=False
    )
    some = list(of_cases.values_list("pk", flat=True)[:100])
    Task.objects.filter(pk__in=some).update(scheduled=F("scheduled") - 52 * WEEK)
    tracemalloc.start()
    [fired] = run_due("fire timers")
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    assert fired.done == 100
    return peak


def test_a_pass_over_the_deadlines(commits, unlogged, capsys):
    world = build_world()
    unlogged(False)
    for _ in range(PASSED):
        BareDeadlineFlow.start.run()
    pass_the_week(deadline_of(BareDeadlineFlow))
    stock, fired = timed(fire_due_timers)
    unlogged(True)
    begin_ours(world)
    arm_the_rest()
    pass_the_week(deadline_of(ParcelFlow))
    ours, [first] = timed(lambda: run_due("fire timers"))
    again, [second] = timed(lambda: run_due("fire timers"))
    whole, passes = timed(run_due)
    peak = memory_of_a_pass()
    assert (fired, first.done, second.done) == (PASSED, PASSED, 0)
    assert sum(one.done + one.failed for one in passes) == 0
    lines = [
        f"  stock dispatcher, bare flow  {PASSED / stock:6.0f} deadlines/s",
        f"  ours, with lock, log, fact   {PASSED / ours:6.0f} deadlines/s  {stock / ours:.2f} of stock",
        f"  memory of a pass over 100    {peak:6.1f} MiB",
        f"  second pass                  {again * 1000:6.1f} ms, all kinds of due work {whole * 1000:.1f} ms",
    ]
    with capsys.disabled():
        print(f"\n{PASSED} of {ARMED:,} deadlines passed, on {connection.vendor}:", *lines, sep="\n")
