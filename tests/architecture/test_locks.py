"""The locks install on a fresh machine, whatever was released since they were written."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN = ASKED["dependencies"]
DEVELOP = RUN + ASKED["optional-dependencies"]["dev"]


def locked_names(lock):
    return set(re.findall(r"^([a-z][a-z0-9.-]*(?:\[[a-z,-]+\])?)==", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize(("lock", "asked"), [("requirements.lock", RUN), ("requirements-dev.lock", DEVELOP)])
def test_a_package_asked_for_with_an_extra_is_locked_with_it(lock, asked):
    """Without the extra, pip looks beyond the lock for it and stops at the first newer release."""
    with_extras = {re.split(r"[<>=~!]", line)[0] for line in asked if "[" in line}
    assert with_extras
    assert with_extras <= locked_names(lock)


def test_both_locks_name_the_same_releases():
    pins = {
        lock: dict(
            re.findall(
                r"^([a-z][a-z0-9.-]*)(?:\[[a-z,-]+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE
            )
        )
        for lock in ("requirements.lock", "requirements-dev.lock")
    }
    assert pins["requirements.lock"].items() <= pins["requirements-dev.lock"].items()
