"""Scorecards of several settings: which rows there are, whose they are, and how they stood before."""

import datetime as dt

import pytest

from inspections.issues.models import IssueStage, StageMove
from inspections.scorecards.inputs.definitions import rules_in_force
from inspections.scorecards.inputs.visibility import EVERYBODY, EvidenceScope, scope_for
from inspections.scorecards.presentation.export_rows import subject_of
from inspections.scorecards.scoring.arithmetic import Band
from inspections.scorecards.selectors import (
    a_year_before,
    by_provider,
    hosted_or_used,
    scorecard,
    settings_watched,
    trend_days,
    with_recorders,
    year_of_provider,
    year_of_setting,
)
from providers.directory.models import Authority, Setting, SettingOwnership
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import actions
from tests.factories.issues import home_of, opened_by_file, raised
from tests.factories.people import ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.visits import planned
from tests.unit.inspections.scorecards.asking import days, published
from tests.unit.inspections.scorecards.inputs.domains.test_regulator import inspected
from workflows.issues.services import move_stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def card(on: dt.date | None = None, scope: EvidenceScope = EVERYBODY, among=None, **values):
    return scorecard(as_at=on or today(), scope=scope, among=among or Setting.objects.all(), **values)


def names(found) -> set[str]:
    return {row.subject.urn for row in found.rows}


def test_row_tells_what_and_whose_the_setting_is(clock):
    owner = ProviderFactory()
    home = SettingFactory(owner=owner)
    [row] = card().rows
    told = row.subject
    assert (told.kind, told.pk, told.ref, told.urn) == ("setting", home.pk, str(home.public_id), home.urn)
    assert (told.name, told.provision_type) == (home.display_name, "Children's home")
    assert (told.authority, told.provider) == ("Westmorland and Furness", owner.name)
    assert (told.provider_pk, told.provider_ref) == (owner.pk, str(owner.public_id))
    assert card().whose == "All councils"
    assert card().definition == rules_in_force().definition


def test_setting_without_a_known_owner_stands_alone_and_in_no_provider(clock):
    home = SettingFactory()
    SettingOwnership.objects.get(setting=home).delete()
    [row] = card().rows
    assert (row.subject.provider, row.subject.provider_pk, row.subject.provider_ref) == ("", None, "")
    assert by_provider(card()).rows == ()


def test_only_settings_registered_on_the_day_have_a_row(clock):
    now = today()
    open_, new = SettingFactory(registered_on=now - days(900)), SettingFactory(registered_on=now)
    closed = SettingFactory(closed_on=now)
    undated = SettingFactory(registered_on=None)
    assert names(card()) == {open_.urn, new.urn, undated.urn}
    assert names(card(now - days(1))) == {open_.urn, closed.urn, undated.urn}


def test_before_is_the_score_of_a_year_earlier_and_none_where_it_was_not_yet_registered(clock):
    home, new = SettingFactory(), SettingFactory(registered_on=today() - days(300))
    inspected(home, "good", today() - days(500))
    inspected(home, "outstanding", today() - days(10))
    rows = {row.subject.urn: row for row in card().rows}
    assert (rows[home.urn].before.assured, rows[home.urn].score.assured) == (1875, 2500)
    assert rows[home.urn].change == 630, "of 25.0 and 18.7 as shown, 18.75 being cut"
    assert rows[new.urn].before is None
    assert [row.before for row in card(before=False).rows] == [None, None]


def test_rows_come_worst_first(clock):
    bad, good = SettingFactory(), SettingFactory()
    inspected(good, "good")
    inspected(bad, "inadequate")
    assert [row.subject.urn for row in card().rows] == [bad.urn, good.urn]
    assert [row.score.band for row in card().rows] == [Band.RED, Band.INSUFFICIENT]


def test_provider_is_red_by_one_home_and_says_which(clock):
    owner = ProviderFactory()
    bad = SettingFactory(owner=owner)
    SettingFactory(owner=owner)
    inspected(bad, "inadequate")
    [row] = by_provider(card()).rows
    assert (row.subject.name, row.subject.settings, row.score.band) == (owner.name, 2, Band.RED)
    assert row.score.deciding[0].says.endswith(f"({bad.display_name})")


def test_home_that_was_sold_is_its_owner_s_of_the_day(clock):
    seller, buyer, sold = ProviderFactory(), ProviderFactory(), today() - days(100)
    home = SettingFactory(owner=seller)
    span = SettingOwnership.objects.get(setting=home)
    span.to_on = sold
    span.save()
    SettingOwnership.objects.create(setting=home, provider=buyer, from_on=sold)
    assert [row.subject.provider for row in card().rows] == [buyer.name]
    assert [row.subject.provider for row in card(sold - days(1)).rows] == [seller.name]
    [row] = by_provider(card()).rows
    assert (row.subject.pk, row.before) == (buyer.pk, None)
    assert [month.on for month in year_of_provider(buyer, as_at=today(), scope=EVERYBODY).months] == [
        on for on in trend_days(today()) if on >= sold
    ]


