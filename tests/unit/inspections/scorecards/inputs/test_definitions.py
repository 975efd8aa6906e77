"""The definition that the portal comes with, and versions after it."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction

from inspections.issues.models import IssueStage
from inspections.scorecards.inputs.definitions import NoDefinition, rules_in_force
from inspections.scorecards.models import LimitingRule, ScorecardBand, ScorecardDefinition, ScorecardDomain
from inspections.scorecards.reference import FILE, add, load_definition
from inspections.scorecards.scoring.arithmetic import Band, DefinitionError, Status
from providers.directory.models import ProvisionType
from providers.documents.document_kinds import DocumentKind
from qa_portal.core.dates import today
from tests.factories.people import MembershipFactory, council
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.asking import score_of

pytestmark = pytest.mark.django_db
TOLD = json.loads(FILE.read_text("utf-8"))


def test_portal_comes_with_a_definition_that_can_be_scored_by():
    rules = rules_in_force()
    assert rules.definition.version == 1
    assert rules.definition.coverage_floor == 60
    assert len(rules.definition.domains) == 11
    assert sum(domain.weight for domain in rules.definition.domains) == 100
    assert rules.cycles == {"childrens_home": 731, "secure_childrens_home": 731, "special_school_home": 731}
    assert set(rules.stage_points) == set(IssueStage.objects.values_list("number", flat=True))
    assert set(rules.caps) == set(LimitingRule.Rule)
    assert set(rules.documents) <= set(DocumentKind)


def test_what_the_portal_knows_itself_reaches_the_floor_and_a_green_band():
    known = {"regulator", "visits", "issues", "actions", "self_assessment", "documents"}
    weight = sum(domain.weight for domain in rules_in_force().definition.domains if domain.code in known)
    assert weight == 80


def test_areas_without_a_source_yet_stand_with_no_data():
    cells = score_of(SettingFactory()).cells
    assert [cell.domain.code for cell in cells[6:]] == [
        *("safeguarding", "voice", "outcomes", "stability", "workforce"),
    ]
    assert {cell.status for cell in cells[6:]} == {Status.NO_DATA}


def test_definition_is_loaded_once_and_not_changed_again():
    ScorecardDomain.objects.get(code="visits").save()
    assert load_definition() is False
    assert ScorecardDefinition.objects.count() == 1


def second(**changes) -> ScorecardDefinition:
    return add(TOLD | {"version": 2, "from_on": today().isoformat()} | changes)


def test_newest_version_in_force_scores_every_day():
    second(coverage_floor=10)
    assert rules_in_force().definition.version == 2
    assert score_of(SettingFactory(), today() - dt.timedelta(days=400)).coverage_floor == 10


def test_version_that_begins_later_waits_for_its_day():
    tomorrow = today() + dt.timedelta(days=1)
    second(from_on=tomorrow.isoformat())
    assert rules_in_force().definition.version == 1
    assert rules_in_force(tomorrow).definition.version == 2


def test_day_before_any_version_has_no_definition():
    with pytest.raises(NoDefinition):
        rules_in_force(dt.date(2023, 12, 31))


@pytest.mark.parametrize("weight", [24, 26])
def test_weights_of_99_or_101_are_never_scored_by(weight):
    domain = ScorecardDomain.objects.get(code="regulator")
    domain.weight = weight
    domain.save()
    with pytest.raises(DefinitionError, match=f"total {weight + 75}"):
        rules_in_force()


def test_overlapping_bands_are_never_scored_by():
    band = ScorecardBand.objects.get(band=Band.AMBER)
    band.to_points = 6000
    band.save()
    with pytest.raises(DefinitionError, match="overlap"):
        rules_in_force()


def test_rule_that_is_not_in_the_definition_limits_nothing():
    assert Band.RED in rules_in_force().caps.values()
    second(rules={})
    assert rules_in_force().caps == {}


def test_definition_is_approved_by_two_different_people_or_by_nobody():
    approved = ScorecardDefinition.objects.get()
    one, moment = MembershipFactory(organisation=council()), dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    approved.approved_by, approved.approved_at = one, moment
    approved.second_approved_by, approved.second_approved_at = one, moment
    with pytest.raises(IntegrityError), transaction.atomic():
        approved.save()
    approved = ScorecardDefinition.objects.get()
    approved.approved_by, approved.approved_at = one, moment
    approved.second_approved_by = MembershipFactory(organisation=council())
    approved.second_approved_at = moment
    approved.save()
    assert ScorecardDefinition.objects.get().second_approved_by != one


@pytest.mark.parametrize(("table", "field"), [(ScorecardBand, "to_points"), (ScorecardDomain, "weight")])
def test_database_refuses_what_is_more_than_the_whole(table, field):
    row = table.objects.last()
    setattr(row, field, 10_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_definition_names_types_that_exist():
    assert set(TOLD["cycles"]) <= set(ProvisionType.objects.values_list("code", flat=True))
