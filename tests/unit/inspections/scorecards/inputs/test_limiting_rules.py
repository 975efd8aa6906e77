"""What Ofsted's files limit: a suspended registration, and a restriction of accommodation."""

import datetime as dt

import pytest

from inspections.scorecards.scoring.arithmetic import Band
from providers.directory.models import Setting
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import HEADER, row
from tests.unit.inspections.scorecards.asking import days, limits_of, rules_of, score_of

pytestmark = pytest.mark.django_db
MARCH, JUNE, SEPTEMBER = dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30)
RESTRICTION = "Restriction of accommodation in force"


def home() -> Setting:
    return Setting.objects.get(urn="SC009423")


def restricted(cell: str, as_at: dt.date) -> None:
    import_rows([*row(), cell], as_at=as_at, header=(*HEADER, RESTRICTION))


def test_suspended_registration_is_red_from_the_day_of_the_file():
    import_rows(row(), as_at=MARCH)
    import_rows(row(status="Suspended"), as_at=JUNE)
    assert rules_of(home(), JUNE - days(1)) == []
    [limit] = limits_of(home(), JUNE)
    assert (limit.rule, limit.cap) == ("registration_suspended", Band.RED)
    assert limit.says == "its registration is suspended in Ofsted’s file of 30 June 2024"
    assert (limit.evidence.kind, limit.evidence.on) == ("setting", JUNE)
    assert score_of(home(), JUNE).band is Band.RED


def test_suspended_registration_ends_by_a_newer_file_that_has_it_active():
    import_rows(row(status="Suspended"), as_at=MARCH)
    import_rows(row(), as_at=JUNE)
    assert rules_of(home(), JUNE - days(1)) == ["registration_suspended"]
    assert rules_of(home(), JUNE) == []


def test_suspended_registration_does_not_end_by_age_or_by_a_file_that_does_not_name_it():
    import_rows(row(status="Suspended"), as_at=MARCH)
    assert rules_of(home(), MARCH + days(3000)) == ["registration_suspended"]
    import_rows(row(urn="SC111111", event="1"), as_at=JUNE)
    assert rules_of(home(), SEPTEMBER) == ["registration_suspended"]


def test_later_import_of_the_same_day_corrects_the_file():
    import_rows(row(status="Suspended"), as_at=MARCH)
    import_rows(row(places="5"), as_at=MARCH)
    assert rules_of(home(), MARCH) == []


def test_order_of_imports_does_not_matter():
    import_rows(row(), as_at=JUNE)
    import_rows(row(status="Suspended"), as_at=MARCH)
    assert rules_of(home(), MARCH) == ["registration_suspended"]
    assert rules_of(home(), SEPTEMBER) == []


def test_restriction_of_accommodation_is_red_until_a_newer_file_has_none():
    restricted("Yes", MARCH)
    [limit] = limits_of(home(), JUNE - days(1))
    assert (limit.rule, limit.cap) == ("accommodation_restricted", Band.RED)
    assert limit.says == "accommodation is restricted in Ofsted’s file of 31 March 2024"
    restricted("No", JUNE)
    assert rules_of(home(), JUNE - days(1)) == ["accommodation_restricted"]
    assert rules_of(home(), JUNE) == []


def test_active_registration_without_enforcement_limits_nothing():
    restricted("", MARCH)
    assert rules_of(home(), MARCH) == []
