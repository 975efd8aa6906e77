"""Actions on time: which came due in the window, which were done by their day, and whose count."""

import pytest

from inspections.actions import services
from inspections.actions.models import Action, Source
from inspections.actions.services import ActionSource
from inspections.scorecards.scoring.arithmetic import Status
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.asking import cell_of, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DUE = days(28)


@pytest.fixture
def home(clock, world):
    return SettingFactory(owner=world.provider_x.provider)


@pytest.fixture
def begun(clock):
    return today()


def test_setting_without_an_action_has_no_data_in_those_words(home):
    cell = cell_of("actions", home)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "No action was due in these 12 months")


def test_action_that_is_not_due_yet_says_nothing(world, home, begun):
    made.opened(world, setting=home)
    assert cell_of("actions", home, begun + DUE - days(1)).status is Status.NO_DATA


def test_action_due_today_has_the_rest_of_the_day(world, home, begun):
    made.opened(world, setting=home)
    assert cell_of("actions", home, begun + DUE).status is Status.NO_DATA


def test_overdue_action_counts_as_late(world, home, begun):
    action = made.opened(world, setting=home)
    cell = cell_of("actions", home, begun + DUE + days(1))
    assert (cell.status, cell.points, cell.reading.on) == (Status.CURRENT, 0, begun + DUE)
    assert cell.reading.says == "0 of 1 action done by the day it was due"
    [evidence] = cell.reading.evidence
    assert (evidence.kind, evidence.ref) == ("action", str(action.public_id))
    assert evidence.says == "Due 29 June 2026, overdue"
    assert evidence.source == f"{world.north}: monitoring visit"


def test_action_done_before_its_day_counts_on_time_once_it_is_due(world, home, begun):
    made.closed(world, setting=home)
    assert cell_of("actions", home).status is Status.NO_DATA
    cell = cell_of("actions", home, begun + DUE)
    assert (cell.points, cell.reading.evidence[0].says) == (10000, "Due 29 June 2026, done 1 June 2026")


def test_action_done_on_its_very_day_is_on_time_and_the_day_after_is_late(world, home, begun, clock):
    first = made.evidenced(world, setting=home)
    second = made.evidenced(world, setting=home)
    for action, day in ((first, begun + DUE), (second, begun + DUE + days(1))):
        clock(day)
        services.report_done(by=world.as_("provider_manager_x"), action=action, note="Done")
    services.verify_action(by=world.as_("team_manager"), action=Action.objects.get(pk=first.pk), note="Seen")
    cell = cell_of("actions", home)
    assert (cell.points, cell.reading.says) == (5000, "1 of 2 actions done by the day it was due")
    assert [one.says for one in cell.reading.evidence] == [
        "Due 29 June 2026, done late on 30 June 2026",
        "Due 29 June 2026, done 29 June 2026",
    ]


def test_share_of_actions_is_cut_to_whole_points(world, home, begun):
    for _ in range(2):
        made.closed(world, setting=home)
    made.opened(world, setting=home)
    assert cell_of("actions", home, begun + DUE + days(1)).points == 6666


@pytest.mark.parametrize(("after", "status"), [(364, Status.CURRENT), (365, Status.NO_DATA)])
def test_action_counts_for_twelve_months_from_its_day(world, home, begun, after, status):
    made.closed(world, setting=home)
    assert cell_of("actions", home, begun + DUE + days(after)).status is status


def test_provider_s_own_word_raises_no_score_until_somebody_has_looked(world, home, begun, clock):
    action = made.done(world, setting=home)
    clock(begun + DUE + days(1))
    cell = cell_of("actions", home)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "1 action reported done, none verified yet")
    [evidence] = cell.reading.evidence
    assert evidence.says == "Due 29 June 2026, reported done 1 June 2026, not yet verified"
    services.verify_action(by=world.as_("team_manager"), action=action, note="Rotas checked")
    assert cell_of("actions", home).points == 10000
    assert cell_of("actions", home, today() - days(1)).status is Status.NO_DATA, "nobody had looked then"


