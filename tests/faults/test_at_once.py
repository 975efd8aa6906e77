"""Several people, or one impatient one, at the same moment: one effect, and everybody is told the truth.

Whoever is in the middle of the step waits there for a second person, a moment or until they come: what a
lock keeps apart stays apart, and what it does not keep apart meets for certain.
"""

import contextlib
import threading
import time
import uuid

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.urls import reverse
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from tests.faults.at_once import at_once
from tests.faults.control import faults_of_the_log
from tests.flows.driving import do, open_steps, the_task
from tests.parcels.flows import ParcelFlow, Weigh
from tests.parcels.models import Box
from workflows.shared import locks
from workflows.shared.models import Case

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no row locks: there one writer waits for another"
)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a transaction mode of SQLite alone")
HOLD = 0.6  # seconds, well within settings.LOCK_SECONDS


@pytest.fixture
def step(start, monkeypatch):
    """A step that leaves a box behind, and in whose middle two people would meet."""
    second = threading.Barrier(2)

    def act(self, form):
        Box.objects.create(parcel=self.subject)
        with contextlib.suppress(threading.BrokenBarrierError):
            second.wait(timeout=HOLD)

    monkeypatch.setattr(Weigh, "act", act)
    return the_task(start(), ParcelFlow.weigh)


def sent_by(people, step, *personas) -> list[int]:
    """The status of each one's answer, all sent at once."""
    clients = [people.client(persona) for persona in personas]
    answers = at_once(*(lambda client=client: do(client, step, weight=5) for client in clients))
    return sorted(answer.status_code for answer in answers)


def test_two_people_on_one_step_have_one_effect_and_the_later_is_told(people, step):
    assert sent_by(people, step, "contract_officer", "colleague") == [302, 409]
    assert Box.objects.count() == 1
    assert open_steps(step.process) == {"pack", "label"}


def without_the_lock(monkeypatch):
    reading = Task._base_manager.select_related("process__case__council")
    monkeypatch.setattr(locks, "tasks_locking_their_case", lambda: reading)


@on_postgresql
def test_control_without_the_lock_both_are_told_that_they_did_it(people, step, monkeypatch):
    without_the_lock(monkeypatch)
    assert sent_by(people, step, "contract_officer", "colleague") == [302, 302]
    assert Box.objects.count() == 2
    assert Task.objects.filter(process=step.process, flow_task=ParcelFlow.pack).count() == 2
    assert faults_of_the_log()


@on_sqlite
def test_without_our_lock_the_immediate_transaction_still_serialises(people, step, monkeypatch):
    without_the_lock(monkeypatch)
    assert sent_by(people, step, "contract_officer", "colleague") == [302, 409]
    assert Box.objects.count() == 1


@on_sqlite
def test_control_deferred_transaction_fails_whoever_is_later_without_saying_why(people, step, monkeypatch):
    """The default of SQLite: both read, then one may not write. IMMEDIATE in our settings is the defence."""
    monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    assert sent_by(people, step, "contract_officer", "colleague") == [302, 503]


def test_four_identical_forms_have_one_effect_and_lead_to_one_place(people, step):
    token, clients = uuid.uuid4(), [people.client("contract_officer") for _ in range(4)]
    sends = [lambda client=client: do(client, step, weight=5, form_token=token) for client in clients]
    answers = at_once(*sends)
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, reverse("case", args=[step.process_id]))
    }
    assert Box.objects.count() == 1


@pytest.fixture
def start_page(people, settings):
    """Sends the form of the start page four times at once, each with what `token()` gives."""
    settings.ROOT_URLCONF = "tests.faults.urls"

    def sent_four_times(token) -> set[tuple[int, str]]:
        clients = [people.client("contract_officer") for _ in range(4)]
        about = [{"form_token": token()} for _ in clients]
        address = reverse("send_parcel")
        sends = zip(clients, about, strict=True)
        answers = at_once(*(lambda c=client, a=answers: c.post(address, a) for client, answers in sends))
        return {(answer.status_code, answer.headers["Location"]) for answer in answers}

    return sent_four_times


def test_four_identical_start_forms_start_one_process(start_page):
    same = uuid.uuid4()
    [(status, _)] = start_page(lambda: same)
    assert status == 302
    assert Process.objects.count() == 1


@pytest.mark.parametrize("token", [lambda: "", uuid.uuid4], ids=["without", "each its own"])
def test_control_without_one_token_four_forms_start_four_processes(token, start_page):
    assert len(start_page(token)) == 4
    assert Process.objects.count() == 4


@contextlib.contextmanager
def held(process):
    """Somebody else's transaction has the row of `process`, and with SQLite the whole database."""
    has, may_go = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
                has.set()
                may_go.wait(timeout=60)
        finally:
            connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    has.wait(timeout=60)
    try:
        yield
    finally:
        may_go.set()
        holder.join()


@pytest.fixture
def bounded():
    """The wait of this connection as a deployment could set it."""

    def bound(seconds: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select set_config('lock_timeout', %s, false)", [f"{seconds * 1000:.0f}ms"])

    yield bound
    connection.close()


@on_postgresql
@pytest.mark.parametrize("bound", [0.1, settings.LOCK_SECONDS])
def test_case_that_somebody_holds_for_long_answers_409_once_the_bound_is_reached(
    bound, people, start, request
):
    """The shorter bound is the control: it is the connection's that ends the wait."""
    if bound != settings.LOCK_SECONDS:
        request.getfixturevalue("bounded")(bound)
    task = the_task(start(), ParcelFlow.weigh)
    client = people.client("contract_officer")
    with held(task.process):
        begun = time.monotonic()
        answer = do(client, task, weight=57)
        waited = time.monotonic() - begun
    assert answer.status_code == 409
    assert "Somebody else is saving this case" in answer.text
    assert "57" in answer.text
    assert bound <= waited  # and it came while the case was still held
    assert do(client, task, weight=5).status_code == 302


@on_postgresql
def test_what_changed_while_one_waited_for_the_case_is_read_as_it_is_now(start):
    """PostgreSQL gives who waits the locked rows anew, and those only joined as they stood before."""
    task, has, seen = the_task(start(), ParcelFlow.weigh), threading.Event(), []

    def change():
        with transaction.atomic():
            Process.objects.select_for_update(of=("self",)).get(pk=task.process_id)
            has.set()
            time.sleep(HOLD)
            Task.objects.filter(pk=task.pk).update(status=STATUS.CANCELED)
            Case.objects.filter(pk=task.process_id).update(detail="Changed")

    def wait():
        has.wait(timeout=60)
        with locks.opened(task) as activation:
            seen.extend([activation.task.status, activation.process.case.detail])

    at_once(change, wait)
    assert seen == [STATUS.CANCELED, "Changed"]


@on_sqlite
def test_database_that_somebody_holds_for_long_answers_503_in_bounded_time(people, start, monkeypatch):
    task = the_task(start(), ParcelFlow.weigh)
    client = people.client("contract_officer")
    monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", HOLD)
    [answer] = at_once(lambda: held_while(task.process, lambda: do(client, task, weight=57)))
    assert answer.status_code == 503
    assert "57" in answer.text
    assert do(client, task, weight=5).status_code == 302


def held_while(process, call):
    with held(process):
        return call()
