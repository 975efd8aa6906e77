"""Mail servers that are down, slow, strict or killed; workers that stand still. Nothing is lost, nothing doubled.

One fault sends a mail twice, and says so: a worker that dies between the server's "250 accepted" and its own
note of it. Both mails then have the same Message-ID.
"""

import datetime as dt
import socket
import socketserver
import threading
from email import message_from_string

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from providers.notifications import sending
from providers.notifications.kinds import DECISION
from providers.notifications.models import Notification
from providers.notifications.sending import LONGEST_WAIT, MOST_ATTEMPTS, SEND, SHORTEST_WAIT, wait_after
from providers.notifications.services import notify, try_again
from providers.people.models import Membership
from qa_portal.core.due import run_alone, run_due

pytestmark = pytest.mark.django_db
State = Notification.State


class SmtpStub(socketserver.ThreadingTCPServer):
    """Takes mail on a port of this machine. `refuses` is the answer to a recipient, else 250."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails: list[str] = []
        self.refuses = ""

    @property
    def port(self) -> int:
        return self.server_address[1]


class Talk(socketserver.StreamRequestHandler):
    server: SmtpStub

    def handle(self) -> None:
        self.say("220 stub")
        while line := self.rfile.readline().decode():
            match line.split()[0].upper():
                case "RCPT" if self.server.refuses:
                    self.say(self.server.refuses)
                case "DATA":
                    self.say("354 go on")
                    text = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                    self.server.mails.append(text)
                    self.say("250 accepted")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def closed_port(settings) -> int:
    """Django mails by SMTP to a port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return port


