"""Imports every slice's tables, so that Django finds them."""

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

__all__ = [
    "Campaign",
    "CouncilValidation",
    "Framework",
    "FrameworkProvisionType",
    "FrameworkVersion",
    "ImportRequest",
    "Inspection",
    "Judgement",
    "Question",
    "RegisterEntry",
    "RegisterFile",
    "SelfAssessment",
    "SelfAssessmentAnswer",
    "Standard",
    "Submission",
]
