"""Contract issues: points by the highest open stage, nothing open where somebody looked, and suspensions."""

import pytest
from django.utils import timezone

from inspections.issues.models import IssueStage
from inspections.issues.services import close_issue
from inspections.scorecards.scoring.arithmetic import Band, Status
from inspections.scorecards.scoring.words import day_words
from providers.directory.models import SettingOwnership
from qa_portal.core.dates import today
from tests.factories.issues import TOLD, home_of, let_go_of_actions, opened_by_file, raised
from tests.factories.people import ProviderFactory
from tests.unit.inspections.scorecards.asking import cell_of, days, limits_of, published, rules_of, score_of
from workflows.issues.services import move_stage, open_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEAD = "head_of_service"


@pytest.fixture
def home(clock, world):
    return home_of(world)


@pytest.fixture
def go(clock, world):
    def go(issue, stage: int, evidence: str = ""):
        to = IssueStage.objects.get(number=stage)
        said = {"reason": "A child was hurt", "told": TOLD, "evidence": evidence}
        issue.refresh_from_db()
        grave = max(stage, issue.stage.number) >= 4
        move_stage(by=world.as_(HEAD if grave else "team_manager"), issue=issue, to=to, **said)

    return go


@pytest.fixture
def close(world):
    def close(issue):
        let_go_of_actions(world, issue)
        issue.refresh_from_db()
        close_issue(by=world.as_("team_manager"), issue=issue, reason="Put right")

    return close


def test_silence_is_no_data(home):
    cell = cell_of("issues", home)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "No information recorded in these 12 months")


def test_no_issue_is_data_where_a_visit_has_looked(world, home):
    published(world, setting=home)
    cell = cell_of("issues", home)
    assert (cell.status, cell.points, cell.reading.on) == (Status.NIL, 10000, today())
    assert cell.reading.says == "No open issue; last looked at 1 June 2026"


@pytest.mark.parametrize(("age", "status"), [(365, Status.NIL), (366, Status.NO_DATA)])
def test_look_counts_for_twelve_months(world, home, age, status):
    published(world, setting=home)
    assert cell_of("issues", home, today() + days(age)).status is status


@pytest.mark.parametrize(("stage", "points"), [(1, 7000), (2, 5000), (3, 2500), (4, 0)])
def test_open_issue_has_the_points_of_its_stage(world, home, go, stage, points):
    issue = raised(world, setting=home)
    go(issue, stage)
    cell = cell_of("issues", home)
    assert (cell.status, cell.points, cell.reading.on) == (Status.CURRENT, points, today())
    [evidence] = cell.reading.evidence
    assert (evidence.kind, evidence.ref, evidence.source) == ("issue", str(issue.public_id), str(world.north))


def test_issue_that_never_moved_is_where_it_began_and_its_title_is_not_told(world, home):
    raised(world, setting=home, title="Medicines records")
    cell = cell_of("issues", home)
    assert (cell.points, cell.reading.says) == (8000, "Logged, stage 0, since 1 June 2026")


def test_highest_stage_of_several_counts(world, home, go):
    go(raised(world, setting=home), 1)
    go(raised(world, setting=home), 3)
    cell = cell_of("issues", home)
    assert cell.points == 2500
    assert cell.reading.says == "Formal notice, stage 3, since 1 June 2026, and 1 more open issue"
    assert len(cell.reading.evidence) == 2


def test_open_issue_that_nobody_has_touched_for_a_year_is_stale(world, home, go):
    go(raised(world, setting=home), 2)
    begun = today()
    assert cell_of("issues", home, begun + days(365)).points == 5000
    cell = cell_of("issues", home, begun + days(366))
    assert (cell.status, cell.points) == (Status.STALE, None)
    assert f"no visit, triage or change of stage since {day_words(begun)}" in cell.reading.says


def test_issue_that_a_file_of_ofsteds_opened_fills_no_gap_until_somebody_touches_it(world, home, go):
    """Else a grade that got worse would bring points, and a band, to a home of which too little is known."""
    issue = opened_by_file(world, home)
    cell = cell_of("issues", home)
    assert (cell.status, cell.points) == (Status.NO_DATA, None)
    assert cell.reading.says.endswith("no visit, triage or change of stage")
    assert [one.kind for one in cell.reading.evidence] == ["issue"]
    go(issue, 1)
    assert cell_of("issues", home).points is not None


