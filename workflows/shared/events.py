"""The log of steps, written whenever a task is saved in another state or with another owner.

Viewflow's own `task_started` is sent on every GET of a form and every answer that was wrong, so the log
listens to the row instead.
"""

import logging
import sys

from django.db.models.signals import post_init, post_save
from django.dispatch import receiver
from viewflow.workflow.models import Task
from viewflow.workflow.signals import task_failed

from qa_portal.core.audit.audit_context import current_actor
from workflows.shared.models import TaskEvent

log = logging.getLogger("qa.flows")


@receiver(post_init, sender=Task, dispatch_uid="qa-task-read")
def remember(sender, instance, **_) -> None:
    values = instance.__dict__  # a deferred column must stay deferred
    instance.was = (values.get("status"), values.get("owner_id")) if instance.pk else ("", None)


@receiver(post_save, sender=Task, dispatch_uid="qa-task-saved")
def record(sender, instance, created, **_) -> None:
    before, now = ("", None) if created else instance.was, (str(instance.status), instance.owner_id)
    if before == now:
        return
    instance.was = now
    actor, node = current_actor(), instance.flow_task
    TaskEvent.objects.create(
        process_id=instance.process_id,
        task_id=instance.pk,
        flow=str(node.flow_class) if node else "",
        node=node.name if node else "",
        node_type=instance.flow_task_type,
        from_status=str(before[0] or ""),
        to_status=now[0],
        from_owner_id=before[1],
        owner_id=now[1],
        user_id=actor.user_id,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        role=actor.role,
        reason=actor.reason,
        request_id=actor.request_id,
    )


@receiver(task_failed, dispatch_uid="qa-task-failed")
def scrub(sender, process, task, **_) -> None:
    """Viewflow keeps the message, the traceback and every local variable: people's names among them."""
    error = sys.exception()
    name = type(error).__name__ if error else "Error"
    task.data["_exception"] = {"title": name}
    task.save(update_fields=["data"])
    log.error(
        "step failed process=%s task=%s node=%s error=%s", process.pk, task.pk, task.flow_task.name, name
    )
