"""A paper that a lot must have runs out, and the lot pauses until another stands in its stead."""

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine
from django.urls import reverse

from providers.contracts.hold_services import hold_referrals
from providers.contracts.holds import OPEN_WORDS, referral_state
from providers.contracts.models import ReferralHold
from providers.directory.services import merge_providers
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.services import remove_contents
from providers.notifications.models import Notification
from providers.purchasing.models import LotMembership
from providers.purchasing.services.systems import require_document, stop_requiring
from qa_portal.core.dates import LONDON, today
from qa_portal.core.due import run_due
from tests.factories.documents import a_document
from tests.factories.people import ProviderFactory
from tests.factories.purchasing import TEN_MILLION, a_lot, a_member, a_policy, a_system
from workflows.reactions.document_expiry import lift_pause, pause, pauses_that_ended, places_to_pause

pytestmark = pytest.mark.django_db
PAUSED = "Referrals paused: document expired"
LAST = 5
"""The policy that everything begins with has its last day in so many days."""
FIVE_MILLION = TEN_MILLION // 2
START = today()


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


@contextmanager
def on(number: int):
    """At noon, so many days from today."""
    with time_machine.travel(dt.datetime.combine(day(number), dt.time(12), LONDON), tick=False):
        yield


@pytest.fixture
def manager(world):
    return world.as_("provider_manager_x")


@pytest.fixture
def place(world) -> LotMembership:
    system = a_system(world.as_("procurement_officer"))
    return a_member(world.provider_x.provider, system.lots.get(), from_on=day(0))


@pytest.fixture
def policy(manager, place) -> Document:
    return a_policy(manager, expires_on=day(LAST))


def passed() -> None:
    """Without the scans, which know a paper that waits for none."""
    run_due("pause lots whose papers ran out", "lift pauses of papers renewed")


def state(place) -> str:
    passed()
    return referral_state(place, today()).words


def first_day(place) -> dt.date | None:
    passed()
    return referral_state(place, today()).since


def test_policy_counts_on_its_last_day_and_the_lot_pauses_the_day_after(place, policy):
    with on(LAST):
        assert state(place) == OPEN_WORDS
    with on(LAST + 1):
        assert state(place) == PAUSED
        assert not referral_state(place, today()).is_suspended
        assert ReferralHold.objects.get().from_on == day(LAST + 1)


def test_pause_lifts_by_itself_with_a_renewal(manager, place, policy):
    with on(LAST + 3):
        assert state(place) == PAUSED
        a_policy(manager, replaces=policy)
        assert state(place) == OPEN_WORDS
        hold = ReferralHold.objects.get()
        assert (hold.from_on, hold.to_on) == (day(LAST + 1), day(LAST + 3))


def test_pause_found_late_begins_with_the_first_day_without_cover(place, policy):
    with on(LAST + 20):
        assert first_day(place) == day(LAST + 1)


@pytest.mark.parametrize(
    ("renewal", "words"),
    [
        ({}, OPEN_WORDS),
        ({"cover": FIVE_MILLION}, PAUSED),
        ({"from_on": 9}, PAUSED),
        ({"from_on": -90, "expires_on": LAST + 1}, PAUSED),
        ({"scan_state": Document.Scan.CLEAN}, OPEN_WORDS),
        ({"scan_state": Document.Scan.INFECTED}, PAUSED),
        ({"scan_state": Document.Scan.FAILED}, PAUSED),
        ({"scan_state": Document.Scan.WAITING}, PAUSED),
        ({"identifies_child": True}, PAUSED),
    ],
    ids=lambda value: str(value) or "in date",
)
def test_only_a_renewal_that_runs_can_be_read_and_covers_what_the_lot_asks_for_lifts_it(
    renewal, words, manager, place, policy
):
    dates = {name: day(renewal[name]) for name in ("from_on", "expires_on") if name in renewal}
    with on(LAST + 2):
        assert state(place) == PAUSED
        new = a_policy(manager, renewal.get("cover", TEN_MILLION), **dates)
        told = {name: renewal[name] for name in ("scan_state", "identifies_child") if name in renewal}
        if told.get("scan_state") in {"clean", "infected", "failed"}:
            told["scanned_at"] = new.uploaded_at
        if "identifies_child" in told:
            told["keep_until_on"] = day(99)
        if told:
            Document.objects.filter(pk=new.pk).audited_update(**told)
        assert state(place) == words


