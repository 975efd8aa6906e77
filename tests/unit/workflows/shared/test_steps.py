"""One human step by its page: who may, what it does, and what it says to whoever came too late."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from providers.people.models import Share
from qa_portal.core.dates import today
from qa_portal.core.idempotency.models import FormReceipt
from tests.flows.driving import do, done, open_steps, the_task
from tests.parcels.flows import BoxFlow, ParcelFlow
from tests.parcels.models import Parcel
from workflows.shared.models import TaskClock
from workflows.shared.services import complete_task

pytestmark = pytest.mark.django_db


def parcel_of(process) -> Parcel:
    return ParcelFlow.instance.subject(process)


def test_parcel_goes_from_start_to_end_by_its_pages(world, start):
    process = start(boxes=2)
    officer, manager = world.client("contract_officer"), world.client("team_manager")
    done(officer, the_task(process, ParcelFlow.weigh), weight=5)
    assert open_steps(process) == {"pack", "label"}
    done(officer, the_task(process, ParcelFlow.pack))
    done(officer, the_task(process, ParcelFlow.label))
    boxes = list(Process.objects.filter(parent_task__process=process))
    assert len(boxes) == 2
    for box in boxes:
        assert open_steps(process) == set()
        done(officer, the_task(box, BoxFlow.seal))
    done(world.client("provider_manager_x"), the_task(process, ParcelFlow.answer), verdict="seen")
    done(manager, the_task(process, ParcelFlow.check), verdict="fine")
    process.refresh_from_db()
    assert process.status == STATUS.DONE
    assert (parcel_of(process).weight, parcel_of(process).verdict) == (5, "fine")


def test_step_says_which_case_it_belongs_to_and_that_it_is_late(world, start):
    process = start()
    task = the_task(process, ParcelFlow.weigh)
    TaskClock.objects.update_or_create(task=task, defaults={"due_at": timezone.now() - dt.timedelta(days=1)})
    page = world.client("contract_officer").get(reverse("task", args=[task.pk])).text
    trail = page[page.index("govuk-breadcrumbs") : page.index("<h1")]
    assert "Fell View" in trail
    assert "Overdue" in page


def test_without_boxes_the_process_does_not_wait_for_any(world, start):
    process = start(boxes=0)
    officer = world.client("contract_officer")
    done(officer, the_task(process, ParcelFlow.weigh), weight=5)
    done(officer, the_task(process, ParcelFlow.pack))
    done(officer, the_task(process, ParcelFlow.label))
    assert open_steps(process) == {"answer"}


@pytest.mark.parametrize(
    "persona", ["provider_manager_y", "partner_contributor", "board_member", "social_worker"]
)
def test_step_does_not_exist_for_others(persona, world, start):
    task = the_task(start(), ParcelFlow.weigh)
    client = world.client(persona)
    assert client.get(reverse("task", args=[task.pk])).status_code == 404
    assert do(client, task, weight=5).status_code == 404
    task.refresh_from_db()
    assert (task.status, parcel_of(task.process).weight) == (STATUS.NEW, 0)


@pytest.mark.parametrize("persona", ["provider_manager_x", "procurement_officer", "officer_south"])
def test_whoever_sees_the_case_but_may_not_do_the_step_is_shown_the_case(persona, world, start):
    task = the_task(start(), ParcelFlow.weigh)
    client = world.client(persona)
    answer = client.get(reverse("task", args=[task.pk]))
    assert answer.headers["Location"] == reverse("case", args=[task.process_id])
    assert do(client, task, weight=5).status_code == 404
    assert parcel_of(task.process).weight == 0


def test_provider_cannot_send_the_council_s_answer_against_its_own_step(world, start):
    """The address names only a step: the stock engine's hole has no address here."""
    process = start()
    officer = world.client("contract_officer")
    done(officer, the_task(process, ParcelFlow.weigh), weight=1)
    done(officer, the_task(process, ParcelFlow.pack))
    done(officer, the_task(process, ParcelFlow.label))
    answer = the_task(process, ParcelFlow.answer)
    client = world.client("provider_manager_x")
    done(client, answer, verdict="fine")
    check = the_task(process, ParcelFlow.check)
    assert do(client, check, verdict="fine").status_code == 404
    assert open_steps(process) == {"check"}


