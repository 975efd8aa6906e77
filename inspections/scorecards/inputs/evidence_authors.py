"""Authors of the evidence behind a score, by the role they act in, never by name."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from inspections.scorecards.inputs.domains import DOMAINS
from inspections.scorecards.scoring.arithmetic import DomainCell, Evidence, Score
from inspections.scorecards.scoring.results import Row, Scorecard
from providers.people.models import Membership

AUTHORS: dict[str, tuple[Any, Any]] = {
    source.evidence_kind: (source.table, source.author) for source in DOMAINS
}
"""Kind of evidence -> its table, and an expression for the membership that recorded it."""

OFSTED, PORTAL = "Ofsted’s file", "The portal, by a rule"
OF_THE_FILE = {"inspection", "setting"}


def with_recorders(card: Scorecard) -> Scorecard:
    """Return the scorecard with the author of each piece of evidence, for profiles.

    Runs one query for each kind of evidence present, and two for the authors.
    """
    told = recorders_of([one for row in card.rows for one in evidence_of(row.score)])

    def named(one: Evidence) -> Evidence:
        nobody = OFSTED if one.kind in OF_THE_FILE else PORTAL
        return replace(one, recorded_by=told.get((one.kind, one.ref), nobody))

    def named_cell(cell: DomainCell) -> DomainCell:
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
    """Return authors by kind and reference; evidence from an Ofsted file has none."""
    refs: dict[str, set[str]] = defaultdict(set)
    for one in evidence:
        if one.kind in AUTHORS:
            refs[one.kind].add(one.ref)
    found = {}
    for kind, wanted in refs.items():
        table, who = AUTHORS[kind]
        rows = table.objects.filter(public_id__in=wanted).annotate(said_by=who).order_by()
        for ref, membership in rows.values_list("public_id", "said_by"):
            if membership:
                found[kind, str(ref)] = membership
    members = Membership.objects.select_related("organisation").in_bulk(set(found.values()))
    return {key: str(members[membership]) for key, membership in found.items()}
