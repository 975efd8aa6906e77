"""Imports every slice's tables, so that Django finds them."""

from inspections.actions.models import Action, ActionEvidence, ActionExtension
from inspections.frameworks.models import (
    Framework,
    FrameworkProvisionType,
    FrameworkVersion,
    Question,
    Standard,
)
from inspections.ofsted.import_requests import ImportRequest
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
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
    "CouncilValidation",
    "Framework",
    "FrameworkProvisionType",
    "FrameworkVersion",
    "ImportRequest",
    "Inspection",
    "Judgement",
    "PeopleSpokenTo",
    "Question",
    "RegisterEntry",
    "RegisterFile",
    "ReportVersion",
    "SelfAssessment",
    "SelfAssessmentAnswer",
    "Standard",
    "Submission",
    "Visit",
    "VisitAnswer",
    "VisitAssessor",
    "VisitConcern",
    "VisitEvidence",
    "VisitStandard",
]
