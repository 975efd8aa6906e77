"""Two who act on one issue, invitation or lot at the same moment: one effect, and the later one is told.

Both are made to meet where each has been checked and nothing is written yet: what a lock keeps apart stays apart,
and the controls show that without it both would go on.
"""

import contextlib
import threading

import pytest
from django.db import IntegrityError, connection

from inspections.issues import services as issue_services
from inspections.issues.models import ContractIssue, IssueStage, StageMove
from providers.people.services import invitations
from providers.purchasing.models import LotDecision
from providers.purchasing.services import decisions
from qa_portal.core.rules import Conflict, Refused
from tests.factories.issues import home_of
from tests.factories.purchasing import a_sent_application, a_system
from tests.faults.at_once import at_once
from tests.unit.providers.purchasing.test_decisions import checked

HOLD = 0.6  # seconds, well within settings.LOCK_SECONDS
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)


def told(call) -> str:
    try:
        call()
        return "done"
    except (Conflict, IntegrityError):
        return "conflict"
    except Refused:
        return "refused"


def let_them_meet(monkeypatch, module, name: str) -> None:
    """Whoever has passed `module.name` waits a moment for the other one there."""
    both, passed = threading.Barrier(2), getattr(module, name)

    def pass_and_wait(*args, **options):
        answer = passed(*args, **options)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=HOLD)
        return answer

    monkeypatch.setattr(module, name, pass_and_wait)


@pytest.fixture
def issue(people) -> ContractIssue:
    made, _ = issue_services.open_issue(
        by=people.as_("contract_officer"),
        council=people.north,
        setting=home_of(people),
        source="raised",
        source_ref="",
        title="Medicines",
        severity="medium",
        concerns=["No records"],
    )
    return made


def moves(people, issue, persona: str, number: int):
    user, to = people.as_(persona), IssueStage.objects.get(number=number)
    said = {"reason": "The records show it", "told": "Your records have gaps."}
    return lambda: told(lambda: issue_services.move_now(by=user, issue=issue, to=to, **said))


def test_two_who_suspend_at_once_suspend_once(people, issue, monkeypatch):
    let_them_meet(monkeypatch, issue_services, "check_can_decide")
    head = moves(people, issue, "head_of_service", 4)
    assert sorted(at_once(head, head)) == ["done", "refused"]
    assert StageMove.objects.filter(issue=issue).count() == 1
    issue.refresh_from_db()
    assert issue.stage.number == 4


@on_postgresql
def test_control_without_the_lock_the_later_suspension_ends_in_a_conflict(people, issue, monkeypatch):
    """The version of the row is the second defence: no move is written twice, but nobody says why."""
    monkeypatch.setattr(
        issue_services,
        "locked_issue",
        lambda issue: ContractIssue.objects.select_related("stage", "council", "provider").get(pk=issue.pk),
    )
    let_them_meet(monkeypatch, issue_services, "check_can_decide")
    head = moves(people, issue, "head_of_service", 4)
    assert sorted(at_once(head, head)) == ["conflict", "done"]
    assert StageMove.objects.filter(issue=issue).count() == 1


def test_invitation_that_is_withdrawn_and_sent_again_at_once_ends_withdrawn_or_is_told_so(
    people, monkeypatch
):
    invitation = people.things["invitation_north"]
    by = people.as_("council_administrator")
    let_them_meet(monkeypatch, invitations, "check_can_invite")
    answers = at_once(
        lambda: told(lambda: invitations.withdraw(by=by, invitation=invitation)),
        lambda: told(lambda: invitations.invite_again(by=by, invitation=invitation)),
    )
    assert answers[0] == "done"
    assert answers[1] in {"done", "refused"}
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_two_who_accept_one_invitation_at_once_make_one_account(people):
    invitation = people.things["invitation_north"]
    accept = lambda: told(  # noqa: E731
        lambda: invitations.accept_as_new_person(
            invitation=invitation, full_name="New Person", password="lantern-river-acorn-9"
        )
    )
    assert sorted(at_once(accept, accept)) == ["done", "refused"]
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None


@pytest.fixture
def applied(people):
    application = a_sent_application(
        people.as_("provider_manager_x"), a_system(people.as_("procurement_officer"))
    )
    applied = application.lots.get()
    checked(people.as_("contract_officer"), applied)
    return applied


def rejects(people, applied, persona: str):
    user = people.as_(persona)
    return lambda: told(
        lambda: decisions.decide_lot(
            by=user,
            application_lot=applied,
            outcome=LotDecision.Outcome.REJECTED,
            statuses=[],
            suspended=[],
            reasons=[LotDecision.Reason.values[0]],
            words="The references say so.",
        )
    )


def test_two_who_decide_one_lot_at_once_decide_it_once(people, applied, monkeypatch):
    let_them_meet(monkeypatch, decisions, "check_can_decide")
    answers = at_once(rejects(people, applied, "team_manager"), rejects(people, applied, "head_of_service"))
    assert sorted(answers) == ["done", "refused"]
    assert LotDecision.objects.filter(application_lot=applied).count() == 1


@on_postgresql
def test_control_without_the_lock_the_later_decision_ends_in_a_conflict(people, applied, monkeypatch):
    """The constraint is the second defence: no lot is decided twice, but nobody says why."""
    monkeypatch.setattr(
        decisions,
        "locked_lot",
        lambda lot: (
            type(lot)
            .objects.select_related(
                "lot__provision_type", "application__provider__merger__into", "application__system__council"
            )
            .get(pk=lot.pk)
        ),
    )
    let_them_meet(monkeypatch, decisions, "check_can_decide")
    answers = at_once(rejects(people, applied, "team_manager"), rejects(people, applied, "head_of_service"))
    assert sorted(answers) == ["conflict", "done"]
    assert LotDecision.objects.filter(application_lot=applied).count() == 1
