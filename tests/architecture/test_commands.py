"""Whatever the portal may not write now, a command may not write either. A new command fails until it is listed."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from qa_portal.core import stops
from qa_portal.core.stops import Stop

ROOT = Path(__file__).parents[2]
REASON = "The audit guard is not whole."
STOPPED = {
    "run_due": [],
    "demo_due": [],
    "import_ofsted": [__file__],
    "withdraw_import": ["1", "--reason", "Not the whole list"],
    "invite_administrator": ["new@mail.example", "Lancashire"],
    "quarantine sweep": ["--yes"],
    "quarantine restore": ["all"],
    "quarantine clear": ["--yes"],
}
GOES_ON = {
    "register_summary": "reads",
    "flow_diagram": "reads",
    "scorecard": "reads",
    "clean_duplicate_history": "refuses always",
    "clean_old_history": "refuses always",
    "quarantine list": "reads",
    "quarantine strays": "reads",
    "demo": "begins a database of its own",
    "seed_demo": "begins a database of its own, and takes no storage but the demo's",
    "check": "reads",
    "migrate": "mends a reason",
    "database_roles": "prints, or changes roles and no row",
    "adopt_storage": "mends a reason",
    "end_restored_state": "mends a reason, and stops for every other",
    "begin_restored_state": "is a reason",
}


def ours() -> set[str]:
    found = (path for path in ROOT.glob("*/**/management/commands/*.py") if ".venv" not in path.parts)
    return {path.stem for path in found if path.stem != "__init__" and "tests" not in path.parts}


def test_every_command_is_listed():
    assert {name.split()[0] for name in STOPPED | GOES_ON} >= ours()


@pytest.mark.django_db
@pytest.mark.parametrize("name", STOPPED)
def test_command_that_writes_ends_with_the_reason(name, monkeypatch):
    monkeypatch.setitem(stops._stops, "guard", Stop("guard", lambda: REASON))
    with pytest.raises(CommandError, match="audit guard is not whole"):
        call_command(*name.split(), *STOPPED[name])


@pytest.mark.django_db
@pytest.mark.parametrize("name", STOPPED)
def test_without_a_reason_it_ends_otherwise(name):
    try:
        call_command(*name.split(), *STOPPED[name])
    except CommandError as error:
        assert REASON not in str(error)