def test_paper_that_waits_for_its_scan_keeps_a_lot_open_and_one_with_a_virus_does_not(manager, place, policy):
    with on(LAST + 1):
        new = a_policy(manager, replaces=policy)
        Document.objects.filter(pk=new.pk).audited_update(scan_state=Document.Scan.WAITING)
        assert state(place) == OPEN_WORDS
        Document.objects.filter(pk=new.pk).audited_update(
            scan_state=Document.Scan.INFECTED, scanned_at=new.uploaded_at
        )
        assert first_day(place) == day(LAST + 1)


def test_renewal_sent_early_leaves_its_forerunner_in_force_until_it_begins(manager, place, policy):
    a_policy(manager, replaces=policy, from_on=day(LAST + 1), expires_on=day(400))
    for number in (0, LAST, LAST + 1, 400):
        with on(number):
            assert state(place) == OPEN_WORDS
    with on(401):
        assert first_day(place) == day(401)


def test_renewal_that_covers_less_pauses_from_its_own_first_day(manager, place, policy):
    with on(LAST + 1):
        full = a_policy(manager, replaces=policy, from_on=day(LAST + 1), expires_on=day(365))
    with on(100):
        a_policy(manager, FIVE_MILLION, replaces=full, from_on=day(90), expires_on=day(365))
        assert first_day(place) == day(90)


def test_year_that_was_covered_is_not_told_as_a_gap_when_its_policy_is_removed(manager, place, policy):
    with on(LAST + 1):
        renewal = a_policy(manager, replaces=policy, from_on=day(LAST + 1), expires_on=day(365))
    with on(200):
        remove_contents(by=manager, document=renewal, reason="Sent by mistake")
        assert first_day(place) == day(200)


def test_second_pause_never_reaches_back_over_days_on_which_the_lot_was_open(manager, place, policy):
    with on(LAST + 1):
        assert state(place) == PAUSED
    with on(LAST + 4):
        a_policy(manager, from_on=day(LAST + 4), expires_on=day(LAST + 9))
        assert state(place) == OPEN_WORDS
    with on(LAST + 12):
        Document.objects.filter(expires_on=day(LAST + 9)).audited_update(expires_on=day(LAST + 4))
        assert first_day(place) == day(LAST + 5)
        assert ReferralHold.objects.count() == 2


def test_what_was_never_sent_has_not_run_out(place):
    with on(300):
        assert state(place) == OPEN_WORDS


def test_what_ran_out_before_the_provider_was_on_the_lot_was_for_the_check(manager, place):
    """As under an exemption: it was let in with a lower cover."""
    a_policy(manager, from_on=day(-400), expires_on=day(-30))
    a_policy(manager, FIVE_MILLION, expires_on=day(300))
    assert state(place) == OPEN_WORDS


def test_council_that_asks_for_more_pauses_nobody_and_lifts_nobody_s_pause(world, manager, place, policy):
    officer = world.as_("procurement_officer")
    with on(LAST + 1):
        assert state(place) == PAUSED
        more = {"kind": DocumentKind.PUBLIC_LIABILITY, "minimum_cover": 2 * TEN_MILLION}
        require_document(by=officer, lot=place.lot, **more)
        assert state(place) == PAUSED
    other = a_member(world.provider_y.provider, place.lot, from_on=day(0))
    a_policy(world.as_("provider_manager_y"), expires_on=day(365))
    with on(LAST + 2):
        assert state(other) == OPEN_WORDS


def test_only_what_the_lot_must_have_pauses_it(world, manager, place, policy):
    a_document(
        manager,
        kind=DocumentKind.CYBER,
        cover_amount=1,
        from_on=day(-300),
        expires_on=day(1),
        text="Cyber policy",
    )
    with on(LAST):
        assert state(place) == OPEN_WORDS
    with on(LAST + 1):
        assert state(place) == PAUSED
        required = place.lot.required_documents.get(kind=DocumentKind.PUBLIC_LIABILITY)
        stop_requiring(by=world.as_("procurement_officer"), required=required)
        assert state(place) == OPEN_WORDS


