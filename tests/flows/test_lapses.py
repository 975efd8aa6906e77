"""A paper that a lot must have runs out, and the lot pauses until another stands in its stead."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from providers.contracts.holds import OPEN_WORDS, referral_state
from providers.contracts.models import ReferralHold
from providers.directory.services import merge_providers
from providers.documents.kinds import Kind
from providers.documents.models import Document
from providers.notifications.models import Notification
from providers.purchasing.lapses import lapsed
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.people import ProviderFactory
from tests.factories.purchasing import TEN_MILLION, a_lot, a_member, a_policy, a_system
from workflows.reactions.lapsing import pause, places_to_pause

pytestmark = pytest.mark.django_db
PAUSED = "Referrals paused: document expired"
ONE = dt.timedelta(days=1)


def days(number: int) -> dt.date:
    return today() + dt.timedelta(days=number)


@pytest.fixture
def manager(world):
    return world.as_("provider_manager_x")


@pytest.fixture
def place(world):
    system = a_system(world.as_("procurement_officer"))
    return a_member(world.provider_x.provider, system.lots.get(), from_on=days(-400))


@pytest.fixture
def expired(manager, place) -> Document:
    return a_policy(manager, from_on=days(-365), expires_on=days(-1))


def state(place) -> str:
    run_due()
    return referral_state(place, today()).words


def test_policy_counts_on_its_last_day_and_the_lot_pauses_the_day_after(manager, place):
    policy = a_policy(manager)
    with time_machine.travel(dt.datetime.combine(policy.expires_on, dt.time(12)), tick=False):
        assert state(place) == OPEN_WORDS
    with time_machine.travel(dt.datetime.combine(policy.expires_on + ONE, dt.time(12)), tick=False):
        assert state(place) == PAUSED
        assert ReferralHold.objects.get().from_on == policy.expires_on + ONE


def test_pause_is_never_called_a_suspension_and_lifts_by_itself_with_a_renewal(manager, place, expired):
    assert state(place) == PAUSED
    assert not referral_state(place, today()).is_suspended
    a_policy(manager, replaces=expired)
    assert state(place) == OPEN_WORDS
    hold = ReferralHold.objects.get()
    assert (hold.from_on, hold.to_on) == (today(), today())


def test_pause_found_late_begins_with_the_first_day_without_cover(manager, place):
    a_policy(manager, from_on=days(-400), expires_on=days(-20))
    assert state(place) == PAUSED
    assert referral_state(place, today()).since == days(-19)


@pytest.mark.parametrize(
    ("renewal", "words"),
    [
        ({}, OPEN_WORDS),
        ({"cover": TEN_MILLION // 2}, PAUSED),
        ({"from_on": 1}, PAUSED),
        ({"scan_state": Document.Scan.INFECTED}, PAUSED),
        ({"from_on": -90, "expires_on": -2}, PAUSED),
    ],
    ids=["in date", "covers half", "begins tomorrow", "holds a virus", "has run out too"],
)
def test_only_a_renewal_that_runs_and_covers_what_the_lot_asks_for_lifts_it(
    renewal, words, manager, place, expired
):
    dates = {name: days(renewal[name]) for name in ("from_on", "expires_on") if name in renewal}
    policy = a_policy(manager, renewal.get("cover", TEN_MILLION), **dates)
    if scan := renewal.get("scan_state"):
        Document.objects.filter(pk=policy.pk).audited_update(scan_state=scan, scanned_at=policy.uploaded_at)
    assert state(place) == words


def test_renewal_sent_early_leaves_its_forerunner_in_force_until_it_begins(manager, place):
    policy = a_policy(manager, expires_on=days(5))
    a_policy(manager, replaces=policy, from_on=days(6), expires_on=days(371))
    for day in (0, 5, 6):
        assert lapsed(place, days(day)) == {}


def test_what_was_never_sent_has_not_run_out(place):
    assert state(place) == OPEN_WORDS


def test_only_what_the_lot_must_have_pauses_it(world, manager, place):
    other = a_policy(manager)
    Document.objects.filter(pk=other.pk).audited_update(kind=Kind.CYBER, expires_on=days(-1))
    assert state(place) == OPEN_WORDS
    a_lot(world.as_("procurement_officer"), place.lot.system, code="2", name="Fostering")
    required = place.lot.required_documents.get(kind=Kind.PUBLIC_LIABILITY)
    required.is_compulsory = False
    required.save()
    a_policy(manager, from_on=days(-365), expires_on=days(-1))
    assert state(place) == OPEN_WORDS


def test_other_providers_lots_go_on(world, manager, place, expired):
    theirs = a_member(world.provider_y.provider, place.lot)
    assert state(place) == PAUSED
    assert referral_state(theirs, today()).is_open


def test_place_under_a_merged_name_rests_on_the_papers_of_the_provider_that_it_became(world, manager, place):
    old = ProviderFactory()
    theirs = a_member(old, place.lot)
    merge_providers(
        by=world.as_("council_administrator"),
        merged=old,
        into=world.provider_x.provider,
        reason="Same company number",
    )
    policy = a_policy(manager, from_on=days(-365), expires_on=days(-1))
    assert state(theirs) == PAUSED
    a_policy(manager, replaces=policy)
    assert state(theirs) == OPEN_WORDS


def test_second_pass_does_nothing_and_a_second_delivery_has_no_effect(place, expired):
    [due] = places_to_pause()
    pause(due)
    pause(due)
    assert ReferralHold.objects.count() == 1
    messages = Notification.objects.filter(kind="referrals_paused").count()
    assert messages >= 2
    assert places_to_pause() == []
    assert {row.name: row.done for row in run_due()}["pause lots whose papers ran out"] == 0
    assert Notification.objects.filter(kind="referrals_paused").count() == messages


def test_pause_of_the_board_s_own_is_not_lifted(manager, place):
    hold = ReferralHold.objects.create(
        membership=place, kind=ReferralHold.Kind.DOCUMENT, source="letter of 3 May", from_on=today()
    )
    a_policy(manager)
    run_due()
    hold.refresh_from_db()
    assert hold.to_on is None


def test_provider_and_whoever_looks_after_the_lot_are_told_and_the_provider_s_home_says_why(
    world, place, expired
):
    run_due()
    told = Notification.objects.filter(kind="referrals_paused")
    people = {world.membership("provider_manager_x").pk, world.membership("procurement_officer").pk}
    assert people <= set(told.values_list("to", flat=True))
    assert set(told.values_list("to__organisation", flat=True)) == {world.provider_x.pk, world.north.pk}
    assert "Public liability insurance" in str(told.first().facts)
    assert PAUSED in world.client("provider_manager_x").get(reverse("home")).text


def test_one_paper_pauses_each_lot_that_must_have_it(world, place, expired, django_assert_max_num_queries):
    other = a_lot(world.as_("procurement_officer"), place.lot.system, code="2", name="Fostering")
    second = a_member(world.provider_x.provider, other)
    run_due()
    assert not referral_state(place, today()).is_open
    assert not referral_state(second, today()).is_open
    with django_assert_max_num_queries(8):
        places_to_pause()
