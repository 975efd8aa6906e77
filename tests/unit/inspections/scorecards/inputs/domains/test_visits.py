"""The council's visits: what a published report is worth, when, and what it limits."""

import pytest

from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.models import Standard
from inspections.scorecards.scoring.arithmetic import Band, Status
from inspections.scorecards.scoring.words import day_words
from inspections.visits.services.recording import save_record
from qa_portal.core.dates import today
from tests.factories.visits import (
    answer,
    home_of_x,
    planned,
    propose,
    questions,
    recorded,
    small_question_set,
)
from tests.unit.inspections.scorecards.asking import (
    cell_of,
    confirmed,
    days,
    limits_of,
    publish,
    published,
    rules_of,
    score_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def home(clock, world):
    return home_of_x(world)


def test_setting_that_nobody_visited_has_no_data(home):
    cell = cell_of("visits", home)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "No report of a visit has been published")


def test_published_report_is_worth_its_share(world, home):
    version = published(world, setting=home, grades=("met", "partly_met", "met"))
    assert version.content["overall"]["percent"] == 83.3
    cell = cell_of("visits", home)
    assert (cell.status, cell.points, cell.reading.on) == (Status.CURRENT, 8330, today())
    assert cell.reading.says == "Met, full visit of 1 June 2026"
    [evidence] = cell.reading.evidence
    assert (evidence.kind, evidence.ref) == ("visit", str(version.visit.public_id))
    assert evidence.source == str(world.north)


def test_report_that_is_not_published_never_counts(world, home):
    confirmed(world, recorded(world, setting=home, grades=("met", "met", "not_met")))
    assert cell_of("visits", home).status is Status.NO_DATA
    assert rules_of(home) == []


@pytest.mark.parametrize(("age", "status"), [(396, Status.CURRENT), (397, Status.STALE)])
def test_visit_is_stale_a_month_after_its_anniversary(world, home, age, status):
    published(world, setting=home)
    assert cell_of("visits", home, today() + days(age)).status is status


def test_day_of_the_visit_sees_the_report_that_was_publish(world, home, clock):
    visit = recorded(world, setting=home)
    visited_on = visit.visited_on
    clock(visited_on + days(30))
    assert cell_of("visits", home, visited_on).status is Status.NO_DATA
    publish(world, visit)
    assert cell_of("visits", home, visited_on).points == 10000
    assert cell_of("visits", home, visited_on - days(1)).status is Status.NO_DATA


def test_newest_visit_counts_and_a_past_day_has_the_one_before(world, home, clock):
    published(world, setting=home, grades=("met", "not_met", "met"))
    first = today()
    clock(first + days(100))
    published(world, setting=home)
    assert cell_of("visits", home).points == 10000
    assert cell_of("visits", home, first + days(99)).points == 6670


# --- what limits


def test_key_question_that_is_not_met_is_amber_at_most(world, home):
    published(world, setting=home, grades=("met", "met", "not_met"))
    [limit] = limits_of(home)
    assert (limit.rule, limit.cap) == ("key_question", Band.AMBER)
    assert limit.says == "the key question “Are nights staffed?” was not met at the visit of 1 June 2026"
    assert limit.evidence.kind == "visit"


@pytest.mark.parametrize("grade", ["met", "partly_met"])
def test_key_question_that_is_met_or_partly_met_limits_nothing(world, home, grade):
    published(world, setting=home, grades=("met", "not_met", grade))
    assert rules_of(home) == []


def test_key_question_stands_until_a_visit_asks_it_again(world, home, clock):
    published(world, setting=home, grades=("met", "met", "not_met"))
    clock(today() + days(2000))
    assert cell_of("visits", home).status is Status.STALE
    assert rules_of(home) == ["key_question"]
    care = Standard.objects.filter(version=small_question_set(), code="care")
    visit = planned(world, setting=home, standards=list(care), kind="focused")
    for question in questions(visit)[:2]:
        answer(world, visit, question, narrative="Seen in two files")
    day = {"visited_on": (today(), 0)}
    save_record(by=world.as_("contract_officer"), visit=visit, details=day)
    publish(world, visit)
    assert cell_of("visits", home).points == 6670, "the other standard was seen too long ago"
    assert rules_of(home) == ["key_question"], "this visit did not ask it"
    published(world, setting=home, grades=("met", "met", "partly_met"))
    assert rules_of(home) == []


@pytest.mark.parametrize("first", ["met", "not_met"])
def test_key_question_does_not_end_by_another_visit_of_the_same_day(world, home, first):
    for grade in (first, "met" if first == "not_met" else "not_met"):
        published(world, setting=home, grades=("met", "met", grade))
    assert rules_of(home) == ["key_question"]


