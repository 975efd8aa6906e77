"""The pages that everybody opens, over Ofsted's own file of March 2024 and a few cases: 3,900 settings."""

import time
from typing import NamedTuple

import pytest
from django.urls import reverse

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.services import import_file
from providers.directory.models import Setting, SettingOwnership
from tests.factories import actions as made
from tests.factories.issues import raised
from tests.factories.register import PlacingCountFactory
from tests.factories.visits import recorded
from tests.unit.inspections.conftest import shared_data  # noqa: F401  a fixture
from tests.unit.inspections.scorecards.asking import publish
from tests.unit.portal.directory.building import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]
NAME = "provider_at_march_2024.csv"
CASES, LEAST = 8, 3_500


class Page(NamedTuple):
    """`most` queries by `persona`, those of the session and the memberships with them."""

    persona: str
    name: str
    most: int
    query: str = ""
    of_a_case: bool = False


PAGES = [
    Page("contract_officer", "scorecards", 38),
    Page("contract_officer", "scorecards", 39, "?only=all"),
    Page("contract_officer", "scorecards", 39, "?only=all&page=2"),
    Page("contract_officer", "scorecards", 39, "?only=all&band=red"),
    Page("contract_officer", "scorecards", 39, "?only=all&by=provider"),
    Page("contract_officer", "scorecard_setting", 47, of_a_case=True),
    Page("contract_officer", "directory", 20),
    Page("contract_officer", "directory", 20, "?sort=authority&page=2"),
    Page("contract_officer", "home", 31),
    Page("board_chair", "home", 37),
    Page("provider_manager_x", "home", 53),
    Page("provider_manager_x", "scorecards", 37),
]


@pytest.fixture
def cases(world, shared_data) -> list[Setting]:  # noqa: F811
    """Settings with a visit, a case and an action; a register's row is all there is of the others."""
    content = (shared_data / "ofsted_social_care" / NAME).read_bytes()
    import_file(by=None, content=content, filename=NAME)
    settings = list(Setting.objects.filter(closed_on=None, provision_type__code="childrens_home")[:CASES])
    owned = SettingOwnership.objects.filter(setting__in=settings)
    owned.audited_update(provider=world.provider_x.provider)  # whose people answer in the portal
    for setting in settings:
        PlacingCountFactory(setting=setting, placing_authority=world.north.authority)
        publish(world, recorded(world, setting=setting))
        made.opened(world, setting=setting, due_in=-1)
        raised(world, setting=setting)
    return settings


def test_pages_over_the_whole_register_keep_to_their_queries(world, cases, frozen, capsys):
    assert Setting.objects.count() > LEAST
    assert ContractIssue.objects.count() == CASES <= Action.objects.count()
    asked = {}
    for page in PAGES:
        client = world.client(page.persona)
        args = [cases[0].public_id] if page.of_a_case else []
        begun = time.process_time()
        asked[page] = queries_of(client, reverse(page.name, args=args) + page.query)
        spent = time.process_time() - begun
        with capsys.disabled():
            told = f"{page.name}{page.query} of {page.persona}"
            print(f"\n{told}: {asked[page]} queries, {spent * 1000:.0f} ms of CPU", end="")
    assert {page: number for page, number in asked.items() if number > page.most} == {}
