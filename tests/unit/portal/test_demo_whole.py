"""All 24 months of the demo, replayed once: what stands today, and that it happened on its days."""

import datetime as dt

import pytest
from django.db import transaction
from viewflow.workflow.models import Process, Task

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.ofsted.models import Inspection, RegisterFile
from inspections.scorecards.inputs.visibility import scope_for
from inspections.scorecards.scoring.arithmetic import Band
from inspections.scorecards.selectors import scorecard, settings_watched
from inspections.self_assessments.models import SelfAssessment, State
from inspections.visits.models import Visit
from providers.contracts.models import ReferralHold
from providers.documents.models import Document
from providers.people.models import Absence
from providers.purchasing.models import LotDecision, LotMembership
from qa_portal.core.dates import day_of, today
from qa_portal.portal.demo.region import signed_in
from qa_portal.portal.demo.seeding import build_demo
from tests.conftest import as_demo
from tests.flows.replay import illegal_steps
from workflows.shared.models import TaskEvent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
A_YEAR, A_MONTH = dt.timedelta(days=365), dt.timedelta(days=30)


@pytest.fixture(scope="module")
def whole_demo(django_db_setup, django_db_blocker, tmp_path_factory):
    in_demo = as_demo(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), in_demo, transaction.atomic():
        assert build_demo(lambda _: None)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("whole_demo", "db")
def test_two_years_of_a_region_stand_as_if_they_had_been_lived():
    steps_are_those_of_the_flows_and_none_has_failed()
    facts_stand_on_their_days()
    visits_came_again_and_again()
    one_lot_is_suspended_and_one_paused_for_a_policy_that_ran_out()
    issues_were_closed_and_one_was_opened_by_the_last_file()
    actions_were_closed_in_time_and_late_and_some_are_overdue()
    documents_are_current_near_their_end_and_expired()
    last_year_s_campaign_had_late_returned_and_missing_answers()
    every_band_occurs_and_three_homes_stand_in_another_than_a_month_ago()


def steps_are_those_of_the_flows_and_none_has_failed():
    assert illegal_steps(TaskEvent.objects.all()) == []
    assert not Process.objects.filter(task__status="ERROR").exists()


def facts_stand_on_their_days():
    assert Process.objects.filter(finished__date__lt=today() - A_YEAR).count() > 20
    for model in (Visit, Action, ContractIssue):
        days = {day_of(moment) for moment in model.history.values_list("history_date", flat=True)}
        assert len(days) > 20
        assert min(days) < today() - A_YEAR
        assert max(days) <= today()
    assert not Task.objects.filter(created__date__gt=today()).exists()
    assert not Inspection.objects.filter(published_on__gt=today()).exists()


def visits_came_again_and_again():
    for name in ("Fellside House", "Beck View", "Birk Rigg", "Tarn Lodge", "Heron Bank", "Ghyll End"):
        assert Visit.objects.published().filter(setting__working_name=name).count() >= 4
    assert not Visit.objects.filter(setting__working_name="Skell Bridge").exists()
    assert Visit.objects.published().values("council").distinct().count() == 2


def one_lot_is_suspended_and_one_paused_for_a_policy_that_ran_out():
    held = ReferralHold.objects.filter(to_on=None).order_by("membership__provider__name")
    assert [(hold.membership.provider.name, hold.kind) for hold in held] == [
        ("Ashgarth Residential Care Limited", ReferralHold.Kind.DOCUMENT),
        ("Thornbeck Homes Ltd", ReferralHold.Kind.SUSPENSION),
    ]
    ended = ReferralHold.objects.exclude(to_on=None)
    assert set(ended.values_list("kind", flat=True)) == {"document", "suspension"}
    assert LotMembership.objects.in_force(today()).count() == 4
    assert set(LotDecision.objects.values_list("outcome", flat=True)) == {"approved", "rejected"}


def issues_were_closed_and_one_was_opened_by_the_last_file():
    assert ContractIssue.objects.exclude(closed_at=None).count() >= 4
    last = RegisterFile.objects.in_order().last()
    opened = ContractIssue.objects.open().filter(source="judgement").latest("opened_on")
    assert opened.setting.working_name == "Beck View"
    assert opened.opened_on == day_of(last.imported_at)
    assert ContractIssue.objects.open().filter(review_on__lt=today()).exists()
    assert RegisterFile.objects.count() >= 5


def actions_were_closed_in_time_and_late_and_some_are_overdue():
    closed = Action.objects.filter(state=Action.State.CLOSED)
    in_time = [day_of(action.done_at) <= action.due_on for action in closed]
    assert set(in_time) == {True, False}
    assert {action.provider.name for action in Action.objects.overdue(today())} >= {
        "Ashgarth Residential Care Limited"
    }


def documents_are_current_near_their_end_and_expired():
    current = Document.objects.current()
    assert current.expired(today()).exists()
    assert current.expiring(today(), 60).exists()
    assert current.filter(expires_on__gt=today() + dt.timedelta(days=200)).exists()
    assert Absence.objects.in_force(today()).exists()


def last_year_s_campaign_had_late_returned_and_missing_answers():
    before = SelfAssessment.objects.filter(campaign__opens_on__lt=today() - dt.timedelta(days=300))
    assert before.filter(state=State.VALIDATED, round__gt=1).exists()
    assert before.filter(submissions__is_late=True).exists()
    assert before.exclude(state=State.VALIDATED).get().setting.working_name == "Tarn Lodge"


def every_band_occurs_and_three_homes_stand_in_another_than_a_month_ago():
    user = signed_in("chair")
    council = user.membership.organisation
    now, then = (
        scorecard(as_at=day, scope=scope_for(user), among=settings_watched(council, today()))
        for day in (today(), today() - A_MONTH)
    )
    assert {row.score.band for row in now.rows} == set(Band)
    assert moved(then, now) == {
        "Beck View": (Band.AMBER, Band.RED),
        "Mill Rise": (Band.AMBER, Band.RED),
        "Larch Cottage": (Band.AMBER, Band.GREEN),
    }


def moved(then, now) -> dict:
    before = {row.subject.name: row.score.band for row in then.rows}
    after = {row.subject.name: row.score.band for row in now.rows}
    return {name: (before[name], band) for name, band in after.items() if before.get(name, band) != band}
