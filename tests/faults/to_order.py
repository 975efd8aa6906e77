"""Faults that a process has by order of a test. Those named "control" take the portal's defence away."""

import os
from pathlib import Path

from django.db import transaction

from qa_portal.core import due
from tests.faults.gate import Gate
from tests.parcels.flows import Weigh
from workflows.reactions import imports, open_issues
from workflows.shared.due import due_timers, fire


def the_gate() -> Gate:
    return Gate(Path(os.environ["QA_FAULT_GATE"]))


def wait_in_the_step() -> None:
    """The step has written, and nothing is committed."""
    act = Weigh.act

    def slowly(self, form):
        act(self, form)
        the_gate().wait()

    Weigh.act = slowly


def commit_before_the_step() -> None:
    """Control: what the step does is committed before the step is."""

    def early(self, form):
        with transaction.atomic():
            Weigh.act(self, form)
        return self.run(the_gate().wait, form)

    Weigh.form_valid = early


def deliver_twice() -> None:
    """Every process that does the due work has read its list before any acts on it."""
    due.register(due.DueWork("fire timers", timers_read_before, fire))


def deliver_twice_unchecked() -> None:
    """Control: without the lock, and without a second look at the timer."""
    due.register(due.DueWork("fire timers", timers_read_before, fire_unchecked))


def timers_read_before() -> list:
    timers = list(due_timers().select_related("process"))
    if timers:
        the_gate().wait()
    return timers


def fire_unchecked(task) -> None:
    with transaction.atomic():
        activation = task.flow_task.activation_class(task)
        activation.start()
        activation.execute()


def wait_between_cases() -> None:
    """The rows of the import are written, the first case is open, and nothing is committed."""
    open_worse = open_issues.open_worse

    def slowly(**facts):
        opened = open_worse(**facts)
        the_gate().wait()
        return opened

    open_issues.open_worse = slowly


def commit_between_cases() -> None:
    """Control: the rows, and each case, are committed for themselves."""
    wait_between_cases()
    imports.apply_feed_and_open_cases = imports.apply_feed_and_open_cases.__wrapped__
    open_issues.open_case = committed(open_issues.open_case)


def committed(service):
    def alone(**facts):
        with transaction.atomic(durable=True):
            return service(**facts)

    return alone


FAULTS = {
    "none": lambda: None,
    "no health checks": lambda: None,  # in the settings
    "wait in the step": wait_in_the_step,
    "control: commit before the step": commit_before_the_step,
    "deliver twice": deliver_twice,
    "control: deliver twice unchecked": deliver_twice_unchecked,
    "wait between cases": wait_between_cases,
    "control: commit between cases": commit_between_cases,
}
