"""Recorded inspections at each point of their way. All of it invented."""

import datetime as dt

from inspections.ofsted.models import Inspection
from inspections.ofsted.recorded_inspections import InspectionOutcome
from providers.directory.models import GradeScale, InspectionType, Setting
from qa_portal.core.dates import today
from tests.factories.world import World
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.recorded_inspections.services import record_inspection

OVERALL, HELPED, LEADERS = "overall_experiences_and_progress", "helped_and_protected", "leaders_and_managers"
REPORT = "https://reports.ofsted.gov.uk/provider/1/2600000"


def grades(overall: str = "", helped: str = "", leaders: str = "", scale: str = "SCCIF-4") -> dict:
    """By the scale's codes; words as on the scale."""
    of = {grade.label: grade for grade in GradeScale.objects.get(code=scale).grades.all()}
    given = {OVERALL: overall, HELPED: helped, LEADERS: leaders}
    return {code: of[words] for code, words in given.items() if words}


def outcome(overall: str = "Inadequate", *, status: str = "published", **values) -> InspectionOutcome:
    published_on = today() if status == "published" else None
    judgements = values.pop("judgements", None) or grades(overall)
    return InspectionOutcome(status=status, judgements=judgements, published_on=published_on, **values)


def recorded(world: World, setting: Setting, given: InspectionOutcome | None = None, **values) -> Inspection:
    """By the contract officer of the north, a full inspection of ten days ago."""
    return record_inspection(
        by=world.as_(values.pop("by", "contract_officer")),
        setting=setting,
        inspection_type=InspectionType.objects.get(code=values.pop("kind", "full")),
        inspected_on=values.pop("inspected_on", today() - dt.timedelta(days=10)),
        scale=GradeScale.objects.get(code=values.pop("scale", "SCCIF-4")),
        outcome=given or outcome(),
    )


def process_of(inspection: Inspection):
    return RecordedInspectionFlow.link.objects.select_related("process").get(subject=inspection).process
