import pytest
from django.db.models.signals import post_init, post_save
from viewflow.workflow.models import Task

from workflows.shared import events


@pytest.fixture
def unlogged():
    """Switches our log of steps off, which listens to every Task, and on again."""

    def switch(on: bool) -> None:
        for signal, receiver, uid in (
            (post_init, events.remember, "qa-task-read"),
            (post_save, events.record, "qa-task-saved"),
        ):
            if on:
                signal.connect(receiver, sender=Task, dispatch_uid=uid)
            else:
                signal.disconnect(sender=Task, dispatch_uid=uid)

    yield switch
    switch(True)