@pytest.fixture
def server(settings, closed_port):
    with SmtpStub() as stub:
        thread = threading.Thread(target=stub.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_PORT = stub.port
        yield stub
        stub.shutdown()
        thread.join()


@pytest.fixture
def officer(world) -> Membership:
    return world.membership("contract_officer")


def later(**delta):
    return time_machine.travel(timezone.now() + dt.timedelta(**delta), tick=False)


def test_server_that_is_down_leaves_the_message_waiting_and_then_gets_it_once(
    settings, closed_port, officer, caplog
):
    notify(to=officer, key="k", kind=DECISION)
    run_due(SEND)
    row = Notification.objects.get()
    assert (row.state, row.attempts, row.error) == (State.WAITING, 1, "ConnectionRefusedError")
    assert row.told == "Not delivered yet, tried 1 time"
    assert officer.person.user.email not in caplog.text.lower(), "the log holds no address"
    with SmtpStub() as stub, later(hours=2):
        threading.Thread(target=stub.serve_forever, daemon=True).start()
        settings.EMAIL_PORT = stub.port
        for _ in range(3):
            run_due(SEND)
        stub.shutdown()
    assert len(stub.mails) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == (State.SENT, 2, "")


def test_without_the_outbox_the_mail_is_lost(closed_port, officer):
    """The control: sent where the fact is written, a mail of a server that is down is gone."""
    with pytest.raises(ConnectionRefusedError):
        mail.send_mail("A decision", "text", None, [officer.person.user.email])
    assert not Notification.objects.exists()


def test_server_that_is_down_is_asked_once_a_pass_and_not_once_a_message(closed_port, officer, monkeypatch):
    """Five hundred messages at ten seconds each would hold up all other work for an hour."""
    asked = []
    rendered = sending.rendered
    monkeypatch.setattr(sending, "rendered", lambda message: asked.append(message.pk) or rendered(message))
    for n in range(20):
        notify(to=officer, key=f"k{n}", kind=DECISION)
    run_due(SEND)
    assert len(asked) == 1
    assert sorted(Notification.objects.values_list("attempts", flat=True)) == [0] * 19 + [1]
    with later(hours=2):
        run_due(SEND)
    assert len(asked) == 2


def test_waits_double_up_to_an_hour_and_are_not_in_step():
    for attempts in range(1, MOST_ATTEMPTS + 1):
        waits = [wait_after(attempts) for _ in range(50)]
        assert SHORTEST_WAIT <= min(waits) <= max(waits) <= LONGEST_WAIT
        least = min(SHORTEST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
        assert min(waits) >= least or attempts > 5
        assert len(set(waits)) > 1 or least == LONGEST_WAIT


def test_after_ten_attempts_the_message_is_shown_as_dead_until_somebody_tries_again(
    world, closed_port, officer
):
    notify(to=officer, key="k", kind=DECISION)
    for n in range(15):
        with later(hours=2 * n):
            run_due(SEND)
    row = Notification.objects.get()
    assert (row.state, row.attempts) == (State.DEAD, MOST_ATTEMPTS)
    assert try_again(by=world.as_("installation_administrator"), message=row) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.WAITING, 0)


def test_address_that_does_not_exist_is_dead_at_once_and_holds_up_nothing(server, officer, caplog):
    server.refuses = "550 no such mailbox"
    notify(to=officer, key="first", kind=DECISION)
    notify(to=officer, key="second", kind=DECISION)
    run_due(SEND)
    rows = Notification.objects.values_list("state", "error", "attempts")
    assert set(rows) == {(State.DEAD, "SMTPRecipientsRefused", 1)}
    assert officer.person.user.email not in caplog.text.lower()


def test_address_that_is_refused_for_now_is_tried_again(server, officer):
    server.refuses = "450 mailbox is busy"
    notify(to=officer, key="k", kind=DECISION)
    run_due(SEND)
    assert Notification.objects.get().state == State.WAITING
    server.refuses = ""
    with later(hours=1):
        run_due(SEND)
    assert len(server.mails) == 1


def test_message_that_cannot_be_made_fails_by_itself_and_the_next_one_leaves(server, officer):
    Notification.objects.filter(pk=notify(to=officer, key="poison", kind=DECISION).pk).update(kind="gone")
    notify(to=officer, key="good", kind=DECISION)
    [done] = run_due(SEND)
    assert (done.done, done.failed) == (1, 1)
    assert len(server.mails) == 1
    poison = Notification.objects.get(kind="gone")
    assert (poison.state, poison.error) == (State.WAITING, "KeyError")


def test_worker_that_stood_still_for_ten_days_mails_each_message_once(server, officer):
    start = timezone.now()
    for n in range(10):
        with time_machine.travel(start + dt.timedelta(days=n), tick=False):
            notify(to=officer, key=f"day {n}", kind=DECISION)
    with time_machine.travel(start + dt.timedelta(days=10), tick=False):
        for _ in range(3):
            run_due(SEND)
    assert len(server.mails) == len(ids(server)) == 10


def ids(server: SmtpStub) -> set[str]:
    return {message_from_string(text)["Message-ID"] for text in server.mails}


class Killed(BaseException):
    """As kill -9: no handler of ours runs."""


@pytest.fixture
def killed_once(monkeypatch):
    """Dies when the mail server has said yes and nothing is noted yet."""
    noted = sending._set

    def die(message, **values):
        monkeypatch.setattr(sending, "_set", noted)
        raise Killed

    monkeypatch.setattr(sending, "_set", die)


def test_worker_killed_after_the_server_s_yes_sends_again_under_the_same_id(server, officer, killed_once):
    """The fault that is left, and why the Message-ID never changes: mail programs show the two as one."""
    notify(to=officer, key="k", kind=DECISION)
    with pytest.raises(Killed):
        run_due(SEND)
    run_due(SEND)
    assert len(server.mails) == 1, "it is taken, and nobody else touches it meanwhile"
    with later(hours=1):
        run_due(SEND)
    assert len(server.mails) == 2
    assert len(ids(server)) == 1
    assert Notification.objects.get().state == State.SENT


def test_worker_killed_before_the_mail_left_sends_it_once(server, officer, monkeypatch):
    def die(message):
        monkeypatch.undo()
        raise Killed

    monkeypatch.setattr(sending, "_mail", die)
    notify(to=officer, key="k", kind=DECISION)
    with pytest.raises(Killed):
        run_due(SEND)
    with later(hours=1):
        run_due(SEND)
        run_due(SEND)
    assert len(server.mails) == 1


def test_message_whose_worker_is_killed_every_time_ends_too(server, officer, monkeypatch):
    def die(message):
        raise Killed

    monkeypatch.setattr(sending, "_mail", die)
    notify(to=officer, key="k", kind=DECISION)
    for n in range(MOST_ATTEMPTS):
        with later(hours=2 * n), pytest.raises(Killed):
            run_due(SEND)
    with later(hours=2 * MOST_ATTEMPTS):
        run_due(SEND)
    assert Notification.objects.get().state == State.DEAD


def test_slow_attempt_does_not_undo_what_a_later_one_did(server, officer, monkeypatch):
    """A worker that was frozen past its time finds the message sent by another, and leaves it so."""
    rendered = sending.rendered
    notify(to=officer, key="k", kind=DECISION)

    def freeze(message):
        monkeypatch.setattr(sending, "rendered", rendered)
        with later(hours=2):
            run_due(SEND)
        raise TimeoutError

    monkeypatch.setattr(sending, "rendered", freeze)
    run_due(SEND)
    row = Notification.objects.get()
    assert (row.state, row.error, len(server.mails)) == (State.SENT, "", 1)


def test_server_that_never_answers_costs_one_timeout(settings, closed_port, officer):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        for n in range(5):
            notify(to=officer, key=f"k{n}", kind=DECISION)
        started = dt.datetime.now(dt.UTC)
        run_due(SEND)
        took = dt.datetime.now(dt.UTC) - started
    assert took < dt.timedelta(seconds=2)
    assert sorted(Notification.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]


def workers(number: int) -> None:
    """So many passes at the same moment, each with a connection of its own."""
    together = threading.Barrier(number)

    def work() -> None:
        together.wait()
        run_alone(SEND)

    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.commits
def test_four_workers_at_once_mail_each_message_once(commits, world, server, officer):
    for n in range(5):
        notify(to=officer, key=f"k{n}", kind=DECISION)
    workers(4)
    assert len(server.mails) == len(ids(server)) == 5
    assert set(Notification.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.commits
def test_four_workers_that_take_nothing_first_mail_it_again_and_again(
    commits, world, server, officer, monkeypatch
):
    """The control: with the taking left out, the same four send the same message more than once."""
    monkeypatch.setattr(
        sending, "_take", lambda message: Notification.objects.with_names().get(pk=message.pk)
    )
    for n in range(5):
        notify(to=officer, key=f"k{n}", kind=DECISION)
    workers(4)
    assert len(server.mails) > len(ids(server)) == 5
