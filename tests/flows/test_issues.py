"""A concern becomes an issue: triage, the provider's plan, decisions on stages, an end. And every refusal."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from inspections.actions.models import Action, Source
from inspections.issues.models import ContractIssue, IssueNotice, StageMove
from inspections.issues.selectors import Waits, waits_for
from providers.directory.models import ProviderMerger
from providers.notifications.models import Notification
from providers.people import roles
from providers.people.models import Share
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.issues import (
    TOLD,
    date_parts,
    home_of,
    let_go_of_actions,
    page_of,
    plan_answers,
    process_of,
    raised,
)
from tests.factories.leads import SettingLeadFactory
from tests.factories.people import (
    MembershipFactory,
    ProviderFactory,
    ProviderOrganisationFactory,
    UserFactory,
)
from tests.factories.register import SettingFactory
from tests.flows.driving import do, done, open_steps, the_task
from tests.flows.stand_ins import let_stand_in, partner
from workflows.issues.flows import IssueFlow
from workflows.shared.models import Case

pytestmark = pytest.mark.django_db
OFFICER, MANAGER, HEAD = "contract_officer", "team_manager", "head_of_service"
PROVIDER = "provider_contributor_x"
NOW = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def issue(world) -> ContractIssue:
    return raised(world)


@pytest.fixture
def step(world, issue):
    """step(persona, node, **answers): does the step and insists that it was taken."""

    def step(persona, node, **answers):
        done(world.client(persona), the_task(process_of(issue), node), **answers)
        issue.refresh_from_db()

    return step


def stage_of(issue) -> int:
    issue.refresh_from_db()
    return issue.stage.number


def steps_of(issue) -> set[str]:
    return open_steps(process_of(issue))


def triage(outcome, **values):
    return {"severity": "medium", "outcome": outcome, "note": "Seen the records", "told": TOLD, **values}


def decide(approved="yes", **values):
    return {"approved": approved, "reason": "The records show it", "told": TOLD, **values}


def watch(decision, **values):
    return {"decision": decision, "reason": "Looked at it", "told": TOLD, "evidence": "", **values}


@pytest.fixture
def at_plan(step, issue):
    step(OFFICER, IssueFlow.triage, **triage("2"))
    step(MANAGER, IssueFlow.decide_notice, **decide())
    assert steps_of(issue) == {"plan"}
    return issue


def test_issue_goes_from_a_concern_to_a_plan_that_is_accepted_followed_and_closed(world, monday):
    """Officer raises it, manager asks for a plan, provider gives one, officer accepts, watches and closes."""
    home = home_of(world)
    officer, provider = world.client(OFFICER), world.client(PROVIDER)
    answer = officer.post(
        reverse("raise_issue"),
        {"urn": home.urn, "title": "Medicines", "severity": "medium", "concerns": "No records\n\nNo audit"},
    )
    issue = ContractIssue.objects.get()
    assert answer.url == page_of(issue)
    assert [concern.text for concern in issue.concerns.all()] == ["No records", "No audit"]
    assert provider.get(page_of(issue)).status_code == 404

    done(officer, the_task(process_of(issue), IssueFlow.triage), **triage("2"))
    assert stage_of(issue) == 0
    done(world.client(MANAGER), the_task(process_of(issue), IssueFlow.decide_notice), **decide())
    assert (stage_of(issue), steps_of(issue)) == (2, {"plan"})
    assert issue.plans.get().due_on == dt.date(2026, 6, 15)
    page = provider.get(page_of(issue)).text
    assert TOLD in page
    assert "Give an improvement plan" in page
    assert "The records show it" not in page, "the council's own reason"

    done(provider, the_task(process_of(issue), IssueFlow.plan), **plan_answers(issue))
    assert steps_of(issue) == {"review_plan"}
    done(officer, the_task(process_of(issue), IssueFlow.review_plan), decision="accept")
    assert steps_of(issue) == {"watch"}
    issue.refresh_from_db()
    assert issue.review_on == dt.date(2026, 7, 1)

    actions = Action.objects.of(Source.ISSUE, issue.public_id)
    assert {action.question for action in actions.live()} == {"No records", "No audit"}
    task = the_task(process_of(issue), IssueFlow.watch)
    assert "2 actions of its plan are not closed yet" in do(officer, task, **watch("close")).text
    let_go_of_actions(world, issue)
    done(officer, task, **watch("close"))
    issue.refresh_from_db()
    assert waits_for(issue) == Waits.CLOSED
    assert process_of(issue).finished
    assert "closed" in officer.get(page_of(issue)).text


def test_triage_closes_what_is_nothing_to_follow_up_and_the_provider_never_hears_of_it(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("close"))
    assert not issue.is_open
    assert process_of(issue).finished
    assert world.client(PROVIDER).get(page_of(issue)).status_code == 404


def test_triage_adds_concerns_and_a_plan_needs_one(world, step):
    issue = raised(world)
    issue.concerns.all().delete()
    task = the_task(process_of(issue), IssueFlow.triage)
    assert "Write down at least one concern first" in do(world.client(OFFICER), task, **triage("2")).text
    done(world.client(OFFICER), task, **triage("2", concerns="No audit\n\nNo rota"))
    assert [concern.text for concern in issue.concerns.all()] == ["No audit", "No rota"]


def test_concern_is_added_by_whoever_looks_after_the_issue_while_it_is_open(world, issue, step):
    url = reverse("add_concern", args=[issue.public_id])
    for persona in (PROVIDER, "officer_south", HEAD):
        assert world.client(persona).post(url, {"text": "x"}).status_code == 404
    client = world.client(OFFICER)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"text": "The rota has gaps"}).status_code == 302
    assert issue.concerns.last().text == "The rota has gaps"
    step(OFFICER, IssueFlow.triage, **triage("close"))
    assert client.post(url, {"text": "Late"}).status_code == 404


def test_informal_advice_is_the_officer_s_own_to_decide(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    assert (stage_of(issue), steps_of(issue)) == (1, {"watch"})
    assert issue.review_on == dt.date(2026, 6, 15)  # ten working days
    assert world.client(PROVIDER).get(page_of(issue)).status_code == 200


def test_triage_of_something_serious_is_due_the_same_day(world):
    assert raised(world, severity="high").review_on == today()
    assert raised(world, severity="low").review_on == today() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("stage", "node", "decider"),
    [
        (2, "decide_notice", MANAGER),
        (3, "decide_notice", MANAGER),
        (4, "decide_suspension", HEAD),
        (5, "decide_meeting", "safeguarding_lead"),
        (6, "decide_termination", HEAD),
    ],
)
def test_every_stage_is_reached_by_the_decision_of_whoever_decides_on_it(
    world, issue, step, stage, node, decider
):
    step(OFFICER, IssueFlow.triage, **triage(str(stage)))
    assert (stage_of(issue), steps_of(issue)) == (0, {node})
    step(decider, getattr(IssueFlow, node), **decide())
    assert stage_of(issue) == stage
    assert steps_of(issue) == ({"plan"} if stage in (2, 3) else {"watch"})
    assert Case.objects.get(process=process_of(issue)).open_to_provider


@pytest.mark.parametrize("stage", range(7))
def test_every_stage_has_a_way_to_the_end(world, issue, step, stage):
    deciders = {1: OFFICER, 2: MANAGER, 3: MANAGER, 4: HEAD, 5: "safeguarding_lead", 6: HEAD}
    nodes = {2: "decide_notice", 3: "decide_notice", 4: "decide_suspension", 5: "decide_meeting"}
    nodes[6] = "decide_termination"
    step(OFFICER, IssueFlow.triage, **triage(str(stage) if stage else "close"))
    if stage > 1:
        step(deciders[stage], getattr(IssueFlow, nodes[stage]), **decide())
    if stage in (2, 3):
        step(PROVIDER, IssueFlow.plan, **plan_answers(issue))
        step(OFFICER, IssueFlow.review_plan, decision="accept")
        let_go_of_actions(world, issue)
    if stage in (4, 5):
        step(OFFICER, IssueFlow.watch, **watch("1", evidence="Visited again, all seen to"))
        step(deciders[stage], getattr(IssueFlow, nodes[stage]), **decide())
        assert stage_of(issue) == 1
    if stage:
        step(OFFICER, IssueFlow.watch, **watch("close"))
    assert not issue.is_open
    assert process_of(issue).finished


def test_plan_that_does_not_come_takes_the_issue_up_one_stage_by_deadline_and_then_asks_the_head(
    world, at_plan, monday
):
    """Scenario 9: the plan is overdue, the notice is ignored, the head of service suspends."""
    issue = at_plan
    monday.move_to(dt.datetime(2026, 6, 15, 22, 59, tzinfo=dt.UTC))  # 23:59 in London: still in time
    run_due("fire timers")
    assert (stage_of(issue), steps_of(issue)) == (2, {"plan"})
    monday.move_to(dt.datetime(2026, 6, 15, 23, 1, tzinfo=dt.UTC))
    run_due("fire timers")
    run_due("fire timers")
    assert (stage_of(issue), steps_of(issue)) == (3, {"plan"})
    move = issue.moves.last()
    assert (move.by_deadline, move.decided_by) == (True, None)
    assert "By deadline" in world.client(OFFICER).get(page_of(issue)).text

    monday.move_to(dt.datetime(2026, 7, 20, 10, tzinfo=dt.UTC))
    run_due("fire timers")
    assert (stage_of(issue), steps_of(issue)) == (3, {"decide_suspension"})
    assert issue.proposals.get(decided_at=None).by_deadline
    done(world.client(HEAD), the_task(process_of(issue), IssueFlow.decide_suspension), **decide())
    assert (stage_of(issue), steps_of(issue)) == (4, {"watch"})
    assert StageMove.objects.filter(issue=issue).count() == 3


def test_head_of_service_may_give_more_time_instead(world, at_plan, monday):
    issue = at_plan
    for day in (dt.datetime(2026, 6, 16, 1, tzinfo=dt.UTC), dt.datetime(2026, 7, 20, 10, tzinfo=dt.UTC)):
        monday.move_to(day)
        run_due("fire timers")
    assert steps_of(issue) == {"decide_suspension"}
    done(world.client(HEAD), the_task(process_of(issue), IssueFlow.decide_suspension), **decide("no"))
    assert (stage_of(issue), steps_of(issue)) == (3, {"plan"})
    assert issue.plans.last().due_on > today()


def test_proposal_that_is_not_approved_leaves_the_issue_where_it_is_and_says_why(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("4"))
    step(HEAD, IssueFlow.decide_suspension, **decide("no", reason="One home is no pattern"))
    assert (stage_of(issue), steps_of(issue)) == (0, {"watch"})
    url = reverse("task", args=[the_task(process_of(issue), IssueFlow.watch).pk])
    assert "One home is no pattern" in world.client(OFFICER).get(url).text
    assert world.client(PROVIDER).get(page_of(issue)).status_code == 404


def test_plan_is_returned_twice_at_most(world, at_plan, step):
    issue = at_plan
    for number in (1, 2):
        step(PROVIDER, IssueFlow.plan, **plan_answers(issue))
        step(OFFICER, IssueFlow.review_plan, decision="return", reason=f"Not enough, {number}")
        page = world.client(PROVIDER).get(
            reverse("task", args=[the_task(process_of(issue), IssueFlow.plan).pk])
        )
        assert f"Not enough, {number}" in page.text
    step(PROVIDER, IssueFlow.plan, **plan_answers(issue))
    task = the_task(process_of(issue), IssueFlow.review_plan)
    assert "Return it" not in world.client(OFFICER).get(reverse("task", args=[task.pk])).text
    assert do(world.client(OFFICER), task, decision="return", reason="Again").status_code == 422
    step(OFFICER, IssueFlow.review_plan, decision="up", reason="Three plans, none of them enough")
    assert steps_of(issue) == {"decide_notice"}
    step(MANAGER, IssueFlow.decide_notice, **decide())
    assert (stage_of(issue), steps_of(issue)) == (3, {"plan"})


def test_plan_without_a_step_for_each_concern_is_refused_with_what_is_missing(world, at_plan):
    task = the_task(process_of(at_plan), IssueFlow.plan)
    answer = do(world.client(PROVIDER), task, **plan_answers(at_plan, leave_out=1))
    assert answer.status_code == 422
    assert "Concern 2: enter at least one step" in answer.text
    assert '<details class="govuk-details" open>' not in answer.text
    assert steps_of(at_plan) == {"plan"}


def test_second_step_of_a_concern_is_given_wholly_or_not_at_all(world, at_plan):
    task, concern = the_task(process_of(at_plan), IssueFlow.plan), at_plan.concerns.first()
    answers = plan_answers(at_plan) | {f"c{concern.pk}_2_text": "Train the team"}
    answer = do(world.client(PROVIDER), task, **answers)
    assert "Fill in the whole step, or leave all of it empty" in answer.text
    assert answer.text.count('<details class="govuk-details" open>') == 1
    more = {f"c{concern.pk}_2_owner": "Deputy", **date_parts(f"c{concern.pk}_2_due", today())}
    done(world.client(PROVIDER), task, **answers, **more)
    assert at_plan.plans.get().steps.count() == 3


def test_plan_sent_late_is_refused_before_the_deadline_has_been_noticed(world, at_plan, monday):
    task = the_task(process_of(at_plan), IssueFlow.plan)
    monday.move_to(dt.datetime(2026, 6, 16, 8, tzinfo=dt.UTC))
    answer = do(world.client(PROVIDER), task, **plan_answers(at_plan))
    assert answer.status_code == 422
    assert "The plan was due on 15 June 2026" in answer.text
    run_due("fire timers")
    assert do(world.client(PROVIDER), task, **plan_answers(at_plan)).status_code == 409


def test_step_sent_twice_has_one_effect(world, issue):
    client, task = world.client(OFFICER), the_task(process_of(issue), IssueFlow.triage)
    token = "11111111-1111-4111-8111-111111111111"
    first = do(client, task, **triage("1"), form_token=token)
    again = do(client, task, **triage("1"), form_token=token)
    assert (first.status_code, again.status_code) == (302, 302)
    assert issue.moves.count() == 1
    other = do(client, task, **triage("1"))
    assert other.status_code == 409


@pytest.mark.parametrize("persona", [PROVIDER, "provider_manager_y", "officer_south", "partner_contributor"])
def test_nobody_of_another_organisation_does_the_council_s_step(world, issue, persona):
    task = the_task(process_of(issue), IssueFlow.triage)
    assert do(world.client(persona), task, **triage("close")).status_code == 404
    assert steps_of(issue) == {"triage"}


@pytest.mark.parametrize("persona", ["procurement_officer", "head_of_service", "safeguarding_lead"])
def test_colleague_without_the_role_does_not_do_triage(world, issue, persona):
    task = the_task(process_of(issue), IssueFlow.triage)
    assert do(world.client(persona), task, **triage("close")).status_code == 404
    assert steps_of(issue) == {"triage"}


@pytest.mark.parametrize("persona", ["provider_contributor_y", OFFICER])
def test_nobody_but_the_provider_gives_its_plan(world, at_plan, persona):
    task = the_task(process_of(at_plan), IssueFlow.plan)
    assert do(world.client(persona), task, **plan_answers(at_plan)).status_code == 404
    assert steps_of(at_plan) == {"plan"}


@pytest.mark.parametrize("persona", [OFFICER, MANAGER])
def test_suspension_is_decided_by_nobody_below_the_head_of_service(world, issue, step, persona):
    step(OFFICER, IssueFlow.triage, **triage("4"))
    task = the_task(process_of(issue), IssueFlow.decide_suspension)
    assert do(world.client(persona), task, **decide()).status_code == 404
    assert stage_of(issue) == 0


def test_manager_who_asked_for_a_notice_does_not_decide_on_it(world, issue, step):
    step(MANAGER, IssueFlow.triage, **triage("3"))
    task = the_task(process_of(issue), IssueFlow.decide_notice)
    answer = do(world.client(MANAGER), task, **decide())
    assert answer.status_code == 422
    assert stage_of(issue) == 0
    other = UserFactory(email="second.manager@mail.example")
    MembershipFactory(person=other.person, organisation=world.north, role=roles.TeamManager.key)
    world.users["second_manager"] = other
    done(world.client("second_manager"), task, **decide())
    assert stage_of(issue) == 3


def test_form_of_one_step_does_nothing_at_another(world, issue, step):
    """A plan's answers sent to the decision step, and the other way round."""
    step(OFFICER, IssueFlow.triage, **triage("2"))
    task = the_task(process_of(issue), IssueFlow.decide_notice)
    assert do(world.client(MANAGER), task, **plan_answers(issue)).status_code == 422
    assert do(world.client(PROVIDER), task, **decide()).status_code == 404
    assert stage_of(issue) == 0


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"outcome": "1", "note": "x", "severity": "low"}, "Enter what you tell the provider"),
        ({"outcome": "1", "note": "", "severity": "low"}, "Enter what triage found"),
        ({"outcome": "", "note": "x", "severity": "low"}, "Choose what happens next"),
        ({"outcome": "9", "note": "x", "severity": "low"}, "not one of the available choices"),
    ],
)
def test_triage_says_what_is_missing(world, issue, answers, sentence):
    answer = do(world.client(OFFICER), the_task(process_of(issue), IssueFlow.triage), **answers)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_stepping_down_needs_evidence_and_the_one_who_decided_the_higher_stage(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("4"))
    step(HEAD, IssueFlow.decide_suspension, **decide())
    task = the_task(process_of(issue), IssueFlow.watch)
    answer = do(world.client(OFFICER), task, **watch("1"))
    assert answer.status_code == 422
    assert "Enter what shows that it is better now" in answer.text
    assert "Step down from" in do(world.client(OFFICER), task, **watch("close")).text
    step(OFFICER, IssueFlow.watch, **watch("1", evidence="Re-visited on 1 June"))
    assert (stage_of(issue), steps_of(issue)) == (4, {"decide_suspension"})
    assert (
        do(
            world.client(MANAGER), the_task(process_of(issue), IssueFlow.decide_suspension), **decide()
        ).status_code
        == 404
    )
    step(HEAD, IssueFlow.decide_suspension, **decide())
    assert stage_of(issue) == 1


