"""Loads `code_lists.json`: adds the codes that are missing and changes none that stand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from providers.directory.models import (
    AgencyKind,
    Clock,
    EnforcementType,
    Forum,
    Grade,
    GradeScale,
    InspectionType,
    ProvisionType,
    RegistrationState,
    ScaleJudgement,
)
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as

FILE = Path(__file__).with_name("code_lists.json")
PLAIN = {
    "registration_states": RegistrationState,
    "inspection_types": InspectionType,
    "enforcement_types": EnforcementType,
    "forums": Forum,
    "agency_kinds": AgencyKind,
    "clocks": Clock,
}


@reference.register
@transaction.atomic
def load_code_lists() -> int:
    """Add the codes that are missing and return how many."""
    lists = json.loads(FILE.read_text(encoding="utf-8"))
    with audit_as(reason="Reference data"):
        scales = missing(GradeScale, lists["grade_scales"])
        for entry in scales:
            _add_scale(**entry)
        types = missing(ProvisionType, lists["provision_types"])
        by_code = {scale.code: scale for scale in GradeScale.objects.all()} if types else {}
        added = ProvisionType.objects.audited_create(
            [ProvisionType(**entry | {"scale": by_code.get(entry["scale"])}) for entry in types]
        )
        model: Any  # mypy takes the base of all code lists for the kind made here
        for name, model in PLAIN.items():
            added += model.objects.audited_create([model(**entry) for entry in missing(model, lists[name])])
    return len(scales) + len(added)


def missing(model: Any, entries: list[dict]) -> list[dict]:
    """Return the entries whose code the table lacks, with their place in the list."""
    standing = set(model.objects.values_list("code", flat=True))
    placed = [entry | {"order": order} for order, entry in enumerate(entries, start=1)]
    return [entry for entry in placed if entry["code"] not in standing]


def _add_scale(*, judgements: Sequence[dict] = (), grades: list, **values) -> None:
    scale = GradeScale.objects.create(**values)
    ScaleJudgement.objects.audited_create(
        [
            ScaleJudgement(scale=scale, code=code, label=label, order=order)
            for order, (code, label) in enumerate(judgements, start=1)
        ]
    )
    worst = max(grade[2] or 0 for grade in grades)
    Grade.objects.audited_create(
        [
            Grade(
                scale=scale,
                code=code,
                label=label,
                rank=rank,
                also_written="".join(also_written),
                is_worst=rank == worst,
            )
            for code, label, rank, *also_written in grades
        ]
    )
