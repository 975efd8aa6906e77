"""The process of a visit and its open tasks."""

from typing import Any

from viewflow.workflow.models import Process, Task

from inspections.visits.models import Visit
from workflows.models import VisitCase
from workflows.shared.selectors import waiting


def process_of(visit: Visit) -> Process:
    return VisitCase.objects.select_related("process").get(subject=visit).process


def open_step(visit: Visit, node: Any = None) -> Task | None:
    """Return the open task of the visit, of `node` if one is given."""
    found = waiting().filter(process__in=VisitCase.objects.filter(subject=visit).values("process"))
    return (found.filter(flow_task=node) if node else found).first()
