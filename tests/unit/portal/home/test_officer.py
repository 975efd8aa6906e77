"""The officer's home: what is due, the visits that come, and what changed at the settings they look after."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from inspections.issues.models import IssueStage
from qa_portal.core.dates import today
from tests.factories import actions, issues, visits
from tests.factories.leads import SettingLeadFactory
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.visits import planned
from tests.unit.portal.directory.building import inspected
from tests.unit.portal.home.seeing import figures, first_cells, home, panel, words
from workflows.issues.services import move_stage
from workflows.shared.models import TaskClock

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OFFICER = "contract_officer"


def led(world, **facts):
    """A home of provider X that the officer leads."""
    place = visits.home_of_x(world, **facts)
    SettingLeadFactory(setting=place, lead=world.membership(OFFICER))
    return place


def test_home_shows_the_steps_that_wait_and_how_many_are_overdue(world):
    planned(world, days=3)
    page = home(world, OFFICER)
    assert "Record the visit and send the draft" in page
    assert "1 thing for you to do" in page
    assert "Nothing waits for you" not in page
    with time_machine.travel(TaskClock.objects.get().due_at + DAY):
        late = home(world, OFFICER)
    assert "qa-summary__item--alert" in late
    assert "Overdue" in late
    assert "qa-summary__item--alert" not in page


def test_home_shows_the_most_urgent_and_leads_to_the_rest(world):
    for days in range(1, 11):
        planned(world, days=days)
    page = home(world, OFFICER)
    assert page.count('scope="row"') == 8
    assert "All 10 steps" in page


def test_actions_to_agree_and_to_verify_stand_among_the_steps(world):
    actions.planned(world, what="A rota is kept")
    actions.done(world, what="Two staff are awake")
    actions.opened(world, what="Waits for the provider")
    table = panel(world, OFFICER, "for you to do")
    assert {"A rota is kept", "Two staff are awake"} <= set(first_cells(table))
    assert "Waits for the provider" not in first_cells(table)
    assert figures(world, OFFICER)["actions to agree or verify"] == 2


def test_action_at_a_colleague_s_setting_waits_for_the_colleague(world):
    place = visits.home_of_x(world)
    visits.colleague(world)
    SettingLeadFactory(setting=place, lead=world.membership("colleague"))
    actions.planned(world, setting=place)
    assert figures(world, OFFICER)["actions to agree or verify"] == 0
    assert figures(world, "colleague")["action to agree or verify"] == 1


def test_visits_of_the_next_fourteen_days_are_those_the_officer_leads(world):
    visits.colleague(world)
    planned(world, days=3, setting=visits.home_of_x(world, working_name="Fellside"))
    planned(world, days=20, setting=visits.home_of_x(world, working_name="Too late"))
    of_colleague = visits.home_of_x(world, working_name="Of a colleague")
    planned(world, days=3, setting=of_colleague, lead=world.membership("colleague"))
    assert words(panel(world, OFFICER, "next 14 days")) == ["Fellside: Full visit, you lead"]


def test_officer_without_a_visit_is_told_to_plan_one(world):
    page = home(world, OFFICER)
    assert "No visit of yours is planned in the next 14 days." in page
    assert f'href="{reverse("plan_visit")}">Plan a monitoring visit' in page


def test_worse_grade_of_ofsted_at_a_setting_the_officer_leads_is_news(world):
    place = led(world, working_name="Fellside")
    inspected(place, "Good", today() - dt.timedelta(days=900))
    inspected(place, "Inadequate", today() - dt.timedelta(days=40))
    [line] = panel(world, OFFICER, "Changed lately").lines
    assert line.detail == "Ofsted: Inadequate, Good before"
    assert line.mark.text == "Worse"


def test_better_grade_is_called_better_and_a_first_one_neither(world):
    better, first = led(world, working_name="Better"), led(world, working_name="First")
    inspected(better, "Requires improvement to be good", today() - dt.timedelta(days=900))
    for place in (better, first):
        inspected(place, "Good", today() - dt.timedelta(days=40))
    marks = {line.words: line.mark for line in panel(world, OFFICER, "Changed lately").lines}
    assert marks["Better"].text == "Better"
    assert marks["First"] is None


def test_news_of_other_settings_is_not_the_officer_s(world):
    led(world)
    inspected(visits.home_of_x(world), "Inadequate", today() - dt.timedelta(days=40))
    assert "Nothing has changed in the last 60 days" in home(world, OFFICER)


def test_who_leads_nothing_reads_news_of_the_settings_in_use(world):
    place = SettingFactory(working_name="In use")
    PlacingCountFactory(setting=place, placing_authority=world.north.authority)
    inspected(place, "Inadequate", today() - dt.timedelta(days=40))
    assert words(panel(world, OFFICER, "settings in use")) == ["In use: Ofsted: Inadequate"]


def test_closed_action_is_news(world):
    place = led(world, working_name="Fellside")
    actions.closed(world, setting=place, what="Two staff are awake")
    actions.done(world, setting=place, what="Not yet verified")
    news = words(panel(world, OFFICER, "Changed lately"))
    assert news == ["Fellside: Action closed: Two staff are awake"]


def test_issue_taken_further_is_news_to_the_council_and_to_a_provider_that_was_told(world):
    issue = issues.raised(world, setting=led(world, working_name="Fellside"))
    stage = IssueStage.objects.get(number=1)
    move_stage(by=world.as_(OFFICER), issue=issue, to=stage, reason="Gaps", told=issues.TOLD)
    [line] = panel(world, OFFICER, "Changed lately").lines
    assert (line.detail, line.mark.text) == (f"Contract issue: {stage}", "Taken further")
    [line] = panel(world, "provider_manager_x", "happened lately").lines
    assert line.detail == f"Contract issue: {stage.name_for_provider}"


@pytest.mark.parametrize(
    "persona", ["scrutiny_reader", "officer_south", "provider_manager_y", "young_researcher"]
)
def test_others_find_nothing_of_it_on_their_home(world, persona):
    planned(world)
    assert "Record the visit" not in home(world, persona)


def test_home_says_that_nothing_waits(world):
    assert "Nothing waits for you" in home(world, "scrutiny_reader")
