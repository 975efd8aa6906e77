"""The other tests make their tables from the models, which is four times as fast; here migrations make them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
SCRATCH = "qa_migrated_from_nothing"


def manage(url: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "QA_ENV": "local"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def empty_database(tmp_path, commits):
    """The address of a database with nothing in it, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    settings = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {SCRATCH}")
        cursor.execute(f"CREATE DATABASE {SCRATCH}")
    account = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["USER"] else ""
    yield f"postgres://{account}{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/{SCRATCH}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {SCRATCH}")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_empty_database_is_migrated_guarded_and_filled_with_reference_data(empty_database):
    migrated = manage(empty_database, "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr[-2000:]
    checked = manage(empty_database, "check", "--database", "default")
    assert checked.returncode == 0, checked.stderr[-2000:]
    again = manage(empty_database, "migrate", "--check")
    assert again.returncode == 0, again.stdout[-2000:]


@pytest.mark.timeout(300)
def test_the_models_and_the_migrations_say_the_same():
    told = manage("sqlite://:memory:", "makemigrations", "--check", "--dry-run")
    assert told.returncode == 0, told.stdout[-2000:]
