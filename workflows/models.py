"""Imports every slice's tables, so that Django finds them."""

from workflows.applications.models import ApplicationCase, LotCase
from workflows.issues.models import IssueCase
from workflows.recorded_inspections.models import RatingCase
from workflows.self_assessments.models import SelfAssessmentCase
from workflows.shared.models import Case, StandIn, TaskClock, TaskEvent
from workflows.visits.models import VisitCase

__all__ = [
    "ApplicationCase",
    "Case",
    "IssueCase",
    "LotCase",
    "RatingCase",
    "SelfAssessmentCase",
    "StandIn",
    "TaskClock",
    "TaskEvent",
    "VisitCase",
]
