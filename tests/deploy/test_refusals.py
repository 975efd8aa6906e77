"""Production refuses to start on what would harm it, and says in one sentence what to set."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from qa_portal.core.demonstration import Demonstration
from qa_portal.settings import INSECURE_KEY
from tests.deploy.production import NO_DATABASE, ROOT, SOUND, deploy_check, findings, python
from tests.faults.site import url_of

UNSOUND = [
    ("SECRET_KEY", INSECURE_KEY, "set it to 50 random characters"),
    ("DEBUG", "True", "unset DEBUG or set it to False"),
    ("ALLOWED_HOSTS", "*", "set it to the portal's own"),
    ("ALLOWED_HOSTS", "qa.example.gov.uk, *", "set it to the portal's own"),
    ("DATABASE_URL", "sqlite:////srv/qa/var/demo/demo.sqlite3", "set it to one of production's own"),
    ("DATABASE_URL", "postgres://qa@127.0.0.1:5432/demo", "set it to one of production's own"),
    ("LOG_FORMAT", "xml", "set it to json or text"),
    ("QA_ENV", "live", "set it to local, demo or production"),
]


def last_line(told: str) -> str:
    return told.strip().splitlines()[-1]


def test_each_kind_of_database_has_a_folder_of_its_own():
    """Tests have a temporary one; production names its own."""
    told = {kind: folders_of(kind) for kind in ("local", "demo")}
    told["tests"] = [str(settings.MEDIA_ROOT)]
    for kind, folders in told.items():
        others = [folder for other in told if other != kind for folder in told[other]]
        assert not any(overlap(mine, other) for mine in folders for other in others), kind


def folders_of(kind: str) -> list[str]:
    script = (
        "from qa_portal import settings as s; import pathlib;"
        "print(s.MEDIA_ROOT, pathlib.Path(s.DATABASES['default']['NAME']).parent, s.OWN_DIR, sep='\\n')"
    )
    env = {"QA_ENV": kind, "PATH": os.environ["PATH"]}
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def overlap(one: str, other: str) -> bool:
    return Path(one).is_relative_to(other) or Path(other).is_relative_to(one)


def test_sound_environment_has_no_fault_but_that_no_database_is_there():
    checked = deploy_check()
    assert (checked.returncode, findings(checked)) == (0, [NO_DATABASE]), checked.stderr


@pytest.mark.parametrize(("name", "value", "sentence"), UNSOUND)
def test_unsound_value_is_refused_with_what_to_set(name, value, sentence):
    checked = deploy_check(**{name: value})
    assert checked.returncode == 1
    told = last_line(checked.stderr)
    assert name in told
    assert sentence in told
    assert "SECRET_KEY" not in name or value not in checked.stderr


@pytest.mark.parametrize("name", sorted(set(SOUND) - {"QA_ENV"}))
def test_value_that_is_missing_is_named(name):
    checked = deploy_check(without=name)
    assert checked.returncode == 1
    assert last_line(checked.stderr).endswith(
        f"Set {name} in the environment, for example {name}=" + example(name)
    )


def example(name: str) -> str:
    found = re.search(
        rf'needed_in_production\(\s*"{name}",\s*"([^"]+)"', (ROOT / "qa_portal/settings.py").read_text()
    )
    return found[1]


@pytest.mark.slow
@pytest.mark.usefixtures("commits")
def test_database_that_holds_the_demo_stops_production(tmp_path):
    url = url_of(connection)
    started = python("-c", "import qa_portal.wsgi", DATABASE_URL=url, MEDIA_ROOT=str(tmp_path))
    assert started.returncode == 0, started.stderr[-500:]
    Demonstration.objects.create()
    refused = python("-c", "import qa_portal.wsgi", DATABASE_URL=url, MEDIA_ROOT=str(tmp_path))
    assert refused.returncode == 1
    assert last_line(refused.stderr) == (
        "django.core.exceptions.ImproperlyConfigured: This database holds the demo. "
        "Set DATABASE_URL to a database of its own, made by manage.py migrate."
    )
    checked = python(
        "manage.py", "check", "--deploy", "--database", "default", DATABASE_URL=url, MEDIA_ROOT=str(tmp_path)
    )
    assert checked.returncode == 1
    assert "portal.E001" in checked.stderr


def test_database_that_does_not_answer_is_no_reason_not_to_start():
    started = python("-c", "import qa_portal.wsgi")
    assert started.returncode == 0, started.stderr[-500:]
