"""Work that is due is done once, whoever delivers it and however often."""

from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from kombu.exceptions import OperationalError

from qa_portal import celery
from qa_portal.core import due
from qa_portal.core.management.commands import run_due as command

pytestmark = pytest.mark.django_db


class Letters:
    """Letters to send; one that is sent is due no more."""

    def __init__(self, *names: str) -> None:
        self.waiting = [SimpleNamespace(pk=name) for name in names]
        self.sent: list[str] = []

    def send(self, letter) -> None:
        if letter.pk == "torn":
            raise ValueError("this letter cannot be sent")
        self.waiting.remove(letter)
        self.sent.append(letter.pk)


@pytest.fixture
def letters(monkeypatch) -> Letters:
    monkeypatch.setattr(due, "_kinds", {})
    letters = Letters("first", "torn", "second")
    due.register(due.DueWork("letters", lambda: list(letters.waiting), letters.send))
    return letters


def test_second_pass_does_nothing_that_is_done(letters):
    assert due.run_due() == [due.Pass("letters", done=2, failed=1)]
    assert due.run_due() == [due.Pass("letters", done=0, failed=1)]
    assert letters.sent == ["first", "second"]


def test_item_that_fails_is_told_to_the_operator_and_holds_up_nothing(letters, caplog):
    due.run_due("letters")
    assert "letters failed for torn" in caplog.text
    assert letters.sent == ["first", "second"]


def test_kind_that_cannot_ask_what_is_due_holds_up_no_other(letters, caplog):
    def broken():
        raise ValueError("no such column")
        yield

    due.register(due.DueWork("bills", broken, letters.send))
    due._kinds = dict(reversed(due._kinds.items()))
    assert due.run_due() == [due.Pass("bills", done=0, failed=1), due.Pass("letters", done=2, failed=1)]
    assert "bills could not ask what is due" in caplog.text


def test_command_says_what_it_did_and_fails_when_work_failed(letters, capsys):
    with pytest.raises(CommandError, match="is due again"):
        call_command("run_due")
    assert capsys.readouterr().out == "letters: 2 done, 1 failed\n"
    letters.waiting.clear()
    call_command("run_due")
    assert capsys.readouterr().out == ""


def test_loop_goes_on_after_work_failed(letters, monkeypatch):
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(command.time, "sleep", sleep)
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("run_due", loop=30)
    assert slept == [30, 30, 30]


def test_celery_s_task_runs_the_same_registry(letters):
    celery.app.tasks[due.TASK].apply(args=["letters"]).get()
    assert letters.sent == ["first", "second"]
    assert {entry["task"] for entry in celery.app.conf.beat_schedule.values()} == {due.TASK}


def test_soon_is_after_the_commit_and_in_this_process_without_a_broker(
    letters, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(due.threading.Thread, "start", lambda thread: thread.run())
    monkeypatch.setattr(due, "run_alone", due.run_due)
    with django_capture_on_commit_callbacks(execute=True):
        due.run_soon("letters")
        assert letters.sent == []
    assert letters.sent == ["first", "second"]


@pytest.mark.django_db
@pytest.mark.parametrize("is_down", [False, True])
def test_soon_goes_to_the_broker_where_there_is_one(
    letters, settings, monkeypatch, caplog, django_capture_on_commit_callbacks, is_down
):
    """A broker that is down fails no request: the next pass does the work."""
    settings.CELERY_BROKER_URL = "memory://"
    sent = []

    def send_task(client, name, args, **options):
        if is_down:
            raise OperationalError
        sent.append((name, args))

    monkeypatch.setattr(due.Celery, "send_task", send_task)
    with django_capture_on_commit_callbacks(execute=True):
        due.run_soon("letters")
    assert letters.sent == []
    assert sent == ([] if is_down else [(due.TASK, ["letters"])])
    assert ("the next pass will" in caplog.text) == is_down
