"""The pages of scorecards ask the same number of queries for two homes as for twenty."""

import datetime as dt

import pytest
from django.urls import reverse

from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories.issues import raised
from tests.factories.visits import home_of_x, recorded
from tests.unit.inspections.scorecards.asking import publish
from tests.unit.portal.directory.building import inspected, queries_of

pytestmark = pytest.mark.django_db
MOST_OF_THE_REGION = 38  # what a definition, six areas, limits and scope ask, whatever the number of settings
MOST_OF_A_PROFILE = 47  # one gathering for the day and the months; recorders and links by kind of record


def add_homes(world, number: int):
    for count in range(number):
        home = home_of_x(world)
        inspected(home, "Inadequate", dt.date(2025, 9, 1))
        made.opened(world, setting=home, due_in=-count - 1)
        raised(world, setting=home)
    return home


def with_reports(world, home, number: int):
    for _ in range(number):
        publish(world, recorded(world, setting=home))
        made.opened(world, setting=home, due_in=-1)
    return home


@pytest.mark.parametrize("asked", ["", "?by=provider", "?only=all&band=red"])
def test_region_asks_as_many_queries_for_any_number_of_settings(world, asked):
    client, url = world.client("contract_officer"), reverse("scorecards") + asked
    add_homes(world, 2)
    few = queries_of(client, url)
    add_homes(world, 18)
    assert queries_of(client, url) == few <= MOST_OF_THE_REGION


@pytest.mark.parametrize("persona", ["contract_officer", "provider_manager_x", "officer_south"])
def test_profile_of_a_setting_asks_as_many_queries_for_any_amount_of_evidence(world, persona):
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.ISSUES, from_on=today())
    home = with_reports(world, add_homes(world, 1), 1)
    client, url = world.client(persona), reverse("scorecard_setting", args=[home.public_id])
    few = queries_of(client, url)
    with_reports(world, home, 4)
    assert queries_of(client, url) == few <= MOST_OF_A_PROFILE


@pytest.mark.parametrize("persona", ["contract_officer", "provider_manager_x"])
def test_profile_of_a_provider_asks_as_many_queries_for_any_number_of_settings(world, persona):
    client = world.client(persona)
    url = reverse("scorecard_provider", args=[world.provider_x.provider.public_id])
    with_reports(world, add_homes(world, 2), 1)
    few = queries_of(client, url)
    add_homes(world, 10)
    assert queries_of(client, url) == few <= MOST_OF_A_PROFILE
