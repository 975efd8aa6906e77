"""Inspections that officers recorded before a file had them."""

import datetime as dt

from inspections.ofsted.models import Inspection
from inspections.ofsted.recorded_inspections import InspectionOutcome, scale_on, verify_inspection
from providers.directory.models import InspectionType
from qa_portal.core.present import present
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story.story_steps import as_, do, in_days, setting
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.recorded_inspections.services import record_inspection

Status = Inspection.OutcomeStatus
JUDGED = ("overall_experiences_and_progress", "helped_and_protected", "leaders_and_managers")
REQUIREMENT = "Staff must be supervised at least once a month (regulation 33)."


@once
def told_beforehand(name: str, grade: str) -> None:
    """Record it as an officer does before Ofsted publishes: it waits for a colleague to verify it."""
    recorded(name, grade, inspected_on=in_days(-8))


def published(name: str, grade: str) -> Story:
    """Ahead of Ofsted's file: published, recorded, verified by somebody else, and it counts."""
    inspection = recorded(
        name, grade, inspected_on=in_days(-40), published_on=in_days(-5), requirements=[REQUIREMENT]
    )
    yield 2
    do(
        "officer",
        RecordedInspectionFlow.verify,
        inspection,
        lambda by: verify_inspection(by=by, inspection=inspection),
    )


def recorded(
    name: str, grade: str, *, inspected_on: dt.date, published_on: dt.date | None = None, **told
) -> Inspection:
    """Record an inspection whose three judgements have the same grade; unpublished it is provisional."""
    place, kind = setting(name), InspectionType.objects.get(code="full")
    scale = present(scale_on(place, kind, inspected_on))
    grades = dict.fromkeys(JUDGED, scale.grades.get(code=grade))
    status = Status.PUBLISHED if published_on else Status.PROVISIONAL
    with as_("officer2") as officer:
        return record_inspection(
            by=officer,
            setting=place,
            inspection_type=kind,
            inspected_on=inspected_on,
            scale=scale,
            outcome=InspectionOutcome(status=status, judgements=grades, published_on=published_on, **told),
        )
