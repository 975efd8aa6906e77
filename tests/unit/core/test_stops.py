"""While there is a reason to write nothing, the portal reads on, says why, and neither pages nor due work write."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from qa_portal import celery
from qa_portal.core import due, stops
from qa_portal.core.stops import Stop, WritesStopped, check_may_write

pytestmark = pytest.mark.django_db
REASON = "The audit guard is not whole: run manage.py migrate."


class Guard:
    """A reason that a test switches on and off; `asked` counts how often it was looked at."""

    def __init__(self) -> None:
        self.sentence: str | None = None
        self.asked = 0

    def ask(self) -> str | None:
        self.asked += 1
        return self.sentence


@pytest.fixture
def guard(monkeypatch):
    monkeypatch.setattr(stops, "_stops", {})
    stops.forget()
    guard = Guard()
    stops.register(Stop("guard", guard.ask))
    yield guard
    stops.forget()


@pytest.fixture
def letters(monkeypatch) -> list[str]:
    """One kind of due work, which appends to this list when it is done."""
    monkeypatch.setattr(due, "_kinds", {})
    sent: list[str] = []
    due.register(due.DueWork("letters", lambda: [] if sent else ["one"], sent.append))
    return sent


def test_no_reason_stops_nothing(guard):
    check_may_write()
    assert stops.reasons() == ()


def test_a_reason_is_asked_for_once_a_minute_and_afresh_when_it_is_looked_for(guard):
    stops.reasons()
    guard.sentence = REASON
    assert stops.reasons() == ()
    assert guard.asked == 1
    assert stops.look() == (REASON,)
    assert stops.reasons() == (REASON,)
    with pytest.raises(WritesStopped, match="audit guard is not whole"):
        check_may_write()


def test_a_reason_that_was_mended_is_forgotten_at_once_when_asked_to(guard):
    guard.sentence = REASON
    stops.look()
    guard.sentence = None
    stops.forget()
    assert stops.reasons() == ()


def test_due_work_does_nothing_while_stopped_and_all_of_it_afterwards(guard, letters):
    guard.sentence = REASON
    with pytest.raises(WritesStopped):
        due.run_due()
    with pytest.raises(WritesStopped):
        due.run_due("letters")
    assert letters == []
    guard.sentence = None
    due.run_due()
    assert letters == ["one"]


def test_work_started_beside_the_passes_is_left_and_said_in_the_log(guard, letters, caplog, monkeypatch):
    monkeypatch.setattr(due.connections, "close_all", lambda: None)
    guard.sentence = REASON
    due.run_alone("letters")
    assert letters == []
    assert f"letters was left: {REASON}" in caplog.text


def test_command_ends_with_the_reason(guard, letters):
    guard.sentence = REASON
    with pytest.raises(CommandError, match="audit guard is not whole"):
        call_command("run_due")
    assert letters == []


def test_loop_says_the_reason_and_goes_on_once_it_is_mended(guard, letters, monkeypatch, capsys):
    from qa_portal.core.management.commands import run_due as command

    guard.sentence = REASON
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            raise KeyboardInterrupt
        guard.sentence = None

    monkeypatch.setattr(command.time, "sleep", sleep)
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("run_due", loop=60)
    assert REASON in capsys.readouterr().err
    assert letters == ["one"]


def test_task_of_the_worker_says_the_reason_and_is_not_delivered_again(guard, letters, caplog):
    guard.sentence = REASON
    celery.run_due()
    assert letters == []
    assert REASON in caplog.text


def test_form_answers_503_with_the_reason_and_what_was_typed_and_pages_are_read(guard, world):
    client = world.client("contract_officer")
    guard.sentence = REASON
    stops.look()
    answer = client.post(reverse("my_details"), {"name": "Helen Armstrong"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Nothing can be saved at the moment" in page
    plain, details = page.split("<details", 1)
    assert "Tell the people who run the portal" in plain
    assert REASON not in plain  # names of tables and commands are for those people
    assert REASON in details
    assert "Helen Armstrong" in page
    assert client.get(reverse("my_details")).status_code == 200


def test_the_same_form_is_taken_without_a_reason(guard, world):
    client = world.client("contract_officer")
    assert client.post(reverse("my_details"), {"name": "Helen Armstrong"}).status_code != 503


def test_people_sign_in_while_nothing_is_written(guard, client, db):
    guard.sentence = REASON
    stops.look()
    assert (
        client.post(reverse("account_login"), {"login": "a@b.example", "password": "wrong"}).status_code
        == 200
    )
