"""The due work did not run for ten days, or is delivered more than once: each item has one effect, in order.

Two workers read their lists before either acts, so every item is delivered twice for certain.
"""

import contextlib
import datetime as dt
import uuid

import pytest
from celery import Celery
from django.db import connection
from django.db.models import F
from kombu import Connection
from kombu.exceptions import OperationalError
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from qa_portal import celery
from qa_portal.core import due
from tests.faults.control import faults_of_the_log
from tests.faults.gate import patiently
from tests.faults.site import environment, started, url_of
from tests.needed import missing
from tests.parcels.flows import ParcelFlow
from workflows.shared.due import due_timers, fire
from workflows.shared.models import TaskEvent

MANY = 50
TEN_DAYS = dt.timedelta(days=10)
WEEK, MONTH = dt.timedelta(days=7), dt.timedelta(days=30)
pytestmark = pytest.mark.slow
BROKERS = {"Redis": "redis://127.0.0.1:6379/15", "RabbitMQ": "amqp://guest:guest@127.0.0.1:5672//"}


def passed(deadline: dt.timedelta) -> None:
    """The armed deadlines so long ago that the one of `deadline` fell ten days back."""
    armed = Task.objects.filter(flow_task_type="TIMER", status=STATUS.SCHEDULED)
    armed.update(scheduled=F("scheduled") - deadline - TEN_DAYS)


def fired() -> list[tuple[int, str, str]]:
    """(process, deadline, reason) of each deadline that passed, in the order of the log."""
    log = TaskEvent.objects.filter(node_type="TIMER", to_status=STATUS.DONE)
    return list(log.values_list("process_id", "node", "reason"))


def notes() -> int:
    """How often the effect of the week's deadline was had."""
    return Task.objects.filter(flow_task=ParcelFlow.note_late).count()


@pytest.fixture
def two_workers(gate, tmp_path):
    """Runs the due work in two processes, and lets them act once both have read their lists."""

    def run(fault: str) -> str:
        env = environment(url_of(connection), fault, gate)
        command = ["django", "run_due"]
        logs = [tmp_path / "one.log", tmp_path / "two.log"]
        with contextlib.ExitStack() as stack:
            workers = [stack.enter_context(started(*command, env=env, log=log)) for log in logs]
            gate.reached_by(2)
            gate.open()
            for worker in workers:
                worker.wait(timeout=60)
        return "".join(log.read_text() for log in logs)

    return run


def test_worker_away_for_ten_days_fires_each_deadline_once_in_order_and_tells_how_late(start, two_workers):
    processes = [start() for _ in range(MANY)]
    passed(MONTH)
    told = two_workers("deliver twice")
    assert told.count(f"fire timers: {2 * MANY} done, 0 failed") == 2
    log = fired()
    for process in processes:
        of_process = [(node, reason.split(", ")[-1]) for pk, node, reason in log if pk == process.pk]
        assert of_process == [
            ("weigh__timeout", "noticed 33 days late"),
            ("weigh__timeout_2", "noticed 10 days late"),
        ]
    assert notes() == MANY
    assert not Process.objects.exclude(status=STATUS.DONE).exists()
    assert not due_timers().exists()


def test_control_without_lock_and_second_look_each_deadline_fires_twice(start, two_workers):
    for _ in range(MANY):
        start()
    passed(WEEK)
    two_workers("control: deliver twice unchecked")
    assert notes() == 2 * MANY
    assert faults_of_the_log()


def test_item_delivered_by_celery_and_by_run_due_has_one_effect(start, monkeypatch):
    start()
    passed(WEEK)
    read_before = [list(due_timers()), list(due_timers())]
    monkeypatch.setitem(due._kinds, "fire timers", due.DueWork("fire timers", read_before.pop, fire))
    celery.app.tasks[due.TASK].apply(args=["fire timers"]).get()
    [by_run_due] = due.run_due("fire timers")
    assert (by_run_due.done, by_run_due.failed, read_before) == (1, 0, [])
    assert notes() == 1


@pytest.fixture(params=sorted(BROKERS))
def broker(request) -> str:
    """The address of a broker on this machine; the test is skipped where none answers."""
    address = BROKERS[request.param]
    try:
        with Connection(address, connect_timeout=2) as line:
            line.ensure_connection(max_retries=1)
    except OperationalError as error:
        missing(f"{request.param} does not answer on this machine: {error}")
    return address


@contextlib.contextmanager
def queue_of_its_own(broker: str):
    """Its name, and a function that puts a pass of the deadlines on it."""
    name = f"qa-faults-{uuid.uuid4()}"
    with Celery(broker=broker, set_as_current=False) as client:
        yield name, lambda: client.send_task(due.TASK, args=["fire timers"], queue=name)
    with Connection(broker) as line:
        line.default_channel.queue_delete(name)


def test_item_delivered_by_a_broker_and_by_run_due_has_one_effect(broker, start, gate, tmp_path):
    """A real worker has read its list and waits; run_due is faster; the message comes once more."""
    start()
    passed(WEEK)
    log = tmp_path / "celery.log"
    env = environment(url_of(connection), "deliver twice", gate, CELERY_BROKER_URL=broker)
    with queue_of_its_own(broker) as (queue, send):
        alone = ["--pool=solo", "--without-mingle", "--without-gossip", "--without-heartbeat"]
        named = [f"--queues={queue}", f"--hostname={queue}", "--loglevel=INFO"]
        with started("celery", "-A", "qa_portal.celery", "worker", *alone, *named, env=env, log=log):
            send()
            gate.reached_by(1)
            [by_run_due] = due.run_due("fire timers")
            gate.open()
            send()
            patiently(lambda: log.read_text().count("succeeded") == 2)
    assert (by_run_due.done, len(fired()), notes()) == (1, 1, 1)
