"""Imports every slice's tables, so that Django finds them."""

from inspections.actions.models import Action, ActionEvidence, ActionExtension
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
from inspections.visits.models import (
    AccuracyComment,
    AccuracyExtension,
    PeopleSpokenTo,
    ReportVersion,
    Visit,
    VisitAnswer,
    VisitAssessor,
    VisitConcern,
    VisitEvidence,
    VisitStandard,
)

__all__ = [
    "AccuracyComment",
    "AccuracyExtension",
    "Action",
    "ActionEvidence",
    "ActionExtension",
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
    "PeopleSpokenTo",
    "PlanStep",
    "Question",
    "RegisterEntry",
    "RegisterFile",
    "ReportVersion",
    "SelfAssessment",
    "SelfAssessmentAnswer",
    "StageMove",
    "StageProposal",
    "Standard",
    "Submission",
    "Visit",
    "VisitAnswer",
    "VisitAssessor",
    "VisitConcern",
    "VisitEvidence",
    "VisitStandard",
]
