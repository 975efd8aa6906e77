"""A production installation's environment, as `deploy/production.env.example` names it, and a process in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOUND = {
    "QA_ENV": "production",
    "SECRET_KEY": "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3gH5jK7mN9pQ1sT3vW5",
    "DATABASE_URL": "sqlite:////tmp/no-such-folder/qa.sqlite3",
    "ALLOWED_HOSTS": "qa.example.gov.uk",
    "PORTAL_URL": "https://qa.example.gov.uk",
    "EMAIL_URL": "dummymail://",
}

NO_DATABASE = "audit.W007"
"""What `check --deploy` says here, where the database of the environment does not exist."""


def python(*arguments: str, without: str = "", **values: str) -> subprocess.CompletedProcess:
    """`python arguments` in production with `values`, and without one variable; nothing else from outside."""
    machine = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    told = {name: value for name, value in (SOUND | values).items() if name != without}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=machine | told,
        capture_output=True,
        text=True,
        check=False,
    )


def findings(checked: subprocess.CompletedProcess) -> list[str]:
    """Returns the ids of what a check has found."""
    return re.findall(r"\((\w+\.[EW]\d+)\)", checked.stderr)


def deploy_check(*, without: str = "", **values: str) -> subprocess.CompletedProcess:
    return python("manage.py", "check", "--deploy", without=without, **values)
