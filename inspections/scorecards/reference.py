"""Loader of the definition that comes with the portal, `definition.json`."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from inspections.issues.models import IssueStage
from inspections.scorecards.models import (
    ExpectedDocument,
    GradePoints,
    InspectionCycle,
    LimitingRule,
    ScorecardBand,
    ScorecardDefinition,
    ScorecardDomain,
    StagePoints,
)
from providers.directory.models import Grade, ProvisionType
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as

FILE = Path(__file__).with_name("definition.json")


@reference.register
def load_definition() -> bool:
    """Add the first version if there is none, and change no existing one. Return True if it was added."""
    told = json.loads(FILE.read_text("utf-8"))
    if ScorecardDefinition.objects.filter(version=told["version"]).exists():
        return False
    with transaction.atomic(), audit_as(reason="Reference data"):
        add(told)
    return True


def add(told: dict) -> ScorecardDefinition:
    """Add a definition.

    Grades, types and stages are given by code; a code that is not in the lists fails the load.
    """
    columns = ("version", "from_on", "coverage_floor", "source")
    made = ScorecardDefinition.objects.create(**{name: told[name] for name in columns})
    grades = {(grade.scale.code, grade.code): grade for grade in Grade.objects.select_related("scale")}
    types = {kind.code: kind for kind in ProvisionType.objects.filter(to_on=None)}
    stages = {str(stage.number): stage for stage in IssueStage.objects.all()}
    rows: dict[Any, list[dict]] = {
        ScorecardDomain: [{"order": place} | row for place, row in enumerate(told["domains"])],
        ScorecardBand: told["bands"],
        GradePoints: [
            {"grade": grades[scale, code], "points": points}
            for scale, worth in told["grade_points"].items()
            for code, points in worth.items()
        ],
        StagePoints: [{"stage": stages[n], "points": points} for n, points in told["stage_points"].items()],
        InspectionCycle: [
            {"provision_type": types[code], "stale_after_days": days} for code, days in told["cycles"].items()
        ],
        ExpectedDocument: [{"kind": kind} for kind in told["documents"]],
        LimitingRule: [{"rule": rule, "cap": cap} for rule, cap in told["rules"].items()],
    }
    for table, values in rows.items():
        table.objects.audited_create([table(definition=made, **one) for one in values])
    return made
