"""Who sees an action, and which of them is late."""

import datetime as dt

import pytest

from inspections.actions.models import Action, ActionEvidence, Source
from inspections.actions.selectors import action_counts, provider_timeline
from inspections.actions.services import ActionSource, open_action, withdraw_proposed
from providers.directory.models import ProviderMerger
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories.people import ProviderFactory

pytestmark = pytest.mark.django_db


def seen(world, persona) -> int:
    return Action.objects.visible_to(world.as_(persona)).count()


def test_provider_sees_it_from_the_day_it_is_opened(world):
    made.proposed(world)
    assert seen(world, "provider_manager_x") == 0
    made.opened(world)
    assert seen(world, "provider_manager_x") == seen(world, "provider_contributor_x") == 1
    assert seen(world, "provider_manager_y") == 0


def test_proposal_that_was_withdrawn_is_never_shown_to_the_provider(world):
    withdraw_proposed(by=world.as_("contract_officer"), action=made.proposed(world), reason="Met after all")
    assert seen(world, "provider_manager_x") == 0


def test_provider_sees_the_actions_of_a_name_that_was_merged_into_it(world):
    action = made.opened(world)
    old = ProviderFactory(name="Fellside Old Ltd")
    action.provider = old
    action.save()
    assert seen(world, "provider_manager_x") == 0
    ProviderMerger.objects.create(
        merged=old, into=world.provider_x.provider, on=today(), reason="One company"
    )
    assert seen(world, "provider_manager_x") == 1


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        ("contract_officer", 1),
        ("head_of_service", 1),
        ("council_administrator", 1),
        ("social_worker", 0),
        ("placements_officer", 0),
        ("scrutiny_reader", 0),
        ("partner_contributor", 0),
        ("nobody", 0),
    ],
)
def test_council_s_own_people_see_it_by_their_role(world, persona, sees):
    made.proposed(world)
    user = world.users["nobody"] if persona == "nobody" else world.as_(persona)
    assert Action.objects.visible_to(user).count() == sees


def test_other_council_sees_what_comes_from_the_kind_that_is_shared_with_it(world):
    made.opened(world)
    assert seen(world, "officer_south") == 1  # the north shares its visits with the south
    made.opened(world, source=ActionSource(Source.ISSUE))
    assert seen(world, "officer_south") == 1
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.ISSUES, from_on=today())
    assert seen(world, "officer_south") == 2
    Share.objects.audited_update(to_on=today())
    assert seen(world, "officer_south") == 0


def test_evidence_follows_its_action(world):
    made.evidenced(world)
    assert ActionEvidence.objects.visible_to(world.as_("provider_manager_x")).count() == 1
    assert ActionEvidence.objects.visible_to(world.as_("provider_manager_y")).count() == 0


def test_overdue_is_the_day_after_and_never_what_waits_for_the_council(world):
    on_the_day = made.opened(world, due_in=0)
    late = made.opened(world, due_in=-1)
    made.done(world)
    Action.objects.to_verify().audited_update(due_on=today() - dt.timedelta(days=3))
    assert list(Action.objects.overdue(today())) == [late]
    assert late.is_overdue
    assert not on_the_day.is_overdue
    assert list(Action.objects.due_soon(today())) == [on_the_day]


def test_due_soon_reaches_fourteen_days(world):
    made.opened(world, due_in=14)
    made.opened(world, due_in=15)
    assert Action.objects.due_soon(today()).count() == 1


def test_load_counts_what_the_person_may_see(world, django_assert_num_queries):
    made.opened(world, due_in=-1)
    made.planned(world)
    made.done(world)
    made.proposed(world)
    officer, other = world.as_("contract_officer"), world.as_("provider_manager_y")
    with django_assert_num_queries(1):
        load = action_counts(Action.objects.visible_to(officer), today())
    assert (load.overdue, load.due_soon, load.to_agree, load.to_verify) == (1, 0, 1, 1)
    assert action_counts(Action.objects.visible_to(other), today()).overdue == 0


def test_its_owner_is_told_what_happened_and_no_draft(world):
    action = made.proposed(world)
    action.what = "Two staff are awake every night, in each building."
    action.save()
    action = open_action(by=world.as_("team_manager"), action=action, due_on=today())
    [asked] = provider_timeline(action)
    assert (asked.headline, asked.who) == ("Requested", "Westmorland and Furness Council")
    assert "each building" in asked.changes[0].new


@pytest.mark.parametrize(
    ("make", "stage"),
    [
        (made.proposed, "Proposed"),
        (made.opened, "Open, steps to be written"),
        (made.planned, "Open, steps to be agreed"),
        (made.agreed, "Open, steps agreed"),
        (made.done, "Done, to be verified"),
        (made.closed, "Closed"),
    ],
)
def test_stage_says_what_is_waited_for(world, make, stage):
    assert make(world).stage == stage