def test_trend_has_the_ends_of_twelve_months_and_the_day(clock):
    home = SettingFactory(registered_on=today() - days(200))
    inspected(home, "good", today() - days(60))
    months = year_of_setting(home, as_at=today(), scope=EVERYBODY).months
    assert months[-1].on == today()
    assert {month.on.month for month in months[:-1]} == {11, 12, 1, 2, 3, 4, 5}
    assert [month.assured for month in months] == [0] * 5 + [1875] * 3
    assert (months[-1].coverage, months[-1].band) == (25, Band.INSUFFICIENT)


def test_ends_of_months_are_their_last_days():
    found = trend_days(dt.date(2024, 3, 31))
    assert found[:2] == [dt.date(2023, 3, 31), dt.date(2023, 4, 30)]
    assert found[-3:] == [dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31)]
    assert len(found) == 13


@pytest.mark.parametrize(
    ("on", "before"),
    [
        (dt.date(2026, 6, 1), dt.date(2025, 6, 1)),
        (dt.date(2024, 2, 29), dt.date(2023, 2, 28)),
        (dt.date(2024, 2, 28), dt.date(2023, 2, 28)),
        (dt.date(2024, 3, 29), dt.date(2023, 3, 29)),
        (dt.date(2025, 2, 28), dt.date(2024, 2, 28)),
    ],
)
def test_a_year_before_is_the_same_day_and_28_february_for_the_leap_day(on, before):
    assert a_year_before(on) == before


def test_evidence_says_who_recorded_it_by_what_they_act_as(world):
    home = home_of(world)
    inspected(home, "good")
    raised(world, setting=home)
    published(world, setting=home)
    actions.opened(world, setting=home)
    among = Setting.objects.filter(pk=home.pk)
    [row] = with_recorders(card(today() + days(29), among=among)).rows
    told = {one.kind: one.recorded_by for cell in row.score.cells for one in cell.reading.evidence}
    assert told == {
        "inspection": "Ofsted’s file",
        "visit": f"Team manager, {world.north}",
        "issue": f"Contract officer, {world.north}",
        "action": f"Team manager, {world.north}",
    }


def test_suspension_says_who_decided_it_where_a_file_of_ofsteds_opened_the_issue(world):
    home = home_of(world)
    issue = opened_by_file(world, home)
    published(world, setting=home)

    def told() -> set[str]:
        [row] = with_recorders(card()).rows
        every = [one for cell in row.score.cells for one in cell.reading.evidence]
        return {
            one.recorded_by
            for one in [*every, *(limit.evidence for limit in row.score.limits)]
            if one.kind == "issue"
        }

    assert told() == {"The portal, by a rule"}
    to = IssueStage.objects.get(number=4)
    move_stage(by=world.as_("head_of_service"), issue=issue, to=to, reason="Hurt", told="Hurt", evidence="")
    assert told() == {f"Head of service, {world.north}"}
    issue.refresh_from_db()
    StageMove.objects.create(
        issue=issue,
        from_stage=to,
        to_stage=IssueStage.objects.get(number=5),
        on=today(),
        by_deadline=True,
        reason="No plan",
        told="No plan",
    )
    assert told() == {"The portal, by a rule"}, "a deadline is nobody's decision"


def test_limit_says_who_recorded_its_evidence(world):
    home = home_of(world)
    published(world, setting=home, grades=("met", "met", "not_met"))
    [row] = with_recorders(card()).rows
    assert [limit.evidence.recorded_by for limit in row.score.limits] == [f"Team manager, {world.north}"]


def test_council_watches_what_it_hosts_uses_and_has_a_record_of(world):
    far = Authority.objects.get(name="Cumberland")
    owner, hosted = world.provider_x.provider, home_of(world)
    used, visited, asked, unknown = (SettingFactory(authority=far, owner=owner) for _ in range(4))
    PlacingCountFactory(setting=used, placing_authority=world.north.authority)
    PlacingCountFactory(setting=unknown, placing_authority=world.south.authority)
    visited.authority = world.north.authority
    visited.save()
    planned(world, setting=visited)
    visited.authority = far
    visited.save()
    actions.opened(world, setting=asked)
    ours = {hosted, used, visited, asked, unknown}
    assert ours & set(settings_watched(world.north, today())) == {hosted, used, visited, asked}
    assert ours & set(hosted_or_used(world.north, today())) == {hosted, used}


def test_use_is_not_told_to_those_with_whom_the_scorecard_is_shared(world):
    """Who sees a council's placing counts is another rule, and a share of scorecards does not widen it."""
    home = home_of(world)
    PlacingCountFactory(setting=home, placing_authority=world.north.authority)
    for reader in (world.south, world.agency):
        Share.objects.create(owner=world.north, reader=reader, kind=Share.Kind.SCORECARDS, from_on=today())
    for persona, told in (("contract_officer", True), ("officer_south", None), ("partner_contributor", None)):
        found = card(scope=scope_for(world.as_(persona), world.north))
        shown = [one.rows[0].subject.in_use for one in (found, by_provider(found))]
        assert shown == [told, told], persona
        assert subject_of(found.rows[0].subject)[-1] == ("Not told" if told is None else "Yes")


def test_use_by_another_council_is_not_told(world):
    home = home_of(world)
    PlacingCountFactory(setting=home, placing_authority=world.south.authority)
    in_use = [
        card(scope=scope).rows[0].subject.in_use
        for scope in (EvidenceScope.of_council(world.north), EvidenceScope.of_council(world.south), EVERYBODY)
    ]
    assert in_use == [False, True, True]
