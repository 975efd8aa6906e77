"""Drives a flow as people do: by its pages."""

import re

from django.urls import reverse
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

OPEN = (STATUS.NEW, STATUS.ASSIGNED)


def process_of(flow_class, subject) -> Process:
    return flow_class.link.objects.select_related("process").get(subject=subject).process


def the_task(process: Process, node) -> Task:
    """The newest task of `node`."""
    return Task.objects.filter(process=process.pk, flow_task=node).order_by("-pk")[0]


def open_steps(process: Process) -> set[str]:
    tasks = Task.objects.filter(process=process.pk, flow_task_type="HUMAN", status__in=OPEN)
    return {task.flow_task.name for task in tasks}


def do(client, task: Task, **answers):
    """The answer to the step's form, sent by the person of `client`."""
    return client.post(reverse("task", args=[task.pk]), answers)


def done(client, task: Task, **answers) -> None:
    """Sends the step's form and insists that it was taken."""
    answer = do(client, task, **answers)
    task.refresh_from_db()
    assert (answer.status_code, task.status) == (302, STATUS.DONE), (
        answer.status_code,
        task.status,
        re.findall(r"govuk-error-summary__list.*?</ul>", answer.content.decode(), re.DOTALL),
    )
