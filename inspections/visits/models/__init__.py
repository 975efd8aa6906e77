from inspections.visits.models.concerns import VisitConcern
from inspections.visits.models.records import PeopleSpokenTo, VisitAnswer, VisitEvidence
from inspections.visits.models.reports import AccuracyComment, AccuracyExtension, ReportVersion
from inspections.visits.models.visits import Visit, VisitAssessor, VisitStandard

__all__ = [
    "AccuracyComment",
    "AccuracyExtension",
    "PeopleSpokenTo",
    "ReportVersion",
    "Visit",
    "VisitAnswer",
    "VisitAssessor",
    "VisitConcern",
    "VisitEvidence",
    "VisitStandard",
]
