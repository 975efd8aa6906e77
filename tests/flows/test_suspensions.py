"""A suspension holds referrals on the lots that rest on it, and its own hold is lifted when it ends."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from inspections.issues.models import IssueStage
from providers.contracts.holds import referral_state
from providers.contracts.models import ReferralHold
from providers.directory.models import ProviderMerger
from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.purchasing.models import ApplicationLotSetting
from qa_portal.core.dates import at_london, today
from qa_portal.core.due import run_due
from tests.factories.issues import TOLD, home_of, raised
from tests.factories.people import MembershipFactory, ProviderFactory
from tests.factories.purchasing import a_member, a_system
from workflows.issues.services import move_stage, open_case

pytestmark = pytest.mark.django_db
HEAD = "head_of_service"
NOON = dt.time(12)


@pytest.fixture
def homes(world):
    return [home_of(world), home_of(world)]


@pytest.fixture
def place(world, homes):
    """Provider X on a lot of the north, with both homes."""
    system = a_system(world.as_("procurement_officer"))
    place = a_member(world.provider_x.provider, system.lots.get())
    for home in homes:
        ApplicationLotSetting.objects.create(application_lot=place.decision.application_lot, setting=home)
    return place


@pytest.fixture
def go(world):
    def go(issue, stage: int, evidence: str = ""):
        to = IssueStage.objects.get(number=stage)
        said = {"reason": "A child was hurt", "told": TOLD, "evidence": evidence}
        move_stage(by=world.as_(HEAD), issue=issue, to=to, **said)
        run_due()

    return go


def suspended(place) -> bool:
    return referral_state(place, today()).is_suspended


def test_lot_is_suspended_when_all_its_homes_are_and_open_when_one_is_not(world, homes, place, go):
    first, second = (raised(world, setting=home) for home in homes)
    go(first, 4)
    assert not suspended(place), "the other home takes children still"
    go(second, 4)
    assert suspended(place)
    assert ReferralHold.objects.count() == 2
    go(first, 1, "Re-visit of today")
    assert not suspended(place)
    go(first, 4)
    assert suspended(place)


def test_suspension_of_a_whole_provider_holds_all_its_places_and_a_termination_keeps_them(world, place, go):
    issue, _ = open_case(
        by=None,
        council=world.north,
        provider=world.provider_x.provider,
        source="visit",
        source_ref="visit concern 1",
        title="All homes",
        severity="high",
        concerns=["No safeguarding lead"],
    )
    go(issue, 4)
    run_due()
    assert suspended(place)
    assert ReferralHold.objects.count() == 1
    go(issue, 6)
    assert suspended(place)


def test_hold_begins_on_the_day_of_the_suspension_however_late_the_pass(world, homes, place):
    """The last home's day where several are offered; again after a lift, the new day."""
    begun = today()
    first, second = (raised(world, setting=home) for home in homes)

    def day(number: int) -> dt.date:
        return begun + dt.timedelta(days=number)

    def move(issue, stage: int, on: int, evidence: str = "") -> None:
        issue.refresh_from_db()
        said = {"reason": "A child was hurt", "told": TOLD, "evidence": evidence}
        with time_machine.travel(at_london(day(on), NOON)):
            to = IssueStage.objects.get(number=stage)
            move_stage(by=world.as_(HEAD), issue=issue, to=to, **said)

    def held_since(on: int) -> set[dt.date]:
        with time_machine.travel(at_london(day(on), NOON)):
            run_due()
        return set(ReferralHold.objects.filter(to_on=None).values_list("from_on", flat=True))

    move(first, 4, on=1)
    move(second, 4, on=2)
    assert held_since(10) == {day(2)}
    move(first, 1, on=11, evidence="Seen at a visit")
    assert held_since(11) == set()
    move(first, 4, on=20)
    assert held_since(25) == {day(20)}


def test_suspension_holds_the_lots_of_the_provider_that_the_name_was_merged_into(world, place, go):
    sold = ProviderFactory(name="Old Name Ltd")
    issue, _ = open_case(
        by=None,
        council=world.north,
        provider=sold,
        source="visit",
        source_ref="visit concern 2",
        title="All homes",
        severity="high",
        concerns=["No safeguarding lead"],
    )
    go(issue, 4)
    assert not suspended(place)
    ProviderMerger.objects.create(merged=sold, into=world.provider_x.provider, on=today(), reason="One")
    run_due()
    assert suspended(place)


def test_hold_of_another_source_is_not_lifted(world, homes, place, go):
    hold = ReferralHold.objects.create(
        membership=place, kind=ReferralHold.Kind.SUSPENSION, source="board decision 7", from_on=today()
    )
    run_due()
    hold.refresh_from_db()
    assert hold.to_on is None


def test_lots_of_another_council_are_not_held(world, homes, go):
    buyer = MembershipFactory(organisation=world.south, role=roles.ProcurementOfficer.key)
    activate_membership(buyer.person.user, buyer)
    place = a_member(world.provider_x.provider, a_system(buyer.person.user).lots.get())
    ApplicationLotSetting.objects.create(application_lot=place.decision.application_lot, setting=homes[0])
    go(raised(world, setting=homes[0]), 4)
    assert not suspended(place)


def test_setting_s_page_says_so_to_whoever_looks_for_places(world, homes, go):
    url = reverse("setting", args=[homes[0].public_id])
    words = "Your council places no more children here"
    issue = raised(world, setting=homes[0])
    assert words not in world.client("placements_officer").get(url).text
    go(issue, 4)
    assert words in world.client("placements_officer").get(url).text
    for persona in ("officer_south", "provider_manager_x", "scrutiny_reader"):
        assert words not in world.client(persona).get(url).text
    go(issue, 1, "Re-visit of today")
    assert words not in world.client("placements_officer").get(url).text
