"""A backup that is restored beside newer documents sends nothing again, until an operator has said what becomes of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from providers.documents import storage_guard
from providers.documents.storage import document_storage
from qa_portal.core import due
from qa_portal.core.installation import Installation, OwnershipState, markers
from tests.faults.at_once import at_once
from tests.needed import missing

ROOT = Path(__file__).parents[2]


@pytest.fixture
def empty_database(tmp_path):
    """The address of a database of the test's own, of the kind that this run is on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/restored.sqlite3"
        return
    if not shutil.which("pg_restore"):
        missing("pg_dump and pg_restore are not here")
    told, name = settings.DATABASES["default"], f"qa_restored_{os.getpid()}"
    server = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    with psycopg.connect(f"postgresql://{server}/postgres", autocommit=True) as server_itself:
        server_itself.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{server}/{name}"
        server_itself.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.mark.slow
def test_waiting_mail_of_a_restored_database_is_sent_only_when_an_operator_says_so(empty_database, tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": empty_database,
        "QA_FAULT_MEDIA": str(tmp_path / "media"),
        "PGPASSWORD": str(settings.DATABASES["default"].get("PASSWORD", "")),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.restored"], env=env, cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["worked on"] == 1
    assert "older than its stored documents" in told["restored"]
    assert told["pages"] == [200, 503]
    assert told["held"] == [1, 1]
    assert told["sent"] == [2, 2], "once, and not at every pass"
    assert told["control"] == 3, "without the counter the restored database sends it by itself"


@pytest.mark.usefixtures("commits")
def test_workers_that_begin_at_once_adopt_one_storage_and_none_looks_restored():
    """As `run_due` beside Celery's worker would."""
    for _ in range(2):
        at_once(*[due.run_due] * 4)
    row = Installation.objects.get()
    assert row.passes == 8
    assert {one.identity for one in markers(document_storage())} == {row.identity}
    assert markers(document_storage())[-1].number == 8
    found = storage_guard.ownership()
    assert (found.state, found.is_storage_older) == (OwnershipState.OURS, False)
