"""The regulator's area: grades to points, days of publication, cycles, and scales that do not compare."""

import datetime as dt

import pytest

from inspections.ofsted.models import Inspection, Judgement
from inspections.ofsted.recorded_inspections import verify_inspection, withdraw_inspection
from inspections.scorecards.scoring.arithmetic import Band, Status
from providers.directory.models import Grade, GradeScale, InspectionType, ProvisionType
from qa_portal.core.dates import today
from tests.factories.recorded_inspections import recorded
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.asking import cell_of, days, limits_of, rules_of, score_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MARCH = dt.date(2026, 3, 3)


def inspected(setting, grade: str, on: dt.date = MARCH, *, scale="SCCIF-4", kind="full", words="", **values):
    """As Ofsted's file tells it, published on the same day."""
    scale = GradeScale.objects.get(code=scale)
    inspection = Inspection.objects.create(
        setting=setting,
        inspection_type=InspectionType.objects.get(code=kind),
        event_number=f"{setting.pk}/{on}/{grade}",
        inspected_on=on,
        scale=scale,
        source=Inspection.Source.IMPORTED,
        **{"published_on": on} | values,
    )
    found = Grade.objects.filter(scale=scale, code=grade).first()
    Judgement.objects.create(
        inspection=inspection,
        subject=scale.headline or "overall",
        grade=found,
        words=words or (found.label if found else grade),
    )
    return inspection


@pytest.fixture
def home(db):
    return SettingFactory()


def test_setting_without_an_inspection_has_no_data(home):
    cell = cell_of("regulator", home)
    assert (cell.status, cell.points) == (Status.NO_DATA, None)
    assert cell.reading.says == "No inspection has been published"


@pytest.mark.parametrize(
    ("grade", "points"), [("outstanding", 10000), ("good", 7500), ("ri", 4000), ("inadequate", 0)]
)
def test_grade_has_the_points_of_the_definition(home, grade, points):
    inspection = inspected(home, grade)
    cell = cell_of("regulator", home)
    assert (cell.status, cell.points, cell.reading.on) == (Status.CURRENT, points, MARCH)
    [evidence] = cell.reading.evidence
    assert (evidence.kind, evidence.ref) == ("inspection", str(inspection.public_id))
    assert (evidence.on, evidence.source) == (MARCH, "Ofsted")


def test_reading_says_grade_kind_and_day(home):
    inspected(home, "good")
    assert cell_of("regulator", home).reading.says == "Good, full inspection of 3 March 2026"


@pytest.mark.parametrize(
    ("outcome", "points"), [("consistently_strong", 10000), ("inconsistent", 5000), ("serious_weaknesses", 0)]
)
def test_outcomes_of_supported_accommodation_have_points_of_their_own(outcome, points):
    setting = SettingFactory(provision_type=ProvisionType.objects.get(code="supported_accommodation"))
    inspected(setting, outcome, scale="SA-3")
    assert cell_of("regulator", setting).points == points


@pytest.mark.parametrize("word", ["adequate", "Not judged this time"])
def test_word_that_is_no_grade_today_is_not_comparable(home, word):
    inspected(home, word)
    cell = cell_of("regulator", home)
    assert (cell.status, cell.points) == (Status.NOT_COMPARABLE, None)


def test_report_card_of_a_school_is_not_comparable_and_stands_behind_an_inspection_of_care(home):
    inspected(home, "strong", scale="SCHOOL-5", kind="iss_standard")
    assert cell_of("regulator", home).status is Status.NOT_COMPARABLE
    inspected(home, "good", MARCH - days(30))
    assert cell_of("regulator", home).points == 7500


def test_assurance_inspection_sets_no_rating(home):
    inspected(home, "good", MARCH - days(60))
    inspected(home, "serious_concerns", scale="ASSURANCE", kind="assurance")
    assert cell_of("regulator", home).points == 7500


@pytest.mark.parametrize(("age", "status"), [(731, Status.CURRENT), (732, Status.STALE)])
def test_judgement_of_a_home_is_stale_after_its_cycle_of_two_years(home, age, status):
    inspected(home, "good", today() - days(age))
    assert cell_of("regulator", home).status is status


@pytest.mark.parametrize(("age", "status"), [(1096, Status.CURRENT), (1097, Status.STALE)])
def test_judgement_of_a_fostering_agency_is_stale_after_three_years(age, status):
    agency = SettingFactory(provision_type=ProvisionType.objects.get(code="ifa"))
    inspected(agency, "good", today() - days(age))
    assert cell_of("regulator", agency).status is status


def test_inspection_counts_from_its_publication(home):
    inspected(home, "good", MARCH, published_on=MARCH + days(20))
    assert cell_of("regulator", home, MARCH + days(19)).status is Status.NO_DATA
    cell = cell_of("regulator", home, MARCH + days(20))
    assert (cell.points, cell.reading.on) == (7500, MARCH)


