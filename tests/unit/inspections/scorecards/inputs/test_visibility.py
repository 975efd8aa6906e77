"""Whose evidence counts: another council's records by share alone, and for a provider what it was told."""

import pytest

from inspections.actions.models import Source
from inspections.actions.services import ActionSource
from inspections.issues.models import IssueStage
from inspections.scorecards.inputs.visibility import (
    EVERYBODY,
    EvidenceScope,
    NotReadable,
    councils_readable,
    scope_for,
)
from inspections.scorecards.scoring.arithmetic import Status
from inspections.visits.models import Visit
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories.issues import TOLD, home_of, raised
from tests.factories.visits import recorded
from tests.unit.inspections.scorecards.asking import cell_of, confirmed, days, published, rules_of
from workflows.issues.services import move_stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def share(world, kind: str) -> None:
    """From the north, whose records these are, to the south."""
    Share.objects.get_or_create(owner=world.north, reader=world.south, kind=kind, from_on=today())


@pytest.fixture
def home(clock, world):
    Share.objects.all().delete()
    return home_of(world)


@pytest.fixture
def south(world, home):
    return lambda: scope_for(world.as_("officer_south"))


@pytest.fixture
def provider(world):
    return lambda: scope_for(world.as_("provider_manager_x"))


def suspend(world, issue):
    to = IssueStage.objects.get(number=4)
    move_stage(by=world.as_("head_of_service"), issue=issue, to=to, reason="Hurt", told=TOLD, evidence="")


def test_council_sees_its_own(world, home):
    raised(world, setting=home)
    assert cell_of("issues", home, scope=scope_for(world.as_("contract_officer"))).points == 8000


def test_issue_of_another_council_changes_nothing_until_it_is_shared(world, home, south):
    suspend(world, raised(world, setting=home))
    assert (cell_of("issues", home, scope=south()).status, rules_of(home, scope=south())) == (
        Status.NO_DATA,
        [],
    )
    share(world, Share.Kind.VISITS)
    assert rules_of(home, scope=south()) == [], "visits were shared, and issues were not"
    share(world, Share.Kind.ISSUES)
    assert cell_of("issues", home, scope=south()).points == 0
    assert rules_of(home, scope=south()) == ["placements_suspended"]


def test_issue_that_one_council_shares_is_not_passed_on_with_another_s_scorecard(world, home, south):
    """The north shares its issues with the south, and the south its scorecard with an agency."""
    suspend(world, raised(world, setting=home))
    share(world, Share.Kind.ISSUES)
    Share.objects.create(owner=world.south, reader=world.agency, kind=Share.Kind.SCORECARDS, from_on=today())
    agency = scope_for(world.as_("partner_contributor"), world.south)
    assert rules_of(home, scope=south()) == ["placements_suspended"]
    assert rules_of(home, scope=agency) == []
    Share.objects.create(owner=world.north, reader=world.agency, kind=Share.Kind.ISSUES, from_on=today())
    agency = scope_for(world.as_("partner_contributor"), world.south)
    assert rules_of(home, scope=agency) == ["placements_suspended"]


def test_visit_of_a_council_that_keeps_its_issues_does_not_show_that_there_are_none(world, home, south):
    """The north shares its visits; it has suspended placements, and the south may not know."""
    published(world, setting=home)
    suspend(world, raised(world, setting=home))
    share(world, Share.Kind.VISITS)
    assert cell_of("issues", home, scope=south()).status is Status.NO_DATA
    share(world, Share.Kind.ISSUES)
    assert cell_of("issues", home, scope=south()).points == 0


def test_visit_of_another_council_changes_nothing_until_it_is_shared(world, home, south):
    published(world, setting=home, grades=("met", "met", "not_met"))
    assert cell_of("visits", home, scope=south()).status is Status.NO_DATA
    assert cell_of("issues", home, scope=south()).status is Status.NO_DATA, (
        "nobody the reader knows of has looked"
    )
    share(world, Share.Kind.ISSUES)
    assert cell_of("visits", home, scope=south()).status is Status.NO_DATA
    share(world, Share.Kind.VISITS)
    assert cell_of("visits", home, scope=south()).points == 6670
    assert cell_of("issues", home, scope=south()).status is Status.NIL
    assert rules_of(home, scope=south()) == ["key_question"]


@pytest.mark.parametrize(
    ("source", "kind", "other"),
    [
        (Source.VISIT, Share.Kind.VISITS, Share.Kind.ISSUES),
        (Source.SELF_ASSESSMENT, Share.Kind.VISITS, Share.Kind.ISSUES),
        (Source.AGREED, Share.Kind.VISITS, Share.Kind.ISSUES),
        (Source.ISSUE, Share.Kind.ISSUES, Share.Kind.VISITS),
        (Source.RATING, Share.Kind.RATINGS, Share.Kind.VISITS),
        (Source.APPLICATION, Share.Kind.APPLICATIONS, Share.Kind.VISITS),
    ],
)
def test_action_is_shared_with_what_it_came_from(world, home, south, source, kind, other):
    made.opened(world, setting=home, source=ActionSource(source))
    late = today() + days(29)
    share(world, other)
    assert cell_of("actions", home, late, south()).status is Status.NO_DATA
    share(world, kind)
    assert cell_of("actions", home, late, south()).points == 0


