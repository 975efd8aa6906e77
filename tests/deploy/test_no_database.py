"""An operator whose database does not answer is told so, in words, by every command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY_LISTENS = "postgres://qa@127.0.0.1:1/qa"


def manage(*arguments: str, url: str) -> subprocess.CompletedProcess:
    """Runs manage.py in a process of its own, with `url` as DATABASE_URL."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ
        | {"QA_ENV": "local", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "qa_portal.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["run_due", "migrate", "register_summary --as-at 2026-01-01 --format json"]
)
def test_command_says_that_the_database_does_not_answer(command):
    ended = manage(*command.split(), url=NOBODY_LISTENS)
    assert ended.returncode == 1
    assert "The database does not answer: connection failed" in ended.stderr
    assert ended.stderr.rstrip().endswith("Start it, or correct DATABASE_URL.")


@pytest.mark.slow
def test_words_of_a_statement_that_fails_stay_out_of_the_terminal(tmp_path):
    """The positive control: the database answers, and what it says of a statement may quote a row."""
    ended = manage("run_due", url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert ended.returncode != 0
    assert "no such table" not in ended.stderr


@pytest.mark.slow
def test_check_says_that_it_could_not_look():
    assert "audit.W007" in manage("check", "--deploy", url=NOBODY_LISTENS).stderr