def test_place_that_has_ended_is_not_paused_and_its_pause_ends(place, policy):
    with on(LAST + 1):
        assert state(place) == PAUSED
    with on(LAST + 2):
        LotMembership.objects.filter(pk=place.pk).audited_update(
            to_on=day(LAST + 2), ended_because=LotMembership.End.RESIGNED
        )
        run_due()
        assert ReferralHold.objects.get().to_on == day(LAST + 2)
        assert places_to_pause() == []


def test_other_providers_lots_go_on(world, place, policy):
    theirs = a_member(world.provider_y.provider, place.lot, from_on=day(0))
    with on(LAST + 1):
        assert state(place) == PAUSED
        assert referral_state(theirs, today()).is_open


@pytest.mark.parametrize("of", ["merged", "sibling", "into"])
def test_place_rests_on_the_papers_of_every_name_of_its_provider(of, world, manager, place):
    """The place stands under one name; the papers lie in the library of another."""
    x, into = world.provider_x.provider, ProviderFactory()
    names = {"merged": [(x, into)], "sibling": [(x, into), (place_of := ProviderFactory(), into)], "into": []}
    holder = {"merged": into, "sibling": place_of, "into": ProviderFactory()}[of]
    if of == "into":
        names["into"] = [(holder, x)]
    theirs = a_member(holder, a_lot(world.as_("procurement_officer"), place.lot.system, code="2", name="Two"))
    for merged, other in names[of]:
        merge_providers(
            by=world.as_("council_administrator"), merged=merged, into=other, reason="Same company number"
        )
    policy = a_policy(manager, expires_on=day(LAST))
    with on(LAST + 1):
        assert state(theirs) == PAUSED
        a_policy(manager, replaces=policy)
        assert state(theirs) == OPEN_WORDS


def test_second_pass_does_nothing_and_a_second_delivery_has_no_effect(manager, place, policy):
    with on(LAST + 1):
        [due] = places_to_pause()
        pause(due)
        pause(due)
        assert ReferralHold.objects.count() == 1
        messages = Notification.objects.filter(kind="referrals_paused").count()
        assert messages >= 2
        assert places_to_pause() == []
        assert {row.name: row.done for row in run_due()}["pause lots whose papers ran out"] == 0
        assert Notification.objects.filter(kind="referrals_paused").count() == messages
        a_policy(manager, replaces=policy)
        [ended] = pauses_that_ended()
        lift_pause(ended)
        lift_pause(ended)
        assert ReferralHold.history.count() == 2


def test_pause_of_somebody_s_own_is_not_lifted(world, manager, place):
    hold = hold_referrals(
        by=world.as_("contract_officer"),
        membership=place,
        kind=ReferralHold.Kind.DOCUMENT,
        source="letter of 3 May",
    )
    a_policy(manager)
    run_due()
    hold.refresh_from_db()
    assert hold.to_on is None


def test_provider_and_whoever_looks_after_the_lot_are_told_and_the_provider_s_home_says_why(
    world, place, policy
):
    place.lot.name = "16+ @\xa0home " + "x" * 150
    place.lot.save()
    with on(LAST + 1):
        run_due()
        told = Notification.objects.filter(kind="referrals_paused")
        people = {world.membership("provider_manager_x").pk, world.membership("procurement_officer").pk}
        assert people <= set(told.values_list("to", flat=True))
        assert set(told.values_list("to__organisation", flat=True)) == {world.provider_x.pk, world.north.pk}
        assert set(told.values_list("council", flat=True)) == {world.north.pk}
        assert "home" not in str(list(told.values()))
        assert PAUSED in world.client("provider_manager_x").get(reverse("home")).text


def test_pass_asks_as_many_queries_for_six_places_as_for_one(
    world, manager, place, policy, django_assert_max_num_queries
):
    with on(LAST + 1), django_assert_max_num_queries(6):
        assert len(places_to_pause()) == 1
    officer = world.as_("procurement_officer")
    for number in range(2, 7):
        lot = a_lot(officer, place.lot.system, code=str(number), name=f"Lot {number}")
        a_member(world.provider_x.provider, lot, from_on=day(0))
    with on(LAST + 1), django_assert_max_num_queries(6):
        assert len(places_to_pause()) == 6
    with on(LAST + 1):
        run_due()
        assert ReferralHold.objects.filter(to_on=None).count() == 6
        with django_assert_max_num_queries(6):
            assert pauses_that_ended() == []
