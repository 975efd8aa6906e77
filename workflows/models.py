"""Links from a process to the fact that it moves, and the imports by which Django finds every table."""

from django.db import models

from inspections.issues.models import ContractIssue
from inspections.ofsted.models import Inspection
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.purchasing.models import Application, ApplicationLot
from workflows.shared.models import Case, CaseLink, StandIn, TaskClock, TaskEvent

__all__ = [
    "ApplicationCase",
    "Case",
    "IssueCase",
    "LotCase",
    "RecordedInspectionCase",
    "SelfAssessmentCase",
    "StandIn",
    "TaskClock",
    "TaskEvent",
    "VisitCase",
]


class ApplicationCase(CaseLink):
    subject = models.OneToOneField(Application, models.PROTECT, related_name="case")

    def __str__(self) -> str:
        return f"process {self.process_id} of application {self.subject_id}"


class IssueCase(CaseLink):
    subject = models.OneToOneField(ContractIssue, models.PROTECT, related_name="case_link")


class LotCase(CaseLink):
    subject = models.OneToOneField(ApplicationLot, models.PROTECT, related_name="case")

    def __str__(self) -> str:
        return f"process {self.process_id} of lot {self.subject_id}"


class RecordedInspectionCase(CaseLink):
    subject = models.OneToOneField(Inspection, models.PROTECT, related_name="case_link")


class SelfAssessmentCase(CaseLink):
    subject = models.OneToOneField(SelfAssessment, models.PROTECT, related_name="case_link")


class VisitCase(CaseLink):
    subject = models.OneToOneField(Visit, models.PROTECT, related_name="case")
