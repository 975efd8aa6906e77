"""What the service for recorded inspections refuses by itself, whatever its form has let through."""

import datetime as dt

import pytest

from inspections.ofsted import recorded_inspections as service
from inspections.ofsted.models import Inspection
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.recorded_inspections import outcome, recorded
from tests.factories.register import SettingFactory, import_rows
from tests.unit.inspections.ofsted.building import row

pytestmark = pytest.mark.django_db
OFFICER, VERIFIER = "contract_officer", "team_manager"


@pytest.fixture
def home(world):
    return SettingFactory(authority=world.north.authority, owner=world.provider_x.provider)


def test_inspection_is_not_dated_in_the_future(world, home):
    with pytest.raises(Refused, match="cannot be in the future"):
        recorded(world, home, inspected_on=today() + dt.timedelta(days=1))
    assert not Inspection.objects.exists()
    recorded(world, home, inspected_on=today())


def test_published_outcome_has_the_day_and_a_provisional_one_has_none(world, home):
    without = outcome()
    without = type(without)(status="published", judgements=without.judgements, published_on=None)
    with pytest.raises(Refused, match="Enter the day on which Ofsted published"):
        recorded(world, home, without)
    early = type(without)(status="provisional", judgements=without.judgements, published_on=today())
    with pytest.raises(Refused, match="has no day of publication yet"):
        recorded(world, home, early)
    assert not Inspection.objects.exists()


def test_inspection_is_verified_once(world, home):
    inspection = recorded(world, home)
    service.verify_inspection(by=world.as_(VERIFIER), inspection=inspection)
    inspection.refresh_from_db()
    with pytest.raises(Refused, match="verified already"):
        service.check_can_verify(world.as_(VERIFIER), inspection)


def test_inspection_that_was_sent_back_waits_for_its_correction(world, home):
    inspection = recorded(world, home)
    service.return_inspection(by=world.as_(VERIFIER), inspection=inspection, reason="Wrong day")
    inspection.refresh_from_db()
    with pytest.raises(Refused, match="sent back and wait to be corrected"):
        service.check_can_verify(world.as_(VERIFIER), inspection)


def test_what_ofsted_s_own_file_tells_is_not_withdrawn_by_hand(world):
    import_rows(row(), as_at=dt.date(2025, 3, 31))
    told = Inspection.objects.filter(source=Inspection.Source.IMPORTED).first()
    assert told is not None
    with pytest.raises(Refused, match="Only Ofsted takes back"):
        service.check_can_withdraw(world.as_(VERIFIER), told)
