"""Deadlines fire once, in order, late if they must, as the system; and a process page tells them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from qa_portal.core.due import run_due
from tests.flows.driving import done, open_steps, the_task
from tests.parcels.flows import BoxFlow, ParcelFlow
from workflows.shared.due import fire, waiting_parents
from workflows.shared.models import TaskEvent

pytestmark = pytest.mark.django_db
WEEK, MONTH = dt.timedelta(days=7, minutes=1), dt.timedelta(days=31)


def test_deadline_that_does_not_interrupt_leaves_the_step_open(start):
    process = start()
    with time_machine.travel(timezone.now() + WEEK):
        [told] = run_due("fire timers")
    assert told.done == 1
    assert ParcelFlow.instance.subject(process).late
    assert open_steps(process) == {"weigh"}


def test_deadline_that_interrupts_ends_the_step_and_the_process(start):
    process = start()
    with time_machine.travel(timezone.now() + MONTH):
        run_due("fire timers")
    process.refresh_from_db()
    assert process.status == STATUS.DONE
    assert the_task(process, ParcelFlow.weigh).status == STATUS.CANCELED


def test_worker_stopped_for_long_fires_each_deadline_once_in_order_and_says_how_late(start):
    process = start()
    with time_machine.travel(timezone.now() + MONTH):
        run_due("fire timers")
        [again] = run_due("fire timers")
    assert again.done == 0
    fired = TaskEvent.objects.filter(process_id=process.pk, node_type="TIMER", to_status=STATUS.DONE)
    assert [event.node for event in fired] == ["weigh__timeout", "weigh__timeout_2"]
    assert "noticed 23 days late" in fired[0].reason or "noticed 24 days late" in fired[0].reason
    assert {event.role for event in fired} == {"system"}


def test_same_deadline_delivered_twice_has_one_effect(start):
    process = start()
    timer = Task.objects.filter(process=process, flow_task_type="TIMER").order_by("scheduled")[0]
    again = Task.objects.get(pk=timer.pk)
    fire(timer)
    fire(again)
    assert Task.objects.filter(process=process, flow_task=ParcelFlow.note_late).count() == 1


def test_deadline_of_a_step_that_was_done_does_not_fire(world, start):
    process = start()
    done(world.client("contract_officer"), the_task(process, ParcelFlow.weigh), weight=1)
    with time_machine.travel(timezone.now() + MONTH):
        [told] = run_due("fire timers")
    assert (told.done, told.failed) == (0, 0)


def test_one_failing_deadline_does_not_hold_up_the_others(start):
    unlucky, lucky = start(weight=13), start()
    with time_machine.travel(timezone.now() + WEEK):
        run_due("fire timers")
    assert the_task(unlucky, ParcelFlow.note_late).status == STATUS.ERROR
    assert ParcelFlow.instance.subject(lucky).late


def test_parent_left_waiting_by_a_crash_is_finished_by_due_work(world, start):
    process = start(boxes=1)
    officer = world.client("contract_officer")
    done(officer, the_task(process, ParcelFlow.weigh), weight=1)
    done(officer, the_task(process, ParcelFlow.pack))
    done(officer, the_task(process, ParcelFlow.label))
    child = Process.objects.get(parent_task__process=process)
    # what a kill between the child's commit and the parent's leaves behind
    child.task_set.filter(flow_task=BoxFlow.seal).update(status=STATUS.DONE, finished=timezone.now())
    Process.objects.filter(pk=child.pk).update(status=STATUS.DONE, finished=timezone.now())
    assert waiting_parents().count() == 1
    run_due("finish parents")
    assert open_steps(process) == {"answer"}
    assert waiting_parents().count() == 0


def test_case_page_tells_what_waits_what_comes_next_and_the_clocks(world, start):
    process = start()
    page = world.client("contract_officer").get(reverse("case", args=[process.pk])).content.decode()
    for words in ("Weigh the parcel", "A week has passed", "A month has passed", "Pack, by"):
        assert words in page
    picture = world.client("contract_officer").get(reverse("case_diagram", args=[process.pk]))
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"Weigh" in picture.content


def test_case_that_waits_for_its_parts_leads_to_them(world, start):
    process = start(boxes=2)
    officer = world.client("contract_officer")
    for node, answers in ((ParcelFlow.weigh, {"weight": 1}), (ParcelFlow.pack, {}), (ParcelFlow.label, {})):
        done(officer, the_task(process, node), **answers)
    page = officer.get(reverse("case", args=[process.pk])).content.decode()
    assert "This is waiting for its parts to finish." in page
    for part in Process.objects.filter(parent_task__process=process):
        assert reverse("case", args=[part.pk]) in page


def test_provider_is_told_its_own_part_without_officers_names_or_clocks(world, start):
    process = start()
    done(world.client("contract_officer"), the_task(process, ParcelFlow.weigh), weight=1)
    client = world.client("provider_manager_x")
    page = client.get(reverse("case", args=[process.pk])).content.decode()
    assert "CANARY-north-people-" not in page
    assert "Deadlines" not in page
    assert f"{world.north} is working on it" in page
    assert "Pack" not in page, "which step is open at the council is the council's"
    assert client.get(reverse("case_diagram", args=[process.pk])).status_code == 404


def test_case_that_is_not_open_to_the_provider_does_not_exist_for_it(world, start):
    process = start(open_to_provider=False)
    assert world.client("provider_manager_x").get(reverse("case", args=[process.pk])).status_code == 404