def test_share_that_has_ended_gives_nothing(world, home, south):
    raised(world, setting=home)
    share(world, Share.Kind.ISSUES)
    ended = Share.objects.get()
    ended.to_on = today()
    ended.save()
    assert cell_of("issues", home, scope=south()).status is Status.NO_DATA


def test_provider_never_sees_an_issue_that_it_was_not_told_of(world, home, provider):
    issue = raised(world, setting=home)
    assert cell_of("issues", home, scope=provider()).status is Status.NO_DATA
    suspend(world, issue)
    cell = cell_of("issues", home, scope=provider())
    assert (cell.points, cell.reading.says) == (0, "New placements suspended, stage 4, since 1 June 2026")
    assert rules_of(home, scope=provider()) == ["placements_suspended"]


def test_provider_knows_of_an_issue_from_the_day_it_was_told(world, home, provider, clock):
    issue, begun = raised(world, setting=home), today()
    clock(begun + days(10))
    suspend(world, issue)
    assert cell_of("issues", home, begun + days(9), provider()).status is Status.NO_DATA
    assert cell_of("issues", home, begun + days(10), provider()).points == 0


@pytest.mark.parametrize("told", ["", TOLD])
def test_provider_reads_no_stage_that_has_no_name_for_it(world, home, provider, told):
    """An issue that was taken back to where nobody is told of it is gone from what the provider knows."""
    issue = raised(world, setting=home)
    suspend(world, issue)
    issue.refresh_from_db()
    logged = IssueStage.objects.get(number=0)
    facts = {"reason": "It was another home", "told": told, "evidence": "Seen on the spot"}
    move_stage(by=world.as_("head_of_service"), issue=issue, to=logged, **facts)
    cell = cell_of("issues", home, scope=provider())
    assert "stage 0" not in repr(cell)
    assert cell.status is Status.NO_DATA
    assert rules_of(home, scope=provider()) == []


def test_report_that_is_not_published_changes_nothing_for_anybody(world, home, provider):
    confirmed(world, recorded(world, setting=home))
    for scope in (EVERYBODY, scope_for(world.as_("contract_officer")), provider()):
        assert cell_of("visits", home, scope=scope).status is Status.NO_DATA


def test_provider_has_no_report_that_the_police_hold(world, home, provider):
    visit = published(world, setting=home).visit
    assert cell_of("visits", home, scope=provider()).points == 10000
    visit = Visit.objects.get(pk=visit.pk)
    visit.held_at, visit.held_by = visit.published_at, visit.published_by
    visit.held_reason, visit.held_until_on = "The police asked", today()
    visit.save()
    assert cell_of("visits", home, scope=provider()).status is Status.NO_DATA
    assert cell_of("visits", home, scope=EVERYBODY).points == 10000
    visit.held_until_on = today() - days(1)
    visit.save()
    assert cell_of("visits", home, scope=provider()).points == 10000


def test_provider_sees_what_every_council_told_it_and_nothing_told_to_another(world, home, provider):
    published(world, setting=home)
    made.opened(world, setting=home)
    assert cell_of("visits", home, scope=provider()).points == 10000
    assert cell_of("actions", home, today() + days(29), provider()).points == 0
    other = scope_for(world.as_("provider_manager_y"))
    for area in ("visits", "issues", "actions"):
        assert cell_of(area, home, today() + days(29), other).status is Status.NO_DATA


# --- whose scorecard a reader may open


def test_council_reads_its_own_and_those_shared_with_it(world, home):
    officer = world.as_("officer_south")
    assert councils_readable(officer) == [world.south]
    with pytest.raises(NotReadable):
        scope_for(officer, world.north)
    share(world, Share.Kind.SCORECARDS)
    assert councils_readable(officer) == [world.south, world.north]
    assert scope_for(officer, world.north) == EvidenceScope.of_council(world.north, reader=world.south.pk)
    assert scope_for(officer).whose == str(world.south)


def test_shared_scorecard_is_seen_through_the_owner_s_eyes(world, home):
    """The issue itself was not shared: its figure is, without its title."""
    raised(world, setting=home, title="Medicines records")
    share(world, Share.Kind.SCORECARDS)
    reading = cell_of("issues", home, scope=scope_for(world.as_("officer_south"), world.north)).reading
    assert reading.points == 8000
    assert "Medicines" not in repr(reading)


def test_agency_reads_only_what_a_council_shares_with_it(world, home):
    partner = world.as_("partner_contributor")
    assert councils_readable(partner) == []
    with pytest.raises(NotReadable):
        scope_for(partner)
    Share.objects.create(owner=world.north, reader=world.agency, kind=Share.Kind.SCORECARDS, from_on=today())
    shared = EvidenceScope.of_council(world.north, reader=world.agency.pk)
    assert scope_for(world.as_("partner_contributor")) == shared


def test_provider_reads_no_council_s_scorecard(world, home, provider):
    assert councils_readable(world.as_("provider_manager_x")) == []
    with pytest.raises(NotReadable):
        scope_for(world.as_("provider_manager_x"), world.north)
    assert provider().providers == {world.provider_x.provider_id}


def test_council_knows_of_no_other_council_s_use(world, home):
    assert scope_for(world.as_("officer_south")).authority == world.south.authority_id
    assert EVERYBODY.authority is None
