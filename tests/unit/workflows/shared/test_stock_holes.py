"""The upgrade gate: each test shows what stock Viewflow 2.4 does, and that here it cannot happen.

The numbers are those of the list in docs/adr/0008.
"""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.context import Context
from viewflow.workflow.flow.utils import wrap_task_view
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes.obsolete import ObsoleteActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.signals import task_started
from viewflow.workflow.status import STATUS

from providers.people.models import User
from qa_portal.core.due import run_due
from tests.factories.people import UserFactory
from tests.flows.driving import do, done, open_steps, the_task
from tests.parcels.flows import BoxFlow, ParcelFlow
from workflows.shared import locks
from workflows.shared.due import finish_join, fire, waiting_joins
from workflows.shared.flow import QAFlow
from workflows.shared.models import TaskEvent
from workflows.shared.services import cancel_process, locked

pytestmark = pytest.mark.django_db
VIEW = flow.View(lambda request: HttpResponse())


def timers_of(task) -> list[str]:
    return [str(t.status) for t in Task.objects.filter(previous=task, flow_task_type="TIMER").order_by("pk")]


def weighing(start, **values):
    return the_task(start(**values), ParcelFlow.weigh)


def stock_request(user, path="/"):
    request = RequestFactory().post(path)
    request.user = user
    return request


def test_1_stock_view_runs_one_node_s_form_against_another_node_s_task(world, start):
    task = weighing(start)
    user = world.as_("contract_officer")
    ViewActivation(task).assign(user)
    ran = []
    view = wrap_task_view(ParcelFlow.check, lambda request, **_: ran.append(request.activation.task.pk))
    view(stock_request(user), process_pk=task.process_id, task_pk=task.pk)
    assert ran == [task.pk]


def test_1_no_address_names_a_node(world, start):
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    assert not any("<int:process_pk>" in route for route in routes)
    with pytest.raises((NoReverseMatch, AttributeError)):
        the_task(start(), ParcelFlow.weigh).reverse("execute")


def test_2_stock_view_locks_whatever_process_the_address_names(world, start, monkeypatch):
    task, other = weighing(start), start()
    locked_rows = []

    def spy(process_pk, take, held=locks.held):
        locked_rows.append(process_pk)
        return held(process_pk, take)

    monkeypatch.setattr(locks, "held", spy)
    user = world.as_("contract_officer")
    ViewActivation(task).assign(user)
    view = wrap_task_view(ParcelFlow.weigh, lambda request, **_: HttpResponse())
    view(stock_request(user), process_pk=other.pk, task_pk=task.pk)
    with locked(task):
        pass
    assert locked_rows == [other.pk, task.process_id]


def test_3_stock_revive_opens_the_step_to_everybody(world, start):
    task = weighing(start)
    ViewActivation(task).cancel()
    revived = ViewActivation(Task.objects.get(pk=task.pk)).revive()
    assert revived.owner_permission is None
    assert flow.View.can_assign(ParcelFlow.weigh, UserFactory(), revived)


def test_3_a_revived_step_keeps_its_organisation_clock_and_deadlines(world, start):
    task = weighing(start)
    with locked(task) as activation:
        activation.cancel()
    with locked(task) as activation:
        revived = activation.revive()
    assert revived.owner_permission_obj == world.north
    assert not ParcelFlow.weigh.can_assign(world.as_("provider_manager_x"), revived)
    assert ParcelFlow.weigh.can_assign(world.as_("contract_officer"), revived)
    assert timers_of(revived) == ["SCHEDULED", "SCHEDULED"]
    assert revived.clock.due_at


def test_4_stock_cancel_leaves_the_deadlines_armed(start):
    task = weighing(start)
    ViewActivation(task).cancel()
    assert timers_of(task) == ["SCHEDULED", "SCHEDULED"]


def test_4_cancelling_a_step_disarms_its_deadlines(start):
    task = weighing(start)
    with locked(task) as activation:
        activation.cancel()
    assert timers_of(task) == ["CANCELED", "CANCELED"]


def test_5_join_whose_last_branch_was_cancelled_is_helped_on_by_due_work(world, start):
    process = start()
    officer = world.client("contract_officer")
    done(officer, the_task(process, ParcelFlow.weigh), weight=1)
    done(officer, the_task(process, ParcelFlow.pack))
    with locked(the_task(process, ParcelFlow.label)) as activation:
        activation.cancel()
    stuck = the_task(process, ParcelFlow.packed)
    assert (stuck.status, open_steps(process)) == (STATUS.STARTED, set())
    assert list(waiting_joins()) == [stuck]
    run_due("finish joins")
    assert open_steps(process) == {"answer"}
    finish_join(stuck)
    assert Task.objects.filter(process=process, flow_task=ParcelFlow.answer).count() == 1


def test_6_stock_signal_of_a_start_is_sent_for_a_form_that_is_only_wrong(world, start):
    task = weighing(start)
    user = world.as_("contract_officer")
    ViewActivation(task).assign(user)
    seen = []

    def note(**signal):
        seen.append(signal["task"].pk)

    task_started.connect(note, sender=ParcelFlow)
    try:
        view = wrap_task_view(ParcelFlow.weigh, lambda request, **_: request.activation.start(request))
        view(stock_request(user), process_pk=task.process_id, task_pk=task.pk)
    finally:
        task_started.disconnect(note, sender=ParcelFlow)
    assert seen == [task.pk]
    task.refresh_from_db()
    assert task.status == STATUS.ASSIGNED