def test_triage_shows_that_somebody_has_looked_at_what_a_file_opened(world, home):
    issue = opened_by_file(world, home)
    issue.triaged_by, issue.triaged_at, issue.triage_note = world.membership(HEAD), timezone.now(), "Seen"
    issue.save()
    assert cell_of("issues", home).points == 8000


def test_visit_shows_that_somebody_has_looked_at_what_a_file_opened(world, home):
    opened_by_file(world, home)
    published(world, setting=home)
    assert cell_of("issues", home).points == 8000


def test_past_day_has_the_stage_of_that_day(world, home, go, close, clock):
    begun = today()
    issue = raised(world, setting=home)
    clock(begun + days(10))
    go(issue, 3)
    clock(begun + days(20))
    go(issue, 1, evidence="Seen at a visit")
    clock(begun + days(30))
    close(issue)
    seen = [cell_of("issues", home, begun + days(n)) for n in (-1, 0, 9, 10, 19, 20, 29, 30)]
    assert [cell.points for cell in seen] == [None, 8000, 8000, 2500, 2500, 7000, 7000, 10000]
    assert (seen[0].status, seen[-1].status) == (Status.NO_DATA, Status.NIL)


def test_closed_issue_is_a_look_for_twelve_months(world, home, go, close):
    issue = raised(world, setting=home)
    go(issue, 1)
    close(issue)
    assert cell_of("issues", home).status is Status.NIL
    assert cell_of("issues", home, today() + days(366)).status is Status.NO_DATA


def whole_provider(world):
    issue, _ = open_case(
        by=world.as_("contract_officer"),
        council=world.north,
        provider=world.provider_x.provider,
        source="raised",
        source_ref="",
        title="Finances",
        severity="high",
        concerns=["Accounts are late"],
    )
    return issue


def test_issue_about_a_whole_provider_is_about_each_setting_while_it_owns_it(world, home, go, clock):
    other, bought = home_of(world), home_of(world)
    go(whole_provider(world), 2)
    SettingOwnership.objects.get(setting=bought).delete()
    SettingOwnership.objects.create(
        setting=bought, provider=world.provider_x.provider, from_on=today() - days(300), to_on=today()
    )
    SettingOwnership.objects.create(setting=bought, provider=ProviderFactory(), from_on=today())
    assert [cell_of("issues", one).points for one in (home, other)] == [5000, 5000]
    assert cell_of("issues", bought).status is Status.NO_DATA


# --- a council's suspension of new placements


def test_suspension_is_red_and_says_who_and_since_when(world, home, go):
    go(raised(world, setting=home), 4)
    [limit] = limits_of(home)
    assert (limit.rule, limit.cap) == ("placements_suspended", Band.RED)
    assert limit.says == f"{world.north} has suspended new placements since 1 June 2026"
    assert score_of(home).band is Band.RED


def test_suspension_does_not_end_by_age_and_ends_by_stepping_down(world, home, go, clock):
    issue = raised(world, setting=home)
    go(issue, 4)
    begun = today()
    clock(begun + days(100))
    go(issue, 1, evidence="Seen at a visit")
    assert rules_of(home, begun - days(1)) == []
    assert rules_of(home, begun + days(99)) == ["placements_suspended"]
    assert rules_of(home, begun + days(100)) == []
    assert rules_of(home, begun + days(3000)) == []


def test_suspension_without_a_step_down_stands_however_long(world, home, go):
    go(raised(world, setting=home), 4)
    assert rules_of(home, today() + days(3000)) == ["placements_suspended"]


def test_suspension_stands_through_a_meeting_and_after_the_end_of_the_contract(world, home, go, close, clock):
    issue = raised(world, setting=home)
    go(issue, 4)
    clock(today() + days(10))
    go(issue, 6)
    close(issue)
    [limit] = limits_of(home, today() + days(1000))
    assert limit.says == f"{world.north} has ended its contract; no new placements since 1 June 2026"


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_stage_below_a_suspension_limits_nothing(world, home, go, stage):
    go(raised(world, setting=home), stage)
    assert rules_of(home) == []


def test_suspension_of_a_whole_provider_limits_each_of_its_settings(world, home, go):
    go(whole_provider(world), 4)
    assert rules_of(home) == ["placements_suspended"]
