"""Who recorded each piece of evidence of a score: by what they act as, never by name."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue, StageMove
from inspections.ofsted.models import Inspection
from inspections.scorecards.results import Row, Scorecard
from inspections.scorecards.scoring import Cell, Evidence, Score
from inspections.self_assessments.models import SelfAssessment
from inspections.visits.models import Visit
from providers.documents.models import Document
from providers.people.models import Membership


def whose_word() -> Case:
    """Of an issue: who took it to the stage at which it stands, nobody where a deadline did; else who triaged it."""
    moves = StageMove.objects.filter(issue=OuterRef("pk")).order_by("-pk")
    by_deadline, decided = (Subquery(moves.values(column)[:1]) for column in ("by_deadline", "decided_by"))
    somebody = Coalesce(decided, "triaged_by", "opened_by", output_field=BigIntegerField())
    return Case(When(Exact(by_deadline, True), then=None), default=somebody, output_field=BigIntegerField())


RECORDERS: dict[str, tuple[Any, Any]] = {
    "inspection": (Inspection, F("recorded_by")),
    "visit": (Visit, F("published_by")),
    "issue": (
        ContractIssue,
        whose_word(),
    ),
    "action": (Action, Coalesce("verified_by", "done_by", "opened_by")),
    "self_assessment": (SelfAssessment, F("validated_by")),
    "document": (Document, F("uploaded_by")),
}
"""Kind of evidence -> its table, and whose word it is."""

OFSTED, PORTAL = "Ofsted’s file", "The portal, by a rule"
OF_THE_FILE = {"inspection", "setting"}


def with_recorders(card: Scorecard) -> Scorecard:
    """One query for each kind of evidence there is, and two for whoever recorded it: for profiles."""
    told = recorders_of([one for row in card.rows for one in evidence_of(row.score)])

    def named(one: Evidence) -> Evidence:
        nobody = OFSTED if one.kind in OF_THE_FILE else PORTAL
        return replace(one, recorded_by=told.get((one.kind, one.ref), nobody))

    def named_cell(cell: Cell) -> Cell:
        evidence = tuple(named(one) for one in cell.reading.evidence)
        return replace(cell, reading=replace(cell.reading, evidence=evidence))

    def named_row(row: Row) -> Row:
        cells = tuple(named_cell(cell) for cell in row.score.cells)
        limits = tuple(replace(limit, evidence=named(limit.evidence)) for limit in row.score.limits)
        return replace(row, score=replace(row.score, cells=cells, limits=limits))

    return replace(card, rows=tuple(named_row(row) for row in card.rows))


def evidence_of(score: Score) -> list[Evidence]:
    every = [one for cell in score.cells for one in cell.reading.evidence]
    return [*every, *(limit.evidence for limit in score.limits)]


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
