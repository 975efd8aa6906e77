"""The manager's and the head's home: what waits for a decision, load, coverage, and where work is late."""

import datetime as dt

import pytest
import time_machine

from inspections.visits.models import Visit
from qa_portal.core.dates import today
from tests.factories import visits
from tests.factories.register import PlacingCountFactory
from tests.flows.visiting import to_sign_off
from tests.unit.portal.home.seeing import figures, first_cells, home, panel
from workflows.shared.models import TaskClock

pytestmark = pytest.mark.django_db
MANAGER, HEAD = "team_manager", "head_of_service"
WEEK = dt.timedelta(days=7) - dt.timedelta(hours=1)


def in_use(world, **facts):
    place = visits.home_of_x(world, **facts)
    PlacingCountFactory(setting=place, placing_authority=world.north.authority)
    return place


def visited(world, place, *, days_ago: int, **facts) -> Visit:
    visit = visits.planned(world, setting=place, **facts)
    visit.visited_on = today() - dt.timedelta(days=days_ago)
    visit.save()
    return visit


def shares(world) -> dict[str, int]:
    return {share.words: share.count for share in panel(world, MANAGER, "were visited").shares}


def test_report_that_waits_for_sign_off_stands_first(world):
    visits.planned(world)
    to_sign_off(world)
    table = panel(world, MANAGER, "1 sign-off waiting for you")
    assert first_cells(table) == ["Sign off the report"]
    assert figures(world, MANAGER)["waits for your sign-off"] == 1


def test_head_is_told_of_decisions(world):
    to_sign_off(world)
    assert first_cells(panel(world, HEAD, "1 decision waiting for you")) == ["Sign off the report"]


def test_manager_without_sign_offs_is_told_what_would_stand_here(world):
    assert "No sign-off waits for you." in home(world, MANAGER)
    assert "No decision waits for you." in home(world, HEAD)


def test_load_counts_open_and_overdue_steps_of_each_person_and_of_nobody(world):
    for days in (1, 2, 30):
        visits.planned(world, days=days)
    to_sign_off(world)
    with time_machine.travel(TaskClock.objects.order_by("due_at").first().due_at + WEEK):
        rows = [[cell.words for cell in cells] for cells in panel(world, MANAGER, "each person").cells]
        assert rows[0][1:3] == ["3", "2"]
        assert rows[-1][:2] == ["Nobody yet", "1"]


def test_overdue_work_is_told_by_stage_with_its_oldest_day(world):
    for days in (1, 2):
        visits.planned(world, days=days)
    due_at = TaskClock.objects.order_by("due_at").first().due_at
    with time_machine.travel(due_at + WEEK):
        [stage] = panel(world, MANAGER, "Overdue, by stage").cells
        assert [cell.words for cell in stage[:2]] == ["Record the visit and send the draft", "2"]
        assert stage[2].hint == "7 days ago"
        assert figures(world, MANAGER)["steps of the team overdue"] == 2


def test_manager_reads_that_nothing_is_overdue(world):
    assert "Nothing is overdue." in home(world, MANAGER)


def test_coverage_counts_the_settings_in_use_by_when_they_were_visited(world):
    visited(world, in_use(world), days_ago=364)
    visits.planned(world, setting=in_use(world))
    in_use(world)
    visits.home_of_x(world)
    assert shares(world) == {
        "visited in the last 12 months": 1,
        "not visited, a visit is planned": 1,
        "not visited, and none planned": 1,
    }
    page = home(world, MANAGER)
    assert "1 of 3 settings in use visited within 12 months." in page
    assert "/directory/?only=in_use&amp;only=not_visited" in page


def test_visit_of_more_than_a_year_ago_and_a_desktop_review_cover_nothing(world):
    visited(world, in_use(world), days_ago=366)
    visited(world, in_use(world), days_ago=10, kind=Visit.Kind.DESKTOP, mode="")
    assert "visited in the last 12 months" not in shares(world)


def test_closed_setting_needs_no_visit(world):
    in_use(world, closed_on=today())
    assert shares(world) == {}


def test_council_that_uses_nothing_is_told_to_record_its_counts(world):
    page = home(world, MANAGER)
    assert "No setting is in use" in page
    assert "Record placing counts" in page


def test_manager_sees_the_visits_of_everybody_with_their_lead(world):
    visits.planned(world, setting=visits.home_of_x(world, working_name="Fellside"))
    [line] = panel(world, MANAGER, "next 14 days").lines
    assert world.users["contract_officer"].person.name in line.detail
