"""The first page: what waits for its reader."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories.visits import planned
from workflows.shared.models import TaskClock

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def home(world, persona: str) -> str:
    answer = world.client(persona).get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_shows_the_steps_that_wait_and_how_many_are_overdue(world):
    planned(world, days=3)
    page = home(world, "contract_officer")
    assert "Record the visit and send the draft" in page
    assert "1 step waiting" in page
    assert "Nothing waits for you" not in page
    with time_machine.travel(TaskClock.objects.get().due_at + DAY):
        late = home(world, "contract_officer")
    assert "qa-summary__item--alert" in late
    assert "qa-summary__item--alert" not in page


def test_home_shows_the_most_urgent_and_leads_to_the_rest(world):
    for days in range(1, 11):
        planned(world, days=days)
    page = home(world, "contract_officer")
    assert page.count('scope="row"') == 8
    assert "All 10 steps" in page


@pytest.mark.parametrize(
    "persona", ["scrutiny_reader", "officer_south", "provider_manager_y", "young_researcher"]
)
def test_others_find_nothing_of_it_on_their_home(world, persona):
    planned(world)
    assert "Record the visit" not in home(world, persona)


def test_home_says_that_nothing_waits(world):
    assert "Nothing waits for you" in home(world, "scrutiny_reader")
