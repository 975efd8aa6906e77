"""Imports every slice's tables, so that Django finds them."""

from inspections.frameworks.models import (
    Framework,
    FrameworkProvisionType,
    FrameworkVersion,
    Question,
    Standard,
)
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
from inspections.self_assessments.models import (
    Campaign,
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    Submission,
)

__all__ = [
    "Campaign",
    "Concern",
    "ContractIssue",
    "CouncilValidation",
    "Framework",
    "FrameworkProvisionType",
    "FrameworkVersion",
    "ImportRequest",
    "ImprovementPlan",
    "Inspection",
    "InspectionItem",
    "IssueNotice",
    "IssueStage",
    "Judgement",
    "PlanStep",
    "Question",
    "RegisterEntry",
    "RegisterFile",
    "SelfAssessment",
    "SelfAssessmentAnswer",
    "StageMove",
    "StageProposal",
    "Standard",
    "Submission",
]
