"""The provider's home: what is asked of it and by when, its referrals, and what it has been told lately."""

import datetime as dt

import pytest

from providers.contracts.models import ReferralHold
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories import actions, self_assessments, visits
from tests.factories.purchasing import a_member, a_policy, a_system
from tests.unit.portal.home.seeing import figures, first_cells, home, panel, words
from workflows.self_assessments.services import OPENING

pytestmark = pytest.mark.django_db
MANAGER = "provider_manager_x"


def member(world):
    system = a_system(world.as_("procurement_officer"))
    return a_member(world.provider_x.provider, system.lots.get())


def hold(place, kind: str) -> None:
    ReferralHold.objects.create(membership=place, kind=kind, source="document 1", from_on=today())


def test_provider_reads_what_is_asked_of_it_soonest_first(world):
    actions.opened(world, what="Two staff are awake", due_in=3)
    self_assessments.assessment(world)
    run_due(OPENING)
    a_policy(world.as_(MANAGER), expires_on=today() + dt.timedelta(days=5))
    table = panel(world, MANAGER, "3 tasks for you")
    assert first_cells(table) == [
        "Two staff are awake",
        "Replace: Public liability insurance",
        "Answer the self-assessment",
    ]
    assert figures(world, MANAGER)["tasks for you"] == 3


def test_overdue_action_and_expired_document_are_counted_as_overdue(world, time_machine):
    actions.opened(world, due_in=3)
    a_policy(world.as_(MANAGER), expires_on=today() + dt.timedelta(days=5))
    self_assessments.days_pass(time_machine, 6)
    assert figures(world, MANAGER)["overdue"] == 2


def test_proposed_action_and_another_provider_s_are_not_told(world):
    actions.proposed(world, what="Not yet told")
    actions.opened(world, what="Of X alone")
    assert "Not yet told" not in home(world, MANAGER)
    assert "Of X alone" not in home(world, "provider_manager_y")


def test_provider_of_which_nothing_is_asked_is_told_what_would_stand_here(world):
    assert "You have no tasks." in home(world, MANAGER)


def test_unannounced_visit_is_not_told(world):
    visits.unannounced(world, days=3)
    assert figures(world, MANAGER)["visits in the next 14 days"] == 0


def test_announced_visit_is_told_without_the_officer_s_name(world):
    visits.planned(world, days=3, setting=visits.home_of_x(world, working_name="Fellside"))
    assert words(panel(world, MANAGER, "next 14 days")) == ["Fellside: Full visit"]


def test_referrals_of_a_lot_are_open_until_something_holds_them(world):
    place = member(world)
    [row] = panel(world, MANAGER, "Referrals").cells
    assert (row[1].words, row[1].mark.text) == ("The council may refer children to you.", "Open")
    hold(place, ReferralHold.Kind.DOCUMENT)
    [row] = panel(world, MANAGER, "Referrals").cells
    assert row[1].words.startswith("Referrals paused: document expired.")
    assert row[1].mark.text == "Paused"


def test_suspension_says_that_the_council_must_lift_it(world):
    hold(member(world), ReferralHold.Kind.SUSPENSION)
    [row] = panel(world, MANAGER, "Referrals").cells
    assert row[1].mark.text == "Suspended"
    assert "until it lifts the suspension" in row[1].words


def test_provider_on_no_lot_is_led_to_the_systems_if_it_may_apply(world):
    assert "See the purchasing systems and apply" in home(world, MANAGER)
    assert "See the purchasing systems and apply" not in home(world, "provider_contributor_x")


def test_closed_action_is_news_to_the_provider(world):
    place = visits.home_of_x(world, working_name="Fellside")
    actions.closed(world, setting=place, what="Two staff are awake")
    assert words(panel(world, MANAGER, "happened lately")) == ["Fellside: Action closed: Two staff are awake"]
