"""Every move from stage to stage, allowed and refused, from one table; and the stages as data."""

import datetime as dt
from types import SimpleNamespace

import pytest

from inspections.issues.models import ContractIssue, IssueStage
from inspections.issues.rules import check_move, decider_of
from inspections.issues.services import open_issue
from inspections.issues.stages import last_day, load_stages
from providers.directory.models import Clock
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.rules import Refused
from tests.factories.issues import home_of

pytestmark = pytest.mark.django_db
DECIDERS = [
    *(P.HANDLE_ISSUES, P.HANDLE_ISSUES, P.DECIDE_NOTICES, P.DECIDE_NOTICES),
    *(P.DECIDE_SUSPENSIONS, P.CHAIR_CONCERNS, P.DECIDE_TERMINATIONS),
]
MOVES = [(start, end) for start in range(7) for end in range(7)]


@pytest.fixture
def stages():
    return {stage.number: stage for stage in IssueStage.objects.all()}


@pytest.fixture
def issue(world):
    made, _ = open_issue(
        by=None,
        council=world.north,
        setting=home_of(world),
        source="raised",
        source_ref="",
        title="Medicines",
        severity="low",
        concerns=["No records"],
    )
    return made


def refusal(issue, to, **said) -> str:
    try:
        check_move(issue, to, **{"reason": "r", "evidence": "e", "told": "t"} | said)
    except Refused as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize(("start", "end"), MOVES)
def test_every_move(issue, stages, start, end):
    """Up with a reason, also past stages; down with evidence; the provider told of what it sees."""
    issue.stage, to = stages[start], stages[end]
    if start == end:
        assert "at this stage already" in refusal(issue, to)
        return
    assert refusal(issue, to) == ""
    assert "Say why" in refusal(issue, to, reason="")
    assert ("Stepping down needs evidence" in refusal(issue, to, evidence="")) is (end < start)
    assert ("Write what you tell the provider" in refusal(issue, to, told="")) is (end > 0)


@pytest.mark.parametrize(("start", "end"), MOVES)
def test_decider_is_the_higher_stage_s(stages, start, end):
    assert decider_of(stages[start], stages[end]) == DECIDERS[max(start, end)]


@pytest.mark.parametrize("end", [2, 3])
def test_plan_needs_a_concern_and_a_provider(issue, stages, end):
    issue.concerns.get().delete()
    assert "at least one concern" in refusal(issue, stages[end])
    issue.provider = None
    assert "nobody can be asked for a plan" in refusal(issue, stages[end])


def test_closed_issue_does_not_move(issue, stages):
    closed = SimpleNamespace(is_open=False, stage=stages[1])
    assert "This issue is closed" in refusal(closed, stages[2])


def test_stages_are_loaded_once_and_a_changed_one_is_left_as_it_is(stages):
    stage = stages[2]
    stage.name = "Remedial plan"
    stage.save()
    assert load_stages() == 0
    assert IssueStage.objects.get(number=2).name == "Remedial plan"
    assert [s.number for s in IssueStage.objects.all()] == list(range(7))


def test_every_stage_s_clock_is_in_the_code_lists(stages):
    codes = {stage.clock for stage in stages.values()} - {""}
    assert set(Clock.objects.filter(code__in=codes).values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("concern_triage", dt.date(2026, 5, 26)),  # over the bank holiday of 25 May
        ("informal_review", dt.date(2026, 6, 8)),
        ("improvement_plan", dt.date(2026, 6, 5)),
        ("suspension_review", dt.date(2026, 6, 19)),
        ("inadequate_decision", None),
        ("no_such_clock", None),
    ],
)
def test_last_day_of_a_clock(code, day):
    assert last_day(code, dt.date(2026, 5, 22)) == day


def test_one_event_opens_one_issue_of_a_council_and_another_of_the_next(world):
    facts = {"by": None, "setting": home_of(world), "source": "judgement", "title": "x", "severity": "high"}
    first, opened = open_issue(council=world.north, source_ref="event", **facts)
    again, twice = open_issue(council=world.north, source_ref="event", **facts)
    other, south = open_issue(council=world.south, source_ref="event", **facts)
    assert (opened, twice, south) == (True, False, True)
    assert first == again != other
    assert ContractIssue.objects.count() == 2
