import datetime as dt

import pytest

from providers.contracts.hold_services import hold_referrals, lift_hold
from providers.contracts.holds import referral_state, referral_states
from providers.contracts.models import ReferralHold
from providers.purchasing.models import LotMembership
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.purchasing import a_lot, a_member, a_system

pytestmark = pytest.mark.django_db
YESTERDAY = today() - dt.timedelta(days=1)


@pytest.fixture
def member(world) -> LotMembership:
    return a_member(world.provider_x.provider, a_system(world.as_("procurement_officer")).lots.get())


def test_lot_without_a_hold_is_open(member):
    state = referral_state(member, today())
    assert (str(state), state.is_open, state.since) == ("Open to referrals", True, None)


def test_expired_document_pauses_and_is_not_called_a_suspension(member):
    hold_referrals(by=None, membership=member, kind="document", source="document 4", from_on=YESTERDAY)
    state = referral_state(member, today())
    assert (state.words, state.is_open, state.is_suspended) == (
        "Referrals paused: document expired",
        False,
        False,
    )
    assert state.since == YESTERDAY


def test_reasons_of_two_holds_are_both_told(member):
    for kind in ("grade", "document"):
        hold_referrals(by=None, membership=member, kind=kind, source="x")
    assert referral_state(member, today()).words == "Referrals paused: Ofsted grade, document expired"


def test_suspension_is_told_before_any_pause(member):
    hold_referrals(by=None, membership=member, kind="document", source="x")
    hold_referrals(by=None, membership=member, kind="suspension", source="issue 1", from_on=YESTERDAY)
    state = referral_state(member, today())
    assert (state.words, state.is_suspended) == (f"Suspended since {YESTERDAY:%-d %B %Y}", True)


def test_lifted_hold_no_longer_counts_and_keeps_its_days(member):
    hold = hold_referrals(by=None, membership=member, kind="document", source="x", from_on=YESTERDAY)
    lift_hold(by=None, hold=hold, reason="A new policy")
    assert referral_state(member, today()).is_open
    assert not referral_state(member, YESTERDAY).is_open
    with pytest.raises(Refused, match=r"lifted on .* already"):
        lift_hold(by=None, hold=hold)


def test_same_source_holds_once_and_another_beside_it(member):
    first = hold_referrals(by=None, membership=member, kind="document", source="document 4")
    assert hold_referrals(by=None, membership=member, kind="document", source="document 4") == first
    hold_referrals(by=None, membership=member, kind="document", source="document 5")
    lift_hold(by=None, hold=first)
    assert not referral_state(member, today()).is_open
    assert hold_referrals(by=None, membership=member, kind="document", source="document 4") != first


def test_hold_of_the_future_does_not_count_yet(member):
    tomorrow = today() + dt.timedelta(days=1)
    hold = hold_referrals(by=None, membership=member, kind="provider_request", source="x", from_on=tomorrow)
    assert referral_state(member, today()).is_open
    assert not referral_state(member, tomorrow).is_open
    lift_hold(by=None, hold=hold)
    assert referral_state(member, tomorrow).is_open


def test_states_of_many_lots_cost_one_query(world, member, django_assert_num_queries):
    lot = a_lot(world.as_("procurement_officer"), member.lot.system, code="2")
    other = a_member(world.provider_x.provider, lot)
    hold_referrals(by=None, membership=other, kind="grade", source="x")
    with django_assert_num_queries(1):
        states = referral_states([member, other], today())
    assert [states[member.pk].is_open, states[other.pk].is_open] == [True, False]


@pytest.mark.parametrize(
    ("persona", "kind", "sentence"),
    [
        ("contract_officer", "suspension", "role does not allow"),
        ("provider_manager_x", "suspension", "role does not allow"),
        ("provider_manager_x", "document", "role does not allow"),
        ("placements_officer", "document", "role does not allow"),
        ("head_of_service", "provider_request", "role does not allow"),
        ("provider_manager_y", "provider_request", "another organisation"),
        ("officer_south", "document", "another organisation"),
    ],
)
def test_hold_is_refused_from_others(world, member, persona, kind, sentence):
    with pytest.raises(Refused, match=sentence):
        hold_referrals(by=world.as_(persona), membership=member, kind=kind, source="x")


@pytest.mark.parametrize(
    ("persona", "kind"),
    [
        ("head_of_service", "suspension"),
        ("contract_officer", "document"),
        ("procurement_officer", "grade"),
        ("provider_manager_x", "provider_request"),
    ],
)
def test_those_who_may_hold_and_lift(world, member, persona, kind):
    user = world.as_(persona)
    hold = hold_referrals(by=user, membership=member, kind=kind, source="x", reason="So decided")
    lift_hold(by=user, hold=hold)
    assert ReferralHold.history.count() == 2


def test_holds_are_seen_by_the_councils_of_the_system_and_the_provider(world, member):
    hold_referrals(by=None, membership=member, kind="grade", source="x")
    seen = {
        persona: ReferralHold.objects.visible_to(world.as_(persona)).exists()
        for persona in (
            *("contract_officer", "placements_officer", "provider_contributor_x"),
            *("officer_south", "provider_manager_y", "partner_contributor", "scrutiny_reader"),
        )
    }
    assert [persona for persona, sees in seen.items() if sees] == [
        "contract_officer",
        "placements_officer",
        "provider_contributor_x",
    ]
    member.lot.system.participants.create(council=world.south, from_on=today())
    assert ReferralHold.objects.visible_to(world.as_("officer_south")).exists()
