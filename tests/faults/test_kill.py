"""The web worker is killed in the middle of a step: nothing is lost, nothing is done twice."""

import os
import signal
import uuid

import pytest
from django.urls import reverse
from viewflow.workflow.status import STATUS

from tests.flows.driving import open_steps, the_task
from tests.parcels.flows import ParcelFlow

pytestmark = pytest.mark.slow
WEIGHT = 5


@pytest.fixture
def killed(start, visit, gate, aside):
    """Sends the weight, kills the worker that is at it; the process, the step's address, and the visitor."""

    def killed(fault: str):
        process = start()
        address = reverse("task", args=[the_task(process, ParcelFlow.weigh).pk])
        visitor, token = visit("contract_officer", fault), uuid.uuid4()
        sent = aside(visitor.post, address, weight=WEIGHT, form_token=token)
        [worker] = gate.reached_by(1)
        os.kill(worker, signal.SIGKILL)
        assert sent.result().status is None
        gate.open()
        return process, lambda: visitor.post(address, weight=WEIGHT, form_token=token)

    return killed


def weight_of(process) -> int:
    return ParcelFlow.instance.subject(process).weight


def test_worker_killed_in_a_step_leaves_it_open_and_a_retry_has_one_effect(killed):
    process, send_again = killed("wait in the step")
    task = the_task(process, ParcelFlow.weigh)
    assert (task.status, task.owner, weight_of(process)) == (STATUS.NEW, None, 0)
    answers = [send_again(), send_again()]
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert weight_of(process) == WEIGHT
    assert open_steps(process) == {"pack", "label"}


def test_control_effect_committed_before_its_step_is_there_twice(killed):
    process, send_again = killed("control: commit before the step")
    assert (the_task(process, ParcelFlow.weigh).status, weight_of(process)) == (STATUS.NEW, WEIGHT)
    assert send_again().status == 302
    assert weight_of(process) == 2 * WEIGHT
