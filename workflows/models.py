"""Imports every slice's tables, so that Django finds them."""

from workflows.issues.models import IssueCase
from workflows.ratings.models import RatingCase
from workflows.self_assessments.models import SelfAssessmentCase
from workflows.onboarding.models import ApplicationCase, LotCase
from workflows.shared.models import Case, StandIn, TaskClock, TaskEvent
from workflows.visits.models import VisitCase

__all__ = [
    "Case",
    "IssueCase",
    "RatingCase",
    "SelfAssessmentCase",
    "StandIn",
    "TaskClock",
    "TaskEvent",
    "VisitCase",
]
__all__ = ["ApplicationCase", "Case", "LotCase", "StandIn", "TaskClock", "TaskEvent"]
