"""Records an inspection and asks for its verification; ends the process where the record has ended."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from inspections.ofsted import recorded_inspections
from inspections.ofsted.models import Inspection
from providers.people.models import User
from workflows.models import RecordedInspectionCase
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.shared.services import cancel_process


@transaction.atomic
def record_inspection(*, by: User, **facts: Any) -> Inspection:
    """Record an inspection and ask for its verification; `facts` are those of `record_inspection`."""
    inspection = recorded_inspections.record_inspection(by=by, **facts)
    RecordedInspectionFlow.start.run(inspection=inspection)
    return inspection


def withdraw_inspection(*, by: User, inspection: Inspection, reason: str) -> None:
    """Withdraw the record and end its open tasks. The process is locked first, as its steps do."""
    process = RecordedInspectionCase.objects.select_related("process").get(subject=inspection).process
    with RecordedInspectionFlow.lock(process.pk):
        recorded_inspections.withdraw_inspection(by=by, inspection=inspection, reason=reason)
        cancel_process(process)


def overtaken_cases() -> QuerySet[RecordedInspectionCase]:
    """Return open cases whose inspection Ofsted's file has since published: nothing is left to verify."""
    return RecordedInspectionCase.objects.filter(
        process__finished=None, subject__superseded_by__isnull=False
    ).select_related("process")


def end_overtaken(case: RecordedInspectionCase) -> None:
    cancel_process(case.process)
