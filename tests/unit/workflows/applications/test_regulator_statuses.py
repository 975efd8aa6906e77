import datetime as dt

import pytest

from inspections.ofsted.models import Inspection
from providers.directory.models import RegistrationState
from qa_portal.core.dates import today
from tests.factories.purchasing import a_home, a_sent_application
from tests.unit.portal.directory.building import inspected
from workflows.applications.regulator_statuses import regulator_statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(provider):
    return a_home(provider, working_name="Fell View")


@pytest.fixture
def applied(provider, system, home):
    return a_sent_application(provider, system, homes=[home]).lots.get()


def status(applied, user):
    [one] = regulator_statuses(applied, user, today())
    return one


def test_home_that_was_never_inspected_passes(procurement, applied):
    told = status(applied, procurement)
    assert (told.grade, told.is_worst, told.failing) == ("Not yet inspected", False, "")


def test_newest_published_grade_stands(procurement, applied, home):
    inspected(home, "Inadequate", dt.date(2024, 3, 4))
    inspected(home, "Good", dt.date(2025, 3, 4))
    told = status(applied, procurement)
    assert (told.grade, told.inspected_on, told.failing) == ("Good", dt.date(2025, 3, 4), "")


def test_worst_grade_of_its_scale_fails(procurement, applied, home):
    inspected(home, "Inadequate", dt.date(2025, 3, 4))
    assert status(applied, procurement).failing == f"Fell View ({home.urn}) is graded Inadequate."


def test_registration_that_is_not_open_fails(procurement, applied, home):
    home.registration_state = RegistrationState.objects.get(code="suspended")
    home.save()
    assert "is not registered: Suspended" in status(applied, procurement).failing


def test_closed_home_fails(procurement, applied, home):
    home.closed_on = today()
    home.save()
    assert "is not registered" in status(applied, procurement).failing


def test_provisional_outcome_stands_for_the_monitoring_team_alone(world, procurement, applied, home):
    """Scenario 1: told to the council and not yet published."""
    inspected(home, "Good", dt.date(2025, 3, 4))
    inspected(
        home,
        "Inadequate",
        dt.date(2026, 3, 4),
        outcome_status=Inspection.OutcomeStatus.PROVISIONAL,
        recorded_for=world.north,
    )
    assert status(applied, procurement).grade == "Good"
    for persona in ("contract_officer", "team_manager", "head_of_service"):
        told = status(applied, world.as_(persona))
        assert (told.grade, told.is_provisional) == ("Inadequate", True)
    assert status(applied, world.as_("officer_south")).grade == "Good"
