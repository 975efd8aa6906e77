"""What the services of an issue refuse by themselves, whatever a page, a step or the engine has let through."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from inspections.issues import notices, plans, services
from inspections.issues.models import (
    ContractIssue,
    ImprovementPlan,
    IssueNotice,
    IssueStage,
    PlanStep,
    StageProposal,
)
from inspections.issues.plans import GivenStep
from inspections.issues.rules import check_can_judge_plan, check_can_raise
from qa_portal.core.dates import ONE_DAY, today
from qa_portal.core.rules import Refused
from tests.factories.issues import home_of, process_of
from tests.factories.people import MembershipFactory, UserFactory
from workflows.issues.services import move_stage, open_case

pytestmark = pytest.mark.django_db
OFFICER, MANAGER, PROVIDER = "contract_officer", "team_manager", "provider_contributor_x"
SAID = {"reason": "The records show it", "told": "Your records have gaps."}


def stage(number: int) -> IssueStage:
    return IssueStage.objects.get(number=number)


@pytest.fixture
def issue(world) -> ContractIssue:
    """An open issue with two concerns, not yet triaged, without a process."""
    made, _ = services.open_issue(
        by=world.as_(OFFICER),
        council=world.north,
        setting=home_of(world),
        source="raised",
        source_ref="",
        title="Medicines",
        severity="medium",
        concerns=["No records", "No audit"],
    )
    return made


@pytest.fixture
def manager_2(world):
    """A second manager of the same council, because nobody decides on what they proposed."""
    user = UserFactory(email="manager2@mail.example", person__details__full_name="Second Manager")
    MembershipFactory(person=user.person, organisation=world.north, role="team_manager")
    world.users["manager_2"] = user
    return "manager_2"


@pytest.fixture
def proposed(world, issue) -> StageProposal:
    services.triage_to_stage(
        by=world.as_(MANAGER), issue=issue, to=stage(2), note="Seen", severity="medium", told=SAID["told"]
    )
    return StageProposal.objects.get(issue=issue)


@pytest.fixture
def at_plan(world, issue, proposed, manager_2) -> ContractIssue:
    services.decide_proposal(by=world.as_(manager_2), proposal=proposed, approved=True, reason="Agreed")
    issue.refresh_from_db()
    return issue


def steps(issue: ContractIssue, *, due: dt.date | None = None) -> list[GivenStep]:
    due = due or today() + 30 * ONE_DAY
    return [GivenStep(concern, "Put right", "Registered manager", due) for concern in issue.concerns.all()]


def given(world, issue) -> ImprovementPlan:
    return plans.submit_plan(by=world.as_(PROVIDER), issue=issue, steps=steps(issue))


def test_partner_agency_with_the_right_to_raise_raises_no_contract_issue(world):
    check_can_raise(world.as_(OFFICER))
    lead = UserFactory(email="lado@mail.example", person__details__full_name="Agency Lead")
    MembershipFactory(person=lead.person, organisation=world.agency, role="safeguarding_lead")
    world.users["lado"] = lead
    with pytest.raises(Refused, match="Only a council raises contract issues"):
        check_can_raise(world.as_("lado"))


def test_issue_without_a_concern_is_not_raised(world):
    home = home_of(world)
    with pytest.raises(Refused, match="Write at least one concern"):
        services.raise_issue(
            by=world.as_(OFFICER), setting=home, title="Medicines", severity="low", concerns=[]
        )
    assert not ContractIssue.objects.filter(setting=home).exists()


def test_issue_is_triaged_once(world, issue):
    services.triaged(world.as_(OFFICER), issue, "Seen", "low")
    with pytest.raises(Refused, match="Triage of this issue is done already"):
        services.triaged(world.as_(MANAGER), issue, "Seen again", "high")
    issue.refresh_from_db()
    assert (issue.triage_note, issue.severity) == ("Seen", "low")


def test_whoever_asked_for_a_stage_does_not_decide_on_it(world, proposed, manager_2):
    with pytest.raises(Refused, match="You asked for this stage, so somebody else must decide"):
        services.decide_proposal(by=world.as_(MANAGER), proposal=proposed, approved=True, reason="Agreed")
    proposed.refresh_from_db()
    assert proposed.decided_at is None
    services.decide_proposal(by=world.as_(manager_2), proposal=proposed, approved=True, reason="Agreed")
    proposed.refresh_from_db()
    assert proposed.approved is True


def test_proposal_is_decided_once(world, proposed, manager_2):
    services.decide_proposal(by=world.as_(manager_2), proposal=proposed, approved=False, reason="Not yet")
    with pytest.raises(Refused, match="This has been decided already"):
        services.decide_proposal(by=world.as_(manager_2), proposal=proposed, approved=True, reason="Now")
    proposed.refresh_from_db()
    assert proposed.decision_reason == "Not yet"


def test_second_stage_is_not_asked_for_while_a_decision_is_waited_for(world, issue, proposed):
    with pytest.raises(Refused, match="Only one can be asked for at a time"):
        services.go_or_ask(by=world.as_(OFFICER), issue=issue, to=stage(3), **SAID)
    assert StageProposal.objects.filter(issue=issue).count() == 1


def test_issue_is_not_closed_while_a_decision_is_waited_for(world, issue, proposed):
    with pytest.raises(Refused, match="It comes before the issue can be closed"):
        services.close_issue(by=world.as_(OFFICER), issue=issue, reason="Over")
    issue.refresh_from_db()
    assert issue.is_open


def test_plan_answers_every_concern(world, at_plan):
    with pytest.raises(Refused, match="None yet for: No audit"):
        plans.submit_plan(by=world.as_(PROVIDER), issue=at_plan, steps=steps(at_plan)[:1])
    assert not PlanStep.objects.exists()


def test_plan_answers_no_concern_of_another_issue(world, at_plan):
    other, _ = services.open_issue(
        by=None,
        council=world.north,
        setting=at_plan.setting,
        source="judgement",
        source_ref="x",
        title="Another",
        severity="low",
        concerns=["Elsewhere"],
    )
    with pytest.raises(Refused, match="A step answers a concern of this issue"):
        plans.submit_plan(by=world.as_(PROVIDER), issue=at_plan, steps=steps(at_plan) + steps(other))
    assert not PlanStep.objects.exists()


def test_step_of_a_plan_is_not_due_in_the_past(world, at_plan):
    with pytest.raises(Refused, match="cannot be due in the past"):
        plans.submit_plan(by=world.as_(PROVIDER), issue=at_plan, steps=steps(at_plan, due=today() - ONE_DAY))
    assert not PlanStep.objects.exists()
    plans.submit_plan(by=world.as_(PROVIDER), issue=at_plan, steps=steps(at_plan, due=today()))
    assert PlanStep.objects.count() == 2


def test_plan_is_given_once(world, at_plan):
    given(world, at_plan)
    with pytest.raises(Refused, match="This plan has been given"):
        given(world, at_plan)
    assert PlanStep.objects.count() == 2


def test_plan_is_judged_after_it_was_given_and_once(world, at_plan):
    with pytest.raises(Refused, match="has not given its plan yet"):
        plans.accept_plan(by=world.as_(OFFICER), issue=at_plan)
    plan = given(world, at_plan)
    plans.accept_plan(by=world.as_(OFFICER), issue=at_plan)
    plan.refresh_from_db()
    with pytest.raises(Refused, match="No plan is waited for"):
        plans.accept_plan(by=world.as_(OFFICER), issue=at_plan)
    with pytest.raises(Refused, match="judged already"):
        check_can_judge_plan(world.as_(OFFICER), plan)


def test_new_plan_is_asked_for_at_stages_with_plans_and_not_while_one_is_waited_for(world, issue, at_plan):
    with pytest.raises(Refused, match="A plan is waited for already"):
        services.ask_again(by=world.as_(OFFICER), issue=at_plan, reason="Not enough")
    given(world, at_plan)
    plans.accept_plan(by=world.as_(OFFICER), issue=at_plan)
    services.ask_again(by=world.as_(OFFICER), issue=at_plan, reason="Not enough")
    assert ImprovementPlan.objects.filter(issue=at_plan).count() == 2
    services.move_now(by=world.as_(MANAGER), issue=at_plan, to=stage(1), evidence="Better records", **SAID)
    with pytest.raises(Refused, match="gives a plan at the stages that ask for one"):
        services.ask_again(by=world.as_(OFFICER), issue=at_plan, reason="Not enough")


def test_letter_is_seen_to_once(world, at_plan):
    services.move_now(by=world.as_("head_of_service"), issue=at_plan, to=stage(4), **SAID)
    notice = IssueNotice.objects.filter(issue=at_plan, sent_at=None).first()
    assert notice is not None
    notices.record_notice_sent(by=world.as_(OFFICER), notice=notice)
    with pytest.raises(Refused, match="Somebody has seen to this letter already"):
        notices.record_notice_sent(by=world.as_(MANAGER), notice=notice, not_needed_reason="Rang them")
    notice.refresh_from_db()
    assert notice.not_needed_reason == ""


def test_service_trusts_the_row_and_not_what_was_read_before(world, issue):
    """The lock reads the issue anew: somebody's old page closes nothing that has moved on since."""
    stale = ContractIssue.objects.get(pk=issue.pk)
    services.move_now(by=world.as_("head_of_service"), issue=issue, to=stage(4), **SAID)
    assert stale.stage.number == 0
    with pytest.raises(Refused, match="Step down from"):
        services.close_issue(by=world.as_(OFFICER), issue=stale, reason="Over")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database instead")
def test_service_locks_the_row_it_reads(world, issue):
    with CaptureQueriesContext(connection) as asked:
        services.add_concern(by=world.as_(OFFICER), issue=issue, text="No training")
    locking = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"] or "FOR NO KEY UPDATE" in one["sql"]]
    assert any("contractissue" in sql for sql in locking)


def test_move_needs_an_open_step_of_the_process(world):
    issue, _ = open_case(
        by=world.as_(OFFICER),
        council=world.north,
        setting=home_of(world),
        source="raised",
        source_ref="",
        title="Medicines",
        severity="medium",
        concerns=["No records"],
    )
    task = Task.objects.get(process=process_of(issue), flow_task_type="HUMAN", finished=None)
    task.status = "DONE"
    task.save()
    with pytest.raises(Refused, match="Nothing is open in this issue"):
        move_stage(by=world.as_("head_of_service"), issue=issue, to=stage(4), evidence="", **SAID)
    issue.refresh_from_db()
    assert issue.stage.number == 0