def test_inspection_without_a_day_of_publication_counts_from_its_own(home):
    """The lists sent to councils give none."""
    inspected(home, "good", MARCH, published_on=None)
    assert cell_of("regulator", home, MARCH - days(1)).status is Status.NO_DATA
    assert cell_of("regulator", home, MARCH).points == 7500


def test_past_day_does_not_see_a_later_inspection(home):
    inspected(home, "good", MARCH - days(400))
    inspected(home, "outstanding")
    assert cell_of("regulator", home, MARCH - days(1)).points == 7500
    assert cell_of("regulator", home, MARCH).points == 10000


def test_inspection_recorded_by_any_council_counts_once_another_person_has_verified_it(world):
    setting = SettingFactory(authority=world.north.authority)
    inspection = recorded(world, setting)
    assert cell_of("regulator", setting).status is Status.NO_DATA
    verify_inspection(by=world.as_("team_manager"), inspection=inspection)
    assert cell_of("regulator", setting).points == 0
    assert rules_of(setting) == ["inadequate"]


def test_inspection_recorded_in_error_counts_on_no_day_and_limits_none(world):
    setting = SettingFactory(authority=world.north.authority)
    inspection = recorded(world, setting)
    verify_inspection(by=world.as_("team_manager"), inspection=inspection)
    withdraw_inspection(by=world.as_("team_manager"), inspection=inspection, reason="Another home's report")
    assert cell_of("regulator", setting).status is Status.NO_DATA
    assert rules_of(setting) == []
    assert Inspection.objects.get().withdrawn_reason == "Another home's report"


# --- what limits


def test_inadequate_is_red_in_words_with_its_day(home):
    inspection = inspected(home, "inadequate")
    [limit] = limits_of(home)
    assert (limit.rule, limit.cap) == ("inadequate", Band.RED)
    assert limit.says == "Ofsted judged it Inadequate on 3 March 2026"
    assert limit.evidence.ref == str(inspection.public_id)
    assert score_of(home).band is Band.RED


def test_third_outcome_is_red():
    setting = SettingFactory(provision_type=ProvisionType.objects.get(code="supported_accommodation"))
    inspected(setting, "serious_weaknesses", scale="SA-3")
    [limit] = limits_of(setting)
    assert (limit.rule, limit.cap) == ("outcome_3", Band.RED)
    assert limit.says == "Ofsted found serious or widespread weaknesses on 3 March 2026"


@pytest.mark.parametrize("grade", ["outstanding", "good", "ri"])
def test_better_grade_limits_nothing(home, grade):
    inspected(home, grade)
    assert rules_of(home) == []


def test_inadequate_does_not_end_by_age(home):
    inspected(home, "inadequate", today() - days(3000))
    assert cell_of("regulator", home).status is Status.STALE
    assert score_of(home).band is Band.RED


def test_inadequate_ends_by_the_next_grade_from_the_day_it_is_published(home):
    inspected(home, "inadequate", MARCH - days(100))
    inspected(home, "ri", MARCH, published_on=MARCH + days(20))
    assert rules_of(home, MARCH + days(19)) == ["inadequate"]
    assert rules_of(home, MARCH + days(20)) == []


@pytest.mark.parametrize("first", ["inadequate", "good"])
def test_inadequate_does_not_end_by_another_judgement_of_the_same_day(home, first):
    """Neither is the newer one, so the order in which they were stored decides nothing."""
    for grade in (first, "good" if first == "inadequate" else "inadequate"):
        inspected(home, grade)
    assert rules_of(home) == ["inadequate"]
    assert cell_of("regulator", home).points == 0


@pytest.mark.parametrize(
    ("grade", "scale", "kind"),
    [
        ("Not judged this time", "SCCIF-4", "full"),
        ("adequate", "SCCIF-4", "full"),
        ("no_serious_concerns", "ASSURANCE", "assurance"),
        ("exceptional", "SCHOOL-5", "iss_standard"),
    ],
)
def test_inadequate_does_not_end_by_newer_evidence_of_another_kind(home, grade, scale, kind):
    inspected(home, "inadequate", MARCH - days(100))
    inspected(home, grade, scale=scale, kind=kind)
    assert rules_of(home) == ["inadequate"]


def test_past_day_is_not_red_by_a_later_judgement(home):
    inspected(home, "inadequate")
    assert rules_of(home, MARCH - days(1)) == []
    assert rules_of(home, MARCH) == ["inadequate"]


def test_older_inadequate_does_not_limit_after_a_newer_good(home):
    inspected(home, "good")
    inspected(home, "inadequate", MARCH - days(1))
    assert rules_of(home) == []
