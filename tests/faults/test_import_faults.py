"""The import is killed after its rows and its first case: done again, each bad news has one effect."""

import datetime as dt
import os
import signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from viewflow.workflow.models import Process

from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.import_steps import APPLY, ask_for_import, confirm_import, preview_import
from inspections.ofsted.models import Inspection, RegisterFile, RegisterFileWithdrawal
from qa_portal.core import due
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.register import used_at
from tests.faults.at_once import at_once
from tests.faults.site import environment, started, url_of
from tests.unit.inspections.ofsted.building import register, row
from workflows.issues.flows import IssueFlow
from workflows.reactions.imports import import_register
from workflows.reactions.withdrawals import withdraw_and_notify

pytestmark = pytest.mark.slow
HOMES = ["SC000001", "SC000002", "SC000003"]


def rows(grade: str, inspected: dt.date) -> bytes:
    days = {"inspected": f"{inspected:%d/%m/%Y}", "published": f"{inspected + dt.timedelta(days=9):%d/%m/%Y}"}
    return register(*[row(urn=urn, grade=grade, event=f"{urn}{inspected}", **days) for urn in HOMES])


@pytest.fixture
def known(people):
    """Three good homes that the north uses."""
    long_ago = today() - dt.timedelta(days=300)
    good = rows("Good", long_ago)
    import_register(by=None, content=good, filename="before.csv", as_at=long_ago + dt.timedelta(days=30))
    used_at(people.as_("contract_officer"), HOMES)
    return people


@pytest.fixture
def bad_news(known, tmp_path, monkeypatch):
    """A file in which all three are Inadequate; and how the operator, or the pages' due work, imports it."""
    monkeypatch.setattr(due, "_start", lambda name: None)  # by the worker that is killed, not by this process
    content = rows("Inadequate", today() - dt.timedelta(days=20))
    path = tmp_path / "today.csv"
    path.write_bytes(content)

    def confirmed() -> None:
        installer = known.as_("installation_administrator")
        upload = SimpleUploadedFile("today.csv", content)
        asked = ask_for_import(by=installer, upload=upload, as_at=today())
        preview_import(asked)
        confirm_import(by=installer, request=asked)

    return path, confirmed


@pytest.fixture
def killed(gate, tmp_path):
    """Runs a management command with `fault` until it waits there, and kills it."""

    def killed(fault: str, *command: str) -> None:
        env = environment(url_of(connection), fault, gate)
        with started("django", *command, env=env, log=tmp_path / "import.log"):
            [worker] = gate.reached_by(1)
            os.kill(worker, signal.SIGKILL)
        gate.open()

    return killed


def counted() -> tuple[int, int, int]:
    """Files, issues, and processes of issues."""
    issues = IssueFlow.link.objects.count()
    assert Process.objects.filter(pk__in=IssueFlow.link.objects.values("process")).count() == issues
    return RegisterFile.objects.count(), ContractIssue.objects.count(), issues


def test_operator_s_import_killed_midway_and_done_again_has_one_effect(bad_news, killed):
    path, _ = bad_news
    command = ["import_ofsted", str(path), "--as-at", today().isoformat()]
    killed("wait between cases", *command)
    assert counted() == (1, 0, 0)
    call_command(*command)
    assert counted() == (2, 3, 3)
    call_command(*command)
    assert counted() == (2, 3, 3)


def test_import_of_the_pages_killed_midway_is_due_again_and_has_one_effect(bad_news, killed):
    _, confirmed = bad_news
    confirmed()
    killed("wait between cases", "run_due")
    assert counted() == (1, 0, 0)
    assert ImportRequest.objects.get().state == ImportRequest.State.APPLYING
    run_due(APPLY)
    run_due(APPLY)
    assert counted() == (2, 3, 3)
    assert ImportRequest.objects.get().state == ImportRequest.State.DONE


def test_control_rows_committed_before_their_cases_lose_cases_for_good(bad_news, killed):
    path, _ = bad_news
    command = ["import_ofsted", str(path), "--as-at", today().isoformat()]
    killed("control: commit between cases", *command)
    assert counted() == (2, 1, 1)
    call_command(*command)
    assert counted() == (2, 1, 1)


def test_two_withdrawals_and_an_import_at_once_take_turns(known):
    """Each has its one effect, and the register is that of the files that stand."""
    content = rows("Inadequate", today() - dt.timedelta(days=20))
    import_register(by=None, content=content, filename="wrong.csv", as_at=today() - dt.timedelta(days=1))
    wrong = RegisterFile.objects.get(filename="wrong.csv")
    newer = rows("Outstanding", today() - dt.timedelta(days=10))

    def withdraw():
        return withdraw_and_notify(by=None, file=wrong, reason="The wrong file").withdrawn.is_new

    def bring_in():
        import_register(by=None, content=newer, filename="newer.csv", as_at=today())

    done = at_once(withdraw, withdraw, bring_in)
    assert sorted(map(str, done)) == ["False", "None", "True"]
    assert RegisterFileWithdrawal.objects.count() == 1
    standing = Inspection.objects.filter(withdrawn_on=None, judgements__subject__startswith="overall")
    assert set(standing.values_list("judgements__words", flat=True)) == {"Good", "Outstanding"}
