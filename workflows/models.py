"""Imports every slice's tables, so that Django finds them."""

from workflows.shared.models import Case, StandIn, TaskClock, TaskEvent
from workflows.visits.models import VisitCase

__all__ = ["Case", "StandIn", "TaskClock", "TaskEvent", "VisitCase"]