def test_6_the_log_holds_nothing_for_a_look_or_a_refusal(world, start):
    task = weighing(start)
    before = TaskEvent.objects.count()
    client = world.client("contract_officer")
    client.get(reverse("task", args=[task.pk]))
    do(client, task, weight="heavy")
    do(client, task, weight=101)
    assert TaskEvent.objects.count() == before


def test_7_stock_flows_cannot_inherit_nodes_so_the_base_has_none():
    class A(flow.Flow):
        start = flow.StartHandle().Next(this.a)
        a = flow.View(VIEW).OnTimeout(dt.timedelta(1), this.end).Next(this.end)
        end = flow.End()

    class B(A):
        pass

    assert B.start._next is A.a
    # its own deadline, and two of B's: the list is shared
    assert len(A.a._boundary_events) == 3
    assert list(QAFlow.instance.nodes()) == []


def test_8_a_step_whose_node_was_removed_breaks_no_page(world, start):
    task = weighing(start)
    Task.objects.filter(pk=task.pk).update(flow_task="parcels/flows.ParcelFlow.no_such_node")
    client = world.client("contract_officer")
    assert client.get(reverse("inbox")).status_code == 200
    assert client.get(reverse("case", args=[task.process_id])).status_code == 200
    assert do(client, task).status_code == 404


def passed_a_week(task) -> Task:
    timer = Task.objects.filter(previous=task, flow_task_type="TIMER").order_by("scheduled")[0]
    Task.objects.filter(pk=timer.pk).update(scheduled=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    return Task.objects.get(pk=timer.pk)


def test_9_a_step_that_failed_is_told_on_the_case_s_page(world, start):
    task = weighing(start, weight=13)
    fire(passed_a_week(task))
    assert the_task(task.process, ParcelFlow.note_late).status == STATUS.ERROR
    page = world.client("contract_officer").get(reverse("case", args=[task.process_id])).content.decode()
    assert "Something went wrong and has been reported" in page


def test_10_stock_keeps_message_and_local_variables_of_what_failed(start):
    task = weighing(start, weight=13)
    kept = []

    def note(sender, task, **_):
        kept.append(dict(task.data["_exception"]))

    from viewflow.workflow.signals import task_failed

    receivers, task_failed.receivers = task_failed.receivers, []
    task_failed.connect(note)
    try:
        with Context(propagate_exception=False), passed_a_week(task).activation() as activation:
            activation.start()
            activation.execute()
    finally:
        task_failed.receivers = receivers
        task_failed.sender_receivers_cache.clear()
    assert "Jane Doe" in kept[0]["title"]
    assert "parcel" in kept[0]["locals"]


def test_10_of_what_failed_only_the_kind_of_error_is_kept(start, caplog):
    task = weighing(start, weight=13)
    fire(passed_a_week(task))
    failed = the_task(task.process, ParcelFlow.note_late)
    assert failed.data == {"_exception": {"title": "RuntimeError"}}
    assert "Jane" not in caplog.text
    assert "error=RuntimeError" in caplog.text


def test_11_stock_removed_step_can_be_cancelled_but_never_ends(start):
    task = weighing(start)
    Task.objects.filter(pk=task.pk).update(flow_task=ParcelFlow.stamp)
    task = Task.objects.get(pk=task.pk)
    ObsoleteActivation(task).cancel()
    assert (task.status, task.finished) == (STATUS.CANCELED, None)


def test_11_a_removed_step_ends_with_its_process(start):
    task = weighing(start)
    Task.objects.filter(pk=task.pk).update(flow_task=ParcelFlow.stamp)
    cancel_process(task.process)
    task.refresh_from_db()
    assert (task.status, task.finished is None) == (STATUS.CANCELED, False)
    assert Process.objects.get(pk=task.process_id).status == STATUS.CANCELED


def test_12_stock_does_not_allow_a_node_called_resolve():
    with pytest.raises(AttributeError):

        class C(flow.Flow):
            start = flow.StartHandle().Next(this.resolve)
            resolve = flow.End()


def test_stock_view_without_a_permission_is_anybody_s_and_every_step_of_ours_has_one(world):
    assert flow.View.can_assign(ParcelFlow.weigh, UserFactory(), Task(owner_permission=None))
    assert not ParcelFlow.weigh.may_do(world.as_("contract_officer"), Task(owner_permission=None))


def test_deleting_a_user_would_take_their_steps_along_and_is_refused(world, start):
    from django.db.models import CASCADE

    assert Task._meta.get_field("owner").remote_field.on_delete is CASCADE
    user = User.objects.get(pk=world.users["contract_officer"].pk)
    with pytest.raises(Exception, match=r"(?i)delete|protected|refer"):
        user.delete()


def test_children_are_cancelled_with_their_parent(world, start):
    process = start(boxes=2)
    officer = world.client("contract_officer")
    done(officer, the_task(process, ParcelFlow.weigh), weight=1)
    done(officer, the_task(process, ParcelFlow.pack))
    done(officer, the_task(process, ParcelFlow.label))
    cancel_process(process)
    children = Process.objects.filter(parent_task__process=process)
    assert {str(child.status) for child in children} == {"CANCELED"}
    assert not Task.objects.filter(process__in=children, flow_task=BoxFlow.seal, finished=None).exists()
