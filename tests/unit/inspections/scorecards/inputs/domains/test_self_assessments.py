"""Self-assessments count once they are validated, from the day they were submitted, with the council's grades."""

import pytest

from inspections.scorecards.scoring.arithmetic import Status
from inspections.self_assessments.services import submit, validate
from qa_portal.core.dates import today
from tests.factories import self_assessments as making
from tests.factories.self_assessments import answer_all, look_at_all
from tests.unit.inspections.scorecards.asking import cell_of, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OWN = {"agrees": False, "council_grade": "not_met", "note": "No heating on our visit"}


@pytest.fixture
def submitted(clock, world):
    sheet = making.assessment(world)
    answer_all(world, sheet)
    submit(by=world.as_("provider_manager_x"), assessment=sheet)
    sheet.refresh_from_db()
    return sheet


def validated(world, sheet, **views):
    look_at_all(world, sheet, **views)
    return validate(by=world.as_("contract_officer"), assessment=sheet)


def test_what_is_submitted_and_not_validated_counts_for_nothing(submitted):
    cell = cell_of("self_assessment", submitted.setting)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "No self-assessment has been validated")


def test_validated_answers_are_worth_their_share(world, submitted):
    """Met, yes, and partly met: five of six."""
    validated(world, submitted)
    cell = cell_of("self_assessment", submitted.setting)
    assert (cell.status, cell.points, cell.reading.on) == (Status.CURRENT, 8333, today())
    assert cell.reading.says == f"Submitted 1 June 2026, validated by {world.north}"
    [evidence] = cell.reading.evidence
    assert (evidence.kind, evidence.ref) == ("self_assessment", str(submitted.public_id))


def test_council_s_grade_counts_in_place_of_the_provider_s(world, submitted):
    validated(world, submitted, q1_1=OWN)
    assert cell_of("self_assessment", submitted.setting).points == 5000


def test_it_counts_from_its_submission_however_late_it_was_validated(world, submitted, clock):
    begun = today()
    clock(begun + days(20))
    validated(world, submitted)
    assert cell_of("self_assessment", submitted.setting, begun).points == 8333
    assert cell_of("self_assessment", submitted.setting, begun - days(1)).status is Status.NO_DATA


@pytest.mark.parametrize(("age", "status"), [(457, Status.CURRENT), (458, Status.STALE)])
def test_it_is_stale_after_fifteen_months(world, submitted, age, status):
    validated(world, submitted)
    assert cell_of("self_assessment", submitted.setting, today() + days(age)).status is status


def test_answers_that_all_do_not_apply_are_not_comparable(world, clock):
    sheet = making.assessment(world)
    for code in ("1.1", "1.2", "2.1"):
        making.say(world, sheet, code, grade="not_applicable", reason="Not open yet")
    submit(by=world.as_("provider_manager_x"), assessment=sheet)
    sheet.refresh_from_db()
    validated(world, sheet)
    assert cell_of("self_assessment", sheet.setting).status is Status.NOT_COMPARABLE


def test_newest_of_two_campaigns_counts_and_a_past_day_has_the_one_before(world, submitted, clock):
    validated(world, submitted, q1_1=OWN)
    first = today()
    clock(first + days(200))
    version, home = submitted.campaign.version, submitted.setting
    [again] = making.campaign(world, home, version=version, name="Autumn 2026").assessments.all()
    answer_all(world, again)
    submit(by=world.as_("provider_manager_x"), assessment=again)
    again.refresh_from_db()
    validated(world, again)
    assert cell_of("self_assessment", home).points == 8333
    assert cell_of("self_assessment", home, first + days(199)).points == 5000