def test_key_question_that_was_not_assessed_again_still_stands(world, home, clock):
    published(world, setting=home, grades=("met", "met", "not_met"))
    clock(today() + days(30))
    visit = recorded(world, setting=home, grades=("met", "met", "met"))
    answered = visit.answers.get(question=questions(visit)[-1])
    answered.grade, answered.reason = AnswerGrade.NOT_ASSESSED, "Nobody was there at night"
    answered.save()
    publish(world, visit)
    assert rules_of(home) == ["key_question"]


def test_past_day_is_not_limited_by_a_later_visit(world, home):
    published(world, setting=home, grades=("met", "met", "not_met"))
    assert rules_of(home, today() - days(1)) == []


@pytest.fixture
def limiting(home):
    standard = Standard.objects.get(version=small_question_set(), code="care")
    standard.is_limiting = True
    standard.save()
    return standard


def test_limiting_standard_that_is_not_met_is_amber_at_most(world, home, limiting):
    visit = recorded(world, setting=home, grades=("not_met", "not_met", "met"))
    propose(world, visit, limiting)
    publish(world, visit)
    [limit] = limits_of(home)
    assert (limit.rule, limit.cap) == ("limiting_standard", Band.AMBER)
    assert limit.says == f"the limiting standard “{limiting.title}” was not met at the visit of 1 June 2026"


def test_limiting_standard_ends_by_a_visit_that_finds_it_better(world, home, limiting, clock):
    visit = recorded(world, setting=home, grades=("not_met", "not_met", "met"))
    propose(world, visit, limiting)
    publish(world, visit)
    clock(today() + days(1000))
    assert rules_of(home) == ["limiting_standard"]
    published(world, setting=home, grades=("partly_met", "partly_met", "met"))
    assert rules_of(home) == []


def test_amber_limit_of_a_visit_does_not_lift_a_home_of_which_little_is_known(world, home):
    published(world, setting=home, grades=("met", "met", "not_met"))
    assert score_of(home).band is Band.INSUFFICIENT


@pytest.mark.parametrize("order", [("met", "not_met"), ("not_met", "met")])
def test_of_two_visits_of_one_day_the_worse_counts(world, home, order):
    """Neither is the newer, whichever report was published last."""
    for last in order:
        published(world, setting=home, grades=("met", "met", last))
    assert cell_of("visits", home).points == 6670


def seen(world, home, clock, day, code: str = "", **grades) -> None:
    """A published visit to all standards, or to the one with `code`."""
    clock(day)
    plan = {"setting": home}
    if code:
        plan["standards"] = Standard.objects.filter(version=small_question_set(), code=code)
    published(world, **plan, **grades)


def test_visit_to_one_standard_tells_of_that_one_and_the_others_stay_as_they_were(world, home, clock):
    """Else a look at the one that is good would take the place of all that was bad."""
    begun = today()
    seen(world, home, clock, begun, grades=("partly_met", "partly_met", "met"))
    assert cell_of("visits", home, begun).points == 6670
    seen(world, home, clock, begun + days(60), "safety", grades=("met",))
    cell = cell_of("visits", home, begun + days(60))
    assert (cell.points, cell.reading.on) == (6670, begun + days(60))
    assert cell.reading.says.endswith(f"other standards as {day_words(begun)} found them")
    assert len(cell.reading.evidence) == 2
    seen(world, home, clock, begun + days(90), "care", grades=("met", "met"))
    cell = cell_of("visits", home, begun + days(90))
    assert (cell.points, len(cell.reading.evidence)) == (10000, 2)
    assert cell_of("visits", home, begun + days(59)).points == 6670


def test_standard_that_was_seen_too_long_ago_is_worth_nothing_and_is_not_forgotten(world, home, clock):
    begun = today()
    seen(world, home, clock, begun, grades=("met", "met", "met"))
    seen(world, home, clock, begun + days(300), "safety", grades=("met",))
    assert cell_of("visits", home, begun + days(396)).points == 10000
    cell = cell_of("visits", home, begun + days(397))
    assert cell.points == 3330
    assert cell.reading.says.endswith("some were seen too long ago to count")
    seen(world, home, clock, begun + days(680), "safety", grades=("met",))
    points = [cell_of("visits", home, begun + days(day)).points for day in (680, 792, 793, 1000)]
    assert points == [3330] * 4, "time alone raises nothing"


def test_full_visit_takes_the_place_of_all_before_it(world, home, clock):
    begun = today()
    seen(world, home, clock, begun, "safety", grades=("not_met",))
    seen(world, home, clock, begun + days(30), grades=("met", "met", "met"))
    cell = cell_of("visits", home, begun + days(30))
    assert (cell.points, len(cell.reading.evidence)) == (10000, 1)