def test_refusal_keeps_what_was_typed_and_writes_nothing(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    answer = do(world.client("contract_officer"), task, weight=101)
    assert answer.status_code == 422
    assert "This parcel is too heavy." in answer.content.decode()
    assert 'value="101"' in answer.content.decode()
    task.refresh_from_db()
    assert (task.status, task.owner) == (STATUS.NEW, None)


def test_second_officer_is_told_that_it_is_done_and_keeps_the_answer(world, start, colleague):
    task = the_task(start(), ParcelFlow.weigh)
    first, second = world.client("contract_officer"), world.client("colleague")
    done(first, task, weight=5)
    answer = do(second, task, weight=7)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "has done this step already" in page
    assert ">7<" in page
    assert parcel_of(task.process).weight == 5


def test_step_taken_by_a_colleague_is_not_done_by_another(world, start, colleague):
    task = the_task(start(), ParcelFlow.weigh)
    world.client("colleague").post(reverse("take_task", args=[task.pk]))
    answer = do(world.client("contract_officer"), task, weight=5)
    assert answer.status_code == 409
    assert "Second Officer has taken this step" in answer.content.decode()


def test_same_form_sent_twice_has_one_effect_and_the_same_answer(world, start):
    task, token = the_task(start(), ParcelFlow.weigh), uuid.uuid4()
    client = world.client("contract_officer")
    first = do(client, task, weight=5, form_token=token)
    second = do(client, task, weight=5, form_token=token)
    assert first.headers["Location"] == second.headers["Location"]
    assert parcel_of(task.process).weight == 5
    assert FormReceipt.objects.filter(token=token).count() == 1


def test_form_that_was_refused_may_be_sent_again_with_the_same_token(world, start):
    task, token = the_task(start(), ParcelFlow.weigh), uuid.uuid4()
    client = world.client("contract_officer")
    assert do(client, task, weight=101, form_token=token).status_code == 422
    assert do(client, task, weight=5, form_token=token).status_code == 302
    assert parcel_of(task.process).weight == 5


def test_looking_at_a_step_takes_nothing(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    assert world.client("contract_officer").get(reverse("task", args=[task.pk])).status_code == 200
    task.refresh_from_db()
    assert task.status == STATUS.NEW


def ready_to_check(world, process, packer="contract_officer"):
    done(world.client("contract_officer"), the_task(process, ParcelFlow.weigh), weight=5)
    done(world.client(packer), the_task(process, ParcelFlow.pack))
    done(world.client("contract_officer"), the_task(process, ParcelFlow.label))
    done(world.client("provider_manager_x"), the_task(process, ParcelFlow.answer), verdict="seen")
    return the_task(process, ParcelFlow.check)


def test_whoever_packed_may_not_check(world, start):
    check = ready_to_check(world, start(), packer="team_manager")
    answer = do(world.client("team_manager"), check, verdict="fine")
    assert answer.status_code == 422
    assert "somebody else must do it" in answer.content.decode()
    done(world.client("head_of_service"), check, verdict="fine")


def test_whoever_made_the_fact_may_not_check_it(world, start):
    process = start(packed_by=world.users["team_manager"].person_id)
    check = ready_to_check(world, process)
    assert do(world.client("team_manager"), check, verdict="fine").status_code == 422
    done(world.client("head_of_service"), check, verdict="fine")


def test_parcel_that_is_not_fine_goes_round_again(world, start):
    process = start()
    check = ready_to_check(world, process)
    done(world.client("team_manager"), check, verdict="poor")
    assert open_steps(process) == {"weigh"}


def test_council_that_reads_by_a_share_sees_the_case_and_does_nothing(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    Share.objects.filter(owner=world.north, kind=Share.Kind.VISITS).delete()
    client = world.client("officer_south")
    assert client.get(reverse("case", args=[task.process_id])).status_code == 404
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.VISITS, from_on=today())
    assert client.get(reverse("case", args=[task.process_id])).status_code == 200
    assert do(client, task, weight=5).status_code == 404


def test_step_whose_node_is_gone_still_has_a_page(world, start):
    process = start()
    task = the_task(process, ParcelFlow.weigh)
    Task.objects.filter(pk=task.pk).update(flow_task=ParcelFlow.stamp)
    client = world.client("contract_officer")
    assert client.get(reverse("case", args=[process.pk])).status_code == 200
    assert client.get(reverse("inbox")).status_code == 200
    assert do(client, task, weight=5).status_code == 404


def test_step_can_be_done_from_code_with_every_check_of_the_page(world, start):
    task = the_task(start(), ParcelFlow.weigh)
    complete_task(task, world.as_("contract_officer"))
    assert open_steps(task.process) == {"pack", "label"}
