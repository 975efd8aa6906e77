"""What the controls share: each takes a defence away and shows the fault that it keeps out."""

from django.db import connection

from qa_portal.core.audit import guard
from tests.flows.replay import illegal_steps
from workflows.shared.models import TaskEvent


def faults_of_the_log() -> list[str]:
    """What the replay says of the log; the log is emptied, for the suite replays it after every test."""
    told = illegal_steps(TaskEvent.objects.all())
    guard.unlock(connection)
    TaskEvent.objects.all()._raw_delete("default")
    return told
