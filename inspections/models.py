"""Imports every slice's tables, so that Django finds them."""

from inspections.issues.models import (
    Concern,
    ContractIssue,
    ImprovementPlan,
    IssueNotice,
    IssueStage,
    PlanStep,
    StageMove,
    StageProposal,
)
from inspections.ofsted.import_requests import ImportRequest
from inspections.ofsted.models import Inspection, InspectionItem, Judgement, RegisterEntry, RegisterFile

__all__ = [
    "Concern",
    "ContractIssue",
    "ImportRequest",
    "ImprovementPlan",
    "Inspection",
    "InspectionItem",
    "IssueNotice",
    "IssueStage",
    "Judgement",
    "PlanStep",
    "RegisterEntry",
    "RegisterFile",
    "StageMove",
    "StageProposal",
]
