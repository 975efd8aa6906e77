"""What is not there never scores well: every way round it that somebody thought of."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from inspections.actions import services
from inspections.issues.services import close_issue
from inspections.scorecards.inputs.visibility import EVERYBODY
from inspections.scorecards.scoring.arithmetic import Band, Status
from inspections.scorecards.selectors import by_provider, hosted_or_used, scorecard
from inspections.visits.models import Visit
from providers.directory.models import Authority, AuthoritySuccession, ProviderMerger, Setting
from qa_portal.core.dates import LONDON, today
from tests.factories import actions as made
from tests.factories.issues import home_of, let_go_of_actions, raised
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory
from tests.factories.visits import home_of_x
from tests.unit.inspections.scorecards.asking import cell_of, days, published, rules_of, score_of
from tests.unit.inspections.scorecards.inputs.domains.test_regulator import inspected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def provider_row(provider):
    among = Setting.objects.owned_by(provider.pk, today())
    [row] = by_provider(scorecard(as_at=today(), scope=EVERYBODY, among=among)).rows
    return row


def test_closing_an_issue_is_a_look_and_alone_gives_no_band(world):
    issue = raised(world, setting=home_of(world))
    let_go_of_actions(world, issue)
    close_issue(by=world.as_("team_manager"), issue=issue, reason="Nothing in it")
    score = score_of(issue.setting)
    assert (score.assured, score.coverage, score.band) == (1500, 15, Band.INSUFFICIENT)


def test_one_good_home_does_not_speak_for_nine_of_which_nothing_is_known(clock):
    owner = ProviderFactory()
    homes = [SettingFactory(owner=owner) for _ in range(10)]
    inspected(homes[0], "outstanding")
    score = provider_row(owner).score
    assert (score.assured, score.coverage, score.known, score.band) == (250, 2, 10000, Band.INSUFFICIENT)


def test_home_that_is_registered_anew_begins_with_nothing_and_not_with_a_band(clock):
    """Its past stays with the old URN: the new one has no judgement, and so no band above insufficient."""
    owner = ProviderFactory()
    old = SettingFactory(owner=owner, closed_on=today())
    new = SettingFactory(owner=owner, registered_on=today())
    inspected(old, "inadequate")
    assert rules_of(old, today() - days(1)) == ["inadequate"]
    assert score_of(new).band is Band.INSUFFICIENT
    assert provider_row(owner).score.band is Band.INSUFFICIENT


def test_visit_to_a_whole_provider_is_no_visit_to_any_of_its_settings(world, clock):
    home = home_of_x(world)
    version = published(world, setting=home)
    assert cell_of("visits", home).status is Status.CURRENT
    visit = Visit.objects.get(pk=version.visit.pk)
    visit.setting = None
    visit.save()
    assert cell_of("visits", home).status is Status.NO_DATA
    assert cell_of("issues", home).status is Status.NO_DATA, "nobody looked at this setting"


def test_name_that_was_merged_has_no_scorecard_beside_the_provider_s(world, clock):
    """Else its good homes would stand there without the other's bad one."""
    former, present = ProviderFactory(), ProviderFactory()
    inspected(SettingFactory(owner=former), "outstanding")
    inspected(SettingFactory(owner=present), "inadequate")
    ProviderMerger.objects.create(merged=former, into=present, on=today(), reason="One company")
    client = world.client("contract_officer")
    pages = {
        one: client.get(reverse("scorecard_provider", args=[one.public_id])) for one in (former, present)
    }
    assert pages[former].status_code == 404
    assert "2 settings" in " ".join(pages[present].content.decode().split())
    assert provider_row(present).score.band is Band.RED
    assert provider_row(present).subject.settings == 2


def test_judgement_and_report_of_days_to_come_say_nothing_today(world, clock):
    home = home_of_x(world)
    inspected(home, "outstanding", today() + days(1))
    inspected(home, "outstanding", today() - days(1), published_on=today() + days(1))
    assert cell_of("regulator", home).status is Status.NO_DATA


def test_action_done_after_midnight_in_london_is_late_although_it_is_the_day_before_in_utc(world, clock):
    home = home_of_x(world)
    on_time, late = (made.evidenced(world, setting=home) for _ in range(2))
    midnight = dt.datetime.combine(on_time.due_on + days(1), dt.time(), LONDON)
    for action, moment in ((on_time, midnight - dt.timedelta(minutes=1)), (late, midnight)):
        with time_machine.travel(moment, tick=False):
            services.report_done(by=world.as_("provider_manager_x"), action=action, note="Done")
    cell = cell_of("actions", home, on_time.due_on + days(1))
    assert cell.reading.says == (
        "0 of 1 action done by the day it was due; 1 action reported done and not yet verified"
    )


def test_council_that_took_over_hosts_what_its_predecessor_hosted_on_either_side_of_the_day(world, clock):
    took_over = dt.date(2023, 4, 1)
    before, after = Authority.objects.get(name="Cumbria"), world.north.authority
    assert AuthoritySuccession.objects.filter(predecessor=before, successor=after, on=took_over).exists()
    home = SettingFactory(authority=before)
    inspected(home, "inadequate", dt.date(2022, 6, 1))
    for on in (took_over - days(1), took_over, today()):
        assert home in hosted_or_used(world.north, on)
        assert rules_of(home, on) == ["inadequate"], "the judgement does not end with the council"
