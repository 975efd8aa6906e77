"""Home pages ask as many queries for one thing as for many, whoever opens them."""

import datetime as dt

import pytest
from django.urls import reverse

from inspections.visits.models import Visit
from providers.people.models import Share
from providers.people.services.shares import share_cases
from qa_portal.core.dates import today
from tests.factories import actions, issues, visits
from tests.factories.leads import SettingLeadFactory
from tests.factories.people import MembershipFactory, ProviderOrganisationFactory, UserFactory
from tests.factories.purchasing import a_lot, a_member, a_policy, a_system
from tests.factories.register import PlacingCountFactory
from tests.unit.portal.directory.building import inspected, queries_of

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 5  # session, user, second factor, memberships, the person's name
MOST = {
    "contract_officer": 26,
    "team_manager": 26,
    "head_of_service": 26,
    "provider_manager_x": 48,
    "board_chair": 32,
    "placements_officer": 32,
    "partner_contributor": 32,
    "council_administrator": 10,
    "installation_administrator": 14,
    "scrutiny_reader": 2,
}


def one_of_everything(world, system, number: int) -> None:
    """A home in use, led by the officer, with a visit, an action, an issue, a document, a lot and two grades."""
    home = visits.home_of_x(world, working_name=f"Home {number}")
    SettingLeadFactory(setting=home, lead=world.membership("contract_officer"))
    PlacingCountFactory(setting=home, placing_authority=world.north.authority)
    inspected(home, "Good", today() - dt.timedelta(days=900))
    inspected(home, "Inadequate", today() - dt.timedelta(days=40))
    visits.planned(world, setting=home, days=number % 10)
    actions.planned(world, setting=home)
    actions.closed(world, setting=home)
    issues.raised(world, setting=home)
    provider = world.as_("provider_manager_x")
    a_policy(provider, expires_on=today() + dt.timedelta(days=20), name=f"policy-{number}.txt")
    lot = a_lot(world.as_("procurement_officer"), system, code=f"L{number}")
    a_member(world.provider_x.provider, lot)
    MembershipFactory(person=UserFactory().person, organisation=world.north)
    ProviderOrganisationFactory()


def test_home_asks_as_many_queries_at_any_size(world):
    system = a_system(world.as_("procurement_officer"))
    share_cases(
        by=world.as_("council_administrator"),
        reader=world.agency,
        kind=Share.Kind.SCORECARDS,
        from_on=today(),
        reason="Agreement",
    )
    clients = {persona: world.client(persona) for persona in MOST}
    for number in range(2):
        one_of_everything(world, system, number)
    few = {persona: queries_of(client, reverse("home")) for persona, client in clients.items()}
    for number in range(2, 11):
        one_of_everything(world, system, number)
    many = {persona: queries_of(client, reverse("home")) for persona, client in clients.items()}
    assert Visit.objects.count() == 11
    assert many == few
    over = {persona: number for persona, number in many.items() if number > EVERY_REQUEST + MOST[persona]}
    assert over == {}, many
