"""What sets an application in motion and what stops it."""

from contextlib import ExitStack

from django.db import transaction
from viewflow.workflow.models import Process

from providers.people.models import User
from providers.purchasing.models import Application
from providers.purchasing.services.applications import submit_application, withdraw_application
from workflows.applications.flows import ApplicationFlow
from workflows.shared.services import cancel_process


@transaction.atomic
def send_application(*, by: User, application: Application) -> Application:
    application = submit_application(by=by, application=application)
    ApplicationFlow.start.run(application=application)
    return application


@transaction.atomic
def withdraw(*, by: User, application: Application, because: str = "") -> None:
    """Withdraw the application and cancel its processes.

    Processes are locked before facts, as in every step.
    """
    process = Process.objects.filter(
        pk__in=ApplicationFlow.link.objects.filter(subject=application).values("process")
    ).first()
    with ExitStack() as locks:
        for one in with_children(process):
            locks.enter_context(one.flow_class.lock(one.pk))
        withdraw_application(by=by, application=application, because=because)
        if process:
            cancel_process(process)


def with_children(process: Process | None) -> list[Process]:
    if process is None:
        return []
    running = Process.objects.filter(parent_task__process=process, finished=None).order_by("pk")
    return [process, *running]
