"""A migrate that is killed, or finds its tables held, leaves tables and audit guard as they were."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.faults.gate import patiently
from tests.faults.site import started, url_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DJANGO_S_OWN = (
    "import django; django.setup(); from django.core.management.commands.migrate import Command;"
    "from django.core.management import call_command; call_command(Command(), 'moving')"
)
OLD = {"id", "size"}


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    """DATABASE_URL of a database whose crates are as the first migration made them."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as ends:
        if connection.vendor == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('moving')}/qa.sqlite3?timeout=1"
        else:
            name = f"qa_moving_{uuid.uuid4().hex[:8]}"
            server = url_of(connection)
            maintenance = ends.enter_context(psycopg.connect(server, autocommit=True))
            maintenance.execute(f"create database {name}")
            ends.callback(maintenance.execute, f"drop database {name} with (force)")
            url = server.rsplit("/", 1)[0] + f"/{name}"
        assert manage(url, "migrate", "--run-syncdb", "--verbosity=0").returncode == 0
        yield url


@pytest.fixture
def crates(database):
    back = manage(database, "migrate", "moving", "0001", "--verbosity=0")
    assert back.returncode == 0, back.stderr
    return database


def told_to(url: str, gate=None) -> dict[str, str]:
    """The environment of a process on `url`, whose last migration waits at `gate` where one is given."""
    waits = {"QA_MIGRATION_WAITS": "1", "QA_FAULT_GATE": str(gate.folder)} if gate else {}
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.moving.settings"} | waits


def manage(url: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=told_to(url),
        capture_output=True,
        text=True,
        check=False,
    )


@contextlib.contextmanager
def opened(url: str):
    if url.startswith("sqlite"):
        with contextlib.closing(
            sqlite3.connect(url.removeprefix("sqlite:///").split("?")[0], isolation_level=None)
        ) as other:
            yield other
    else:
        with psycopg.connect(url, autocommit=True) as other:
            yield other


def columns(url: str) -> set[str]:
    with opened(url) as other:
        if url.startswith("sqlite"):
            return {row[1] for row in other.execute("pragma table_info(moving_crate)")}
        asked = "select column_name from information_schema.columns where table_name = 'moving_crate'"
        return {name for (name,) in other.execute(asked)}


def is_whole(url: str) -> bool:
    checked = manage(url, "check")
    assert checked.returncode == 0 or "audit.E005" in checked.stderr, checked.stderr
    return checked.returncode == 0


def kill_in_the_middle(url: str, gate, command: str) -> None:
    env = told_to(url, gate)
    run = [sys.executable, "-c", command] if command else [sys.executable, "manage.py", "migrate", "moving"]
    process = subprocess.Popen(run, cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL)
    [pid] = gate.reached_by(1)
    os.kill(pid, signal.SIGKILL)
    process.wait()
    if url.startswith("postgres"):  # the server takes back what was open once it hears that nobody is there
        patiently(lambda: alone(url))


def alone(url: str) -> bool:
    asked = (
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        " and backend_type = 'client backend'"
    )
    with opened(url) as other:
        return other.execute(asked).fetchone()[0] == 0


def test_migrate_that_is_killed_leaves_everything_as_it_was(crates, gate):
    kill_in_the_middle(crates, gate, "")
    assert columns(crates) == OLD
    assert is_whole(crates)
    again = manage(crates, "migrate", "moving")
    assert again.returncode == 0, again.stderr
    assert columns(crates) == {"id", "size", "colour", "weight"}
    assert is_whole(crates)


def test_control_django_s_own_migrate_leaves_the_guard_off(crates, gate):
    kill_in_the_middle(crates, gate, DJANGO_S_OWN)
    assert columns(crates) == {"id", "size", "colour"}
    assert not is_whole(crates)
    gate.open()
    assert manage(crates, "migrate").returncode == 0
    assert is_whole(crates)


@contextlib.contextmanager
def held(url: str):
    """Somebody else's transaction, open on a guarded table."""
    with opened(url) as other:
        other.execute("begin immediate" if url.startswith("sqlite") else "begin")
        other.execute("select * from lossy_home")
        yield
        other.execute("rollback")


def test_migrate_whose_tables_are_held_says_by_whom_and_changes_nothing(crates):
    with held(crates):
        refused = manage(crates, "migrate", "moving", "--wait", "4")
    assert refused.returncode == 1
    sentence = refused.stderr.strip().splitlines()[-1]
    assert sentence.startswith("CommandError: Nothing was changed: ")
    who = (
        "another program is writing"
        if crates.startswith("sqlite")
        else "has had a transaction open on our tables"
    )
    assert who in sentence
    assert "lossy_home" not in refused.stderr  # not what they asked
    assert columns(crates) == OLD
    assert is_whole(crates)


def test_migrate_waits_for_its_tables_and_goes_on(crates, tmp_path):
    log = tmp_path / "migrate.log"
    with contextlib.ExitStack() as running:
        with held(crates):
            process = running.enter_context(
                started("django", "migrate", "moving", env=told_to(crates), log=log)
            )
            patiently(lambda: "Trying again" in log.read_text())
        assert process.wait(60) == 0, log.read_text()
    assert columns(crates) == {"id", "size", "colour", "weight"}
    assert is_whole(crates)


def test_two_migrates_take_turns(crates, gate):
    first = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "moving"],
        cwd=settings.BASE_DIR,
        env=told_to(crates, gate),
        stdout=subprocess.DEVNULL,
    )
    gate.reached_by(1)
    second = manage(crates, "migrate", "moving", "--wait", "1")
    assert second.returncode == 1
    assert "Nothing was changed: " in second.stderr
    if crates.startswith("postgres"):
        assert "is running another migrate since" in second.stderr
    gate.open()
    assert first.wait() == 0
    assert is_whole(crates)
