"""Who recorded each piece of evidence of one score: by what they act as, never by name."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.ofsted.models import Inspection
from inspections.scorecards.results import Row
from inspections.scorecards.scoring import Cell, Evidence, Limit
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.documents.models import Document
from providers.people.models import Membership

RECORDERS: dict[str, tuple[Any, Any]] = {
    "inspection": (Inspection, F("recorded_by")),
    "visit": (Visit, F("published_by")),
    "issue": (ContractIssue, F("opened_by")),
    "action": (Action, Coalesce("verified_by", "done_by", "opened_by")),
    "self_assessment": (SelfAssessment, F("validated_by")),
    "document": (Document, F("uploaded_by")),
}
"""Kind of evidence -> its table, and whose word it is."""

OFSTED = "Ofsted’s file"


def with_recorders(row: Row) -> Row:
    """One query for each kind of evidence there is, and one for whoever recorded it."""
    score = row.score
    every = [one for cell in score.cells for one in cell.reading.evidence]
    told = recorders_of([*every, *(limit.evidence for limit in score.limits)])

    def named(one: Evidence) -> Evidence:
        return replace(one, recorded_by=told.get((one.kind, one.ref), OFSTED))

    def named_cell(cell: Cell) -> Cell:
        evidence = tuple(named(one) for one in cell.reading.evidence)
        return replace(cell, reading=replace(cell.reading, evidence=evidence))

    def named_limit(limit: Limit) -> Limit:
        return replace(limit, evidence=named(limit.evidence))

    cells, limits = tuple(map(named_cell, score.cells)), tuple(map(named_limit, score.limits))
    return replace(row, score=replace(score, cells=cells, limits=limits))


def recorders_of(evidence: list[Evidence]) -> dict[tuple[str, str], str]:
    """By kind and reference; what Ofsted's own file told has nobody here."""
    refs: dict[str, set[str]] = defaultdict(set)
    for one in evidence:
        if one.kind in RECORDERS:
            refs[one.kind].add(one.ref)
    found = {}
    for kind, wanted in refs.items():
        table, who = RECORDERS[kind]
        rows = table.objects.filter(public_id__in=wanted).annotate(said_by=who).order_by()
        for ref, membership in rows.values_list("public_id", "said_by"):
            if membership:
                found[kind, str(ref)] = membership
    members = Membership.objects.select_related("organisation").in_bulk(set(found.values()))
    return {key: str(members[membership]) for key, membership in found.items()}