def test_claims_count_neither_way_beside_what_is_known(world, home, begun):
    made.closed(world, setting=home)
    made.opened(world, setting=home)
    made.done(world, setting=home)
    cell = cell_of("actions", home, begun + DUE + days(1))
    assert cell.points == 5000
    assert cell.reading.says == (
        "1 of 2 actions done by the day it was due; 1 action reported done and not yet verified"
    )
    assert len(cell.reading.evidence) == 3


@pytest.mark.parametrize("after", [366, 800])
def test_overdue_action_counts_however_long_nobody_does_it(world, home, begun, after):
    """Else a provider that does nothing is rid of it after a year, and one good action is worth 100."""
    made.opened(world, setting=home)
    cell = cell_of("actions", home, begun + DUE + days(after))
    assert (cell.status, cell.points) == (Status.CURRENT, 0)


def test_action_done_after_more_than_a_year_was_overdue_until_then(world, home, begun, clock):
    action = made.evidenced(world, setting=home)
    clock(begun + DUE + days(500))
    action = services.report_done(by=world.as_("provider_manager_x"), action=action, note="Done")
    assert cell_of("actions", home, today() - days(1)).points == 0
    assert cell_of("actions", home).points == 0, "a provider's own word takes nothing away"
    clock(today() + days(5))
    services.verify_action(by=world.as_("team_manager"), action=action, note="Seen")
    assert cell_of("actions", home, today() - days(1)).points == 0
    assert cell_of("actions", home).status is Status.NO_DATA


def test_past_day_does_not_know_that_it_was_done_later(world, home, begun, clock):
    action = made.evidenced(world, setting=home)
    clock(begun + DUE + days(10))
    services.report_done(by=world.as_("provider_manager_x"), action=action, note="Done")
    says = [cell_of("actions", home, begun + DUE + days(n)).reading.evidence[0].says for n in (9, 10)]
    assert says == ["Due 29 June 2026, overdue", "Due 29 June 2026, done late on 9 July 2026"]


def test_past_day_does_not_know_of_more_time_that_was_given_later(world, home, begun, clock):
    action = made.opened(world, setting=home)
    clock(begun + DUE + days(10))
    to = today() + days(60)
    services.extend_action(by=world.as_("team_manager"), action=action, to=to, reason="A post is vacant")
    assert cell_of("actions", home, today() - days(1)).points == 0
    assert cell_of("actions", home).status is Status.NO_DATA
    assert cell_of("actions", home, to + days(1)).points == 0


def test_proposed_action_and_one_that_was_cancelled_count_for_nothing(world, home, begun, clock):
    made.proposed(world, setting=home, due_on=begun + DUE)
    action = made.opened(world, setting=home)
    clock(begun + DUE + days(5))
    services.cancel_action(by=world.as_("team_manager"), action=action, reason="The home has closed")
    assert cell_of("actions", home).status is Status.NO_DATA
    assert cell_of("actions", home, today() - days(1)).points == 0


def test_work_that_was_sent_back_was_not_done(world, home, begun):
    action = made.done(world, setting=home)
    services.return_action(by=world.as_("team_manager"), action=action, reason="No rota was kept")
    assert cell_of("actions", home, begun + DUE + days(1)).points == 0


def test_action_of_a_whole_provider_counts_for_each_of_its_settings(world, home, begun):
    other = SettingFactory(owner=world.provider_x.provider)
    made.opened(world, setting=None)
    assert [cell_of("actions", one, begun + DUE + days(1)).points for one in (home, other)] == [0, 0]


def test_action_of_any_source_counts_for_everybody(world, home):
    for source in Source:
        made.opened(world, setting=home, source=ActionSource(source))
    assert cell_of("actions", home, today() + DUE + days(1)).reading.says.startswith("0 of 6 actions")
    assert Action.objects.count() == 6
