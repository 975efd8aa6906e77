"""Imports every slice's tables, so that Django finds them."""

from workflows.onboarding.models import ApplicationCase, LotCase
from workflows.shared.models import Case, StandIn, TaskClock, TaskEvent

__all__ = ["ApplicationCase", "Case", "LotCase", "StandIn", "TaskClock", "TaskEvent"]
