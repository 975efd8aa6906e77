"""Who is told of a step: once, of what concerns them, without a name or a word of anybody's."""

import datetime as dt

import pytest
import time_machine

from providers.notifications.models import Notification
from providers.people.models import SettingLead
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.flows.driving import done, the_task
from tests.parcels.flows import ParcelFlow
from workflows.shared.services import reassign

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORK = ("tell of steps due soon", "tell of late steps")


def told(kind: str) -> list[int]:
    return sorted(Notification.objects.filter(kind=kind).values_list("to__person", flat=True))


@pytest.fixture
def lead(world, home):
    SettingLead.objects.create(
        council=world.north, setting=home, lead=world.membership("contract_officer"), from_on=today() - DAY
    )
    return world.users["contract_officer"].person_id


def test_whoever_is_given_a_step_is_told_and_for_a_step_of_many_nobody(world, start, lead):
    process = start()
    assert told("step_waits") == [lead]
    done(world.client("contract_officer"), the_task(process, ParcelFlow.weigh), weight=1)
    assert told("step_waits") == [lead]


def test_people_of_the_provider_who_may_do_it_are_told(world, start):
    process = start()
    for node, answers in ((ParcelFlow.weigh, {"weight": 1}), (ParcelFlow.pack, {}), (ParcelFlow.label, {})):
        done(world.client("contract_officer"), the_task(process, node), **answers)
    people = {world.users[f"provider_{role}_x"].person_id for role in ("manager", "contributor")}
    assert set(told("step_waits")) == people


def test_new_owner_is_told(world, start, lead, colleague):
    task = the_task(start(), ParcelFlow.weigh)
    reassign(by=world.as_("team_manager"), task=task, to=world.membership("colleague"), reason="Busy")
    assert told("step_waits") == sorted([lead, colleague.person_id])


def test_a_step_is_told_once_as_near_and_once_as_late(start, lead):
    task = the_task(start(), ParcelFlow.weigh)
    with time_machine.travel(task.clock.due_at - 3 * DAY - DAY / 2):
        run_due(*WORK)
    assert told("deadline_near") == []
    for moment in (task.clock.due_at - DAY, task.clock.due_at - DAY / 2):
        with time_machine.travel(moment):
            run_due(*WORK)
    assert (told("deadline_near"), told("deadline_passed")) == ([lead], [])
    with time_machine.travel(task.clock.due_at + DAY):
        run_due(*WORK)
        near, late = run_due(*WORK)
    assert told("deadline_passed") == [lead]
    assert (near.done, late.done) == (0, 0)


def test_late_step_that_nobody_has_taken_is_told_to_those_who_share_out_the_work(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    with time_machine.travel(task.clock.due_at + DAY):
        run_due(*WORK)
    sharers = {"team_manager", "head_of_service", "council_administrator"}
    assert set(told("deadline_passed")) == {world.users[name].person_id for name in sharers}


def test_after_more_time_was_given_the_new_day_is_told_too(start, lead):
    task = the_task(start(), ParcelFlow.weigh)
    with time_machine.travel(task.clock.due_at + DAY):
        run_due(*WORK)
        task.clock.due_at += 3 * DAY
        task.clock.save()
    with time_machine.travel(task.clock.due_at + DAY):
        run_due(*WORK)
    assert told("deadline_passed") == [lead, lead]
