"""A scorecard asks as many queries at any size, and comes to the same figures on every database."""

import hashlib
import json
from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.scorecards.inputs.visibility import EVERYBODY, EvidenceScope
from inspections.scorecards.selectors import (
    by_provider,
    scorecard,
    settings_watched,
    with_recorders,
    year_of_provider,
    year_of_setting,
)
from providers.directory.models import Provider, Setting
from tests.performance.region import TODAY, Region
from tests.unit.inspections.scorecards.conftest import clock  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.timeout(600)]
QUERIES = 28
DIGEST = "dd45b25ab8ee676517799d52d873cefc2fa1995ea4e078a1fa6b200730c81b15"
"""Of the 60 settings below and their 9 providers: change it only with the arithmetic, the definition or the words."""


@pytest.fixture
def region(clock, world) -> Region:  # noqa: F811
    return Region(world.north, world.membership("contract_officer"), world.membership("team_manager"))


def asked(action) -> int:
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def whole(scope: EvidenceScope = EVERYBODY):
    return scorecard(as_at=TODAY, scope=scope, among=Setting.objects.filter(urn__startswith="SC0"))


def test_scorecard_asks_as_many_queries_for_400_settings_as_for_40(world, region):
    sights = [EVERYBODY, EvidenceScope.of_council(world.north)]
    watched = [
        lambda: scorecard(as_at=TODAY, scope=sights[1], among=settings_watched(world.north, TODAY)),
        lambda: by_provider(whole()),
    ]
    region.fill(0, 40)
    first = [asked(lambda scope=scope: whole(scope)) for scope in sights] + [asked(one) for one in watched]
    region.fill(40, 400)
    assert [asked(lambda scope=scope: whole(scope)) for scope in sights] + [
        asked(one) for one in watched
    ] == first
    assert len(whole().rows) == 400
    assert max(first) <= QUERIES, first


def test_year_asks_as_many_queries_as_a_day(region):
    region.fill(0, 14)
    setting, provider = Setting.objects.get(urn="SC000001"), Provider.objects.get(name__contains=" 0 ")
    one_day = asked(
        lambda: scorecard(as_at=TODAY, scope=EVERYBODY, among=Setting.objects.filter(pk=setting.pk))
    )
    assert asked(lambda: year_of_setting(setting, as_at=TODAY, scope=EVERYBODY)) <= one_day
    assert asked(lambda: year_of_provider(provider, as_at=TODAY, scope=EVERYBODY)) <= QUERIES


def test_recorders_are_asked_once_a_kind(region):
    region.fill(0, 14)
    card = whole()
    assert asked(lambda: with_recorders(card)) <= 7


def canonical(value):
    """Without row numbers, which differ from database to database."""
    if isinstance(value, dict):
        return {key: canonical(one) for key, one in value.items() if key not in {"pk", "provider_pk"}}
    return [canonical(one) for one in value] if isinstance(value, list | tuple) else value


def test_figures_of_a_fixed_region_are_the_same_on_every_database(region):
    region.fill(0, 60)
    card = with_recorders(whole())
    told = json.dumps(
        canonical([asdict(card), asdict(by_provider(card))]), sort_keys=True, default=str, ensure_ascii=False
    )
    assert len({row.score.band for row in card.rows}) == 4
    assert hashlib.sha256(told.encode()).hexdigest() == DIGEST
