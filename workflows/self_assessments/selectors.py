"""The open tasks of a self-assessment."""

from viewflow.workflow.models import Task

from inspections.self_assessments.models import SelfAssessment
from providers.people.models import User
from workflows.shared.selectors import OPEN, reachable_tasks


def process_id_of(assessment: SelfAssessment) -> int | None:
    """Return the id of the process, or None before the campaign opens."""
    link = getattr(assessment, "case_link", None)
    return link.process_id if link else None


def step_for(user: User, assessment: SelfAssessment) -> Task | None:
    """Return the open task that the user may do now."""
    process = process_id_of(assessment)
    if process is None:
        return None
    task = reachable_tasks(user).filter(process=process, status__in=OPEN).select_related("owner").first()
    if task is None or task.owner_id not in (None, user.pk):
        return None
    return task if task.flow_task.may_do(user, task) else None