def test_watching_goes_on_until_a_day_to_come(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    task = the_task(process_of(issue), IssueFlow.watch)
    answer = do(world.client(OFFICER), task, **watch("watch"))
    assert "Enter the day on which you look at it again" in answer.text
    assert (
        "after today"
        in do(world.client(OFFICER), task, **watch("watch"), **date_parts("until", today())).text
    )
    step(OFFICER, IssueFlow.watch, **watch("watch"), **date_parts("until", dt.date(2026, 8, 3)))
    assert (issue.review_on, steps_of(issue)) == (dt.date(2026, 8, 3), {"watch"})


def test_new_plan_is_asked_for_while_watching(world, at_plan, step):
    step(PROVIDER, IssueFlow.plan, **plan_answers(at_plan))
    step(OFFICER, IssueFlow.review_plan, decision="accept")
    step(OFFICER, IssueFlow.watch, **watch("ask"))
    assert steps_of(at_plan) == {"plan"}
    assert at_plan.plans.last().round == 2


class TestMovingAtOnce:
    """A child's safety does not wait for the next step: whoever decides on a stage may take the issue there."""

    def move(self, world, persona, issue, stage, **values):
        answers = {"stage": str(stage), "reason": "A child was hurt", "told": TOLD, **values}
        return world.client(persona).post(reverse("move_issue", args=[issue.public_id]), answers)

    def test_head_of_service_suspends_while_triage_waits(self, world, issue):
        old = the_task(process_of(issue), IssueFlow.triage)
        assert self.move(world, HEAD, issue, 4).status_code == 302
        assert (stage_of(issue), steps_of(issue)) == (4, {"watch"})
        assert issue.triaged_at
        assert do(world.client(OFFICER), old, **triage("close")).status_code == 409
        assert issue.moves.get().reason == "A child was hurt"

    def test_open_plan_and_its_deadline_end_with_the_move(self, world, at_plan, monday):
        assert self.move(world, HEAD, at_plan, 4).status_code == 302
        assert at_plan.plans.get().lapsed_at
        monday.move_to(dt.datetime(2026, 7, 20, 10, tzinfo=dt.UTC))
        run_due("fire timers")
        assert (stage_of(at_plan), steps_of(at_plan)) == (4, {"watch"})

    def test_open_proposal_is_overtaken(self, world, issue, step):
        step(OFFICER, IssueFlow.triage, **triage("3"))
        assert self.move(world, HEAD, issue, 4).status_code == 302
        assert issue.proposals.get().overtaken_at
        assert steps_of(issue) == {"watch"}

    @pytest.mark.parametrize(
        ("stage", "values", "sentence"),
        [
            (4, {"reason": ""}, "Enter why"),
            (4, {"told": ""}, "Enter what you tell the provider"),
            (5, {}, "not one of the available choices"),
            (0, {}, "not one of the available choices"),
        ],
    )
    def test_refusals(self, world, issue, stage, values, sentence):
        answer = self.move(world, HEAD, issue, stage, **values)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert stage_of(issue) == 0

    @pytest.mark.parametrize("persona", ["procurement_officer", PROVIDER, "officer_south", "board_member"])
    def test_page_does_not_exist_for_others(self, world, issue, persona):
        assert self.move(world, persona, issue, 4).status_code == 404

    def test_closed_issue_does_not_move(self, world, issue, step):
        step(OFFICER, IssueFlow.triage, **triage("close"))
        assert self.move(world, HEAD, issue, 4).status_code == 404

    def test_stepping_down_needs_evidence(self, world, issue):
        self.move(world, HEAD, issue, 4)
        answer = self.move(world, HEAD, issue, 1)
        assert "Enter what shows that it is better now" in answer.text
        assert self.move(world, HEAD, issue, 1, evidence="Re-visit of 1 June").status_code == 302
        assert (stage_of(issue), steps_of(issue)) == (1, {"watch"})


def test_letters_are_drafted_for_those_whom_the_stage_tells_and_sent_by_a_person(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("4"))
    step(HEAD, IssueFlow.decide_suspension, **decide(reason="What the police said"))
    letters = IssueNotice.objects.filter(issue=issue)
    assert letters.count() == 4
    assert all("What the police said" not in letter.body for letter in letters)
    letter = letters[0]
    client, url = world.client(OFFICER), reverse("issue_notice", args=[letter.pk])
    assert TOLD in client.get(url).text
    assert client.post(url, {"seen_to": "not_needed"}).status_code == 422
    assert client.post(url, {"seen_to": "sent"}).status_code == 302
    letter.refresh_from_db()
    assert letter.sent_by == world.membership(OFFICER)
    assert client.get(url).status_code == 404
    for persona in ("officer_south", PROVIDER, "procurement_officer"):
        assert world.client(persona).get(reverse("issue_notice", args=[letters[1].pk])).status_code == 404


def test_provider_is_not_shown_what_is_for_the_council_only(world):
    issue = raised(world, staff_note="SECRET-NOTE", summary="Shown to all")
    done(
        world.client(OFFICER),
        the_task(process_of(issue), IssueFlow.triage),
        **triage("1", note="SECRET-TRIAGE"),
    )
    page = world.client(PROVIDER).get(page_of(issue)).text
    assert "Shown to all" in page
    assert "SECRET" not in page
    case = world.client(PROVIDER).get(reverse("case", args=[process_of(issue).pk])).text
    assert "SECRET" not in case


def test_provider_is_not_told_what_nobody_has_decided_yet(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    step(OFFICER, IssueFlow.watch, **watch("4"))
    assert steps_of(issue) == {"decide_suspension"}
    url = reverse("case", args=[process_of(issue).pk])
    assert "Decide on a suspension" in world.client(OFFICER).get(url).text
    page = world.client(PROVIDER).get(url).text
    assert f"{world.north} is working on it" in page
    for words in ("Decide", "suspension", "What can come next", "Due"):
        assert words not in page


def test_provider_that_the_name_was_merged_into_reads_the_case_too(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    y, url = world.client("provider_manager_y"), reverse("case", args=[process_of(issue).pk])
    assert (y.get(page_of(issue)).status_code, y.get(url).status_code) == (404, 404)
    ProviderMerger.objects.create(
        merged=world.provider_x.provider, into=world.provider_y.provider, on=today(), reason="One"
    )
    assert (y.get(page_of(issue)).status_code, y.get(url).status_code) == (200, 200)


def test_list_of_issues_keeps_from_the_provider_what_the_issue_s_page_keeps(world, issue, step, monday):
    monday.shift(dt.timedelta(days=40))
    step(OFFICER, IssueFlow.triage, **triage("1", severity="high"))
    client, url = world.client(PROVIDER), reverse("issues")
    council = world.client(OFFICER).get(url).text
    assert ("Significant" in council, "40 days ago" in council) == (True, True)
    page = client.get(url).text
    assert ("Significant" in page, "40 days ago" in page) == (False, False)
    assert "Nothing from you" in page
    step(OFFICER, IssueFlow.watch, **watch("2"))
    step(MANAGER, IssueFlow.decide_notice, **decide())
    assert "25 Jul 2026" in client.get(url).text, "the day of its own plan"


def told_of(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("to__person", flat=True))


def people(world, *personas: str) -> set[int]:
    return {world.users[one].person_id for one in personas}


def test_suspension_and_its_end_are_told_to_the_provider_and_to_those_who_place_children(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("4"))
    assert told_of("placements_paused") == set(), "asked for, and decided by nobody yet"
    step(HEAD, IssueFlow.decide_suspension, **decide())
    at_provider = people(world, "provider_manager_x", PROVIDER)
    assert at_provider | people(world, "placements_officer", OFFICER) <= told_of("placements_paused")
    assert not told_of("placements_paused") & people(
        world, "officer_south", "provider_manager_y", "scrutiny_reader"
    )
    step(OFFICER, IssueFlow.watch, **watch("5"))
    step("safeguarding_lead", IssueFlow.decide_meeting, **decide())
    assert told_of("placements_resumed") == set(), "a meeting lifts nothing"
    assert told_of("issue_moved") == at_provider
    step(OFFICER, IssueFlow.watch, **watch("1", evidence="Re-visit of today"))
    step("safeguarding_lead", IssueFlow.decide_meeting, **decide())
    assert told_of("placements_resumed") == told_of("placements_paused")
    assert Notification.objects.filter(kind="placements_paused").count() == len(told_of("placements_paused"))


def test_manager_of_a_partner_council_accepts_a_plan_and_its_actions_are_this_council_s(world, at_plan, step):
    step(PROVIDER, IssueFlow.plan, **plan_answers(at_plan))
    task, manager = the_task(process_of(at_plan), IssueFlow.review_plan), partner(world, Share.Kind.ISSUES)
    let_stand_in(world, task, manager)
    assert "Accept" in world.client(manager).get(reverse("task", args=[task.pk])).text
    done(world.client(manager), task, decision="accept")
    actions = Action.objects.of(Source.ISSUE, at_plan.public_id)
    assert {action.council for action in actions} == {world.north}
    assert steps_of(at_plan) == {"watch"}


def test_whoever_asked_for_a_stage_never_decides_on_it_and_a_partner_council_s_manager_can(
    world, issue, step
):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    step(MANAGER, IssueFlow.watch, **watch("2"))
    task, manager = the_task(process_of(issue), IssueFlow.decide_notice), partner(world, Share.Kind.ISSUES)
    asked = {"membership": world.membership(MANAGER).pk, "reason": "Nobody else is left"}
    refused = world.client(HEAD).post(reverse("allow_stand_in", args=[task.pk]), asked)
    assert refused.status_code == 422
    assert "cannot decide on it" in refused.text
    let_stand_in(world, task, manager)
    step(manager, IssueFlow.decide_notice, **decide())
    assert stage_of(issue) == 2
    assert issue.moves.last().decided_by == world.membership(manager)


def test_end_of_the_contract_is_told_as_that(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("6"))
    step(HEAD, IssueFlow.decide_termination, **decide())
    assert told_of("contract_ended") >= people(world, "provider_manager_x", "placements_officer")
    assert (told_of("placements_paused"), told_of("issue_moved")) == (set(), set())


def test_provider_is_told_of_a_stage_it_may_know_of_and_of_the_end(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("1"))
    at_provider = people(world, "provider_manager_x", PROVIDER)
    assert (told_of("issue_moved"), told_of("issue_closed")) == (at_provider, set())
    step(OFFICER, IssueFlow.watch, **watch("close"))
    assert told_of("issue_closed") == at_provider


def test_issue_that_the_provider_was_not_told_of_is_closed_without_a_word_to_it(world, issue, step):
    step(OFFICER, IssueFlow.triage, **triage("close"))
    assert (told_of("issue_moved"), told_of("issue_closed")) == (set(), set())


def test_plan_is_asked_of_nobody_who_could_not_answer(world):
    """Else the portal would go on by itself to a formal notice that nobody has read."""
    home = SettingFactory(authority=world.north.authority, owner=ProviderFactory())
    issue, manager = raised(world, setting=home), world.client(MANAGER)
    done(world.client(OFFICER), the_task(process_of(issue), IssueFlow.triage), **triage("1"))
    asked = {"stage": "2", "reason": "It is worse", "told": TOLD, "evidence": ""}
    answer = manager.post(reverse("move_issue", args=[issue.public_id]), asked)
    assert answer.status_code == 422
    assert "can answer in the portal yet" in answer.text
    MembershipFactory(
        organisation=ProviderOrganisationFactory(provider=home.ownerships.get().provider),
        role=roles.ProviderManager.key,
    )
    assert manager.post(reverse("move_issue", args=[issue.public_id]), asked).status_code == 302
    assert (stage_of(issue), steps_of(issue)) == (2, {"plan"})


@pytest.mark.parametrize("has_lead", [True, False])
def test_triage_that_is_due_the_same_day_does_not_wait_for_tomorrow_s_digest(world, has_lead):
    home = home_of(world)
    if has_lead:
        SettingLeadFactory(council=world.north, setting=home, lead=world.membership(OFFICER))
    raised(world, setting=home, severity="high")
    told = Notification.objects.filter(kind="step_due_soon", state=Notification.State.WAITING)
    expected = [OFFICER] if has_lead else [MANAGER, HEAD, "council_administrator"]
    assert set(told.values_list("to__person", flat=True)) == people(world, *expected)
    assert not Notification.objects.filter(kind="step_waits").exists()


def test_council_that_it_is_shared_with_reads_the_case_and_not_what_is_the_council_s_own(world):
    issue = raised(world, staff_note="SECRET-NOTE", summary="Shown to all")
    task = the_task(process_of(issue), IssueFlow.triage)
    done(world.client(OFFICER), task, **triage("1", note="SECRET-TRIAGE"))
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.ISSUES, from_on=today())
    page = world.client("officer_south").get(page_of(issue)).text
    assert "Shown to all" in page
    assert TOLD in page
    assert "SECRET" not in page
    assert "SECRET" in world.client("procurement_officer").get(page_of(issue)).text


def test_issue_shows_to_its_council_and_to_those_it_is_shared_with(world, issue):
    south, url = world.client("officer_south"), page_of(issue)
    assert world.client("procurement_officer").get(url).status_code == 200
    assert world.client("social_worker").get(url).status_code == 404
    assert south.get(url).status_code == 404
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.ISSUES, from_on=today())
    page = south.get(url)
    assert page.status_code == 200
    assert "Move to another stage now" not in page.text
    assert issue.title in south.get(reverse("issues")).text


def test_list_is_narrowed_by_stage_setting_and_state(world, issue, step):
    client, url = world.client(OFFICER), reverse("issues")
    assert issue.title in client.get(url).text
    assert issue.title in client.get(url, {"stage": "0", "setting": issue.setting.urn}).text
    assert "No issue matches" in client.get(url, {"stage": "4"}).text
    step(OFFICER, IssueFlow.triage, **triage("close"))
    assert "No contract issue is open" in client.get(url).text
    assert issue.title in client.get(url, {"state": "closed"}).text


def test_unknown_urn_and_missing_concerns_are_refused(world):
    client, url = world.client(OFFICER), reverse("raise_issue")
    facts = {"title": "x", "severity": "low", "concerns": "One"}
    assert "no setting with the URN 99" in client.post(url, {**facts, "urn": "99"}).text
    assert "Enter at least one concern" in client.post(url, {**facts, "urn": "99", "concerns": " "}).text
    assert not ContractIssue.objects.exists()


def test_lead_officer_is_given_the_triage(world):
    home = home_of(world)
    SettingLeadFactory(setting=home, lead=world.membership(OFFICER))
    issue = raised(world, by=MANAGER, setting=home)
    assert the_task(process_of(issue), IssueFlow.triage).owner == world.users[OFFICER]
