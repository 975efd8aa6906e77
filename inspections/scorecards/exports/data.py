"""JSON of a scorecard and of a profile: docs/scorecard-json.md tells its shape. Keys keep their order.

A profile lists the records behind each area; a scorecard of thousands leaves them to the profiles.
"""

import datetime as dt
import json
from typing import Any

from inspections.scorecards.exports.profiles import Profile, profile_figures
from inspections.scorecards.figures import Figures, digest, figures, line_of
from inspections.scorecards.results import Row, Scorecard
from inspections.scorecards.scoring import WORST_FIRST, Cell, Definition, Evidence, Limit, Score

SHAPE = 1
"""Raised when a key goes or changes its meaning; not when one is added."""


def as_json(scorecard: Scorecard) -> bytes:
    rows = [row_shape(row) for row in scorecard.rows]
    bands = {band.value: scorecard.bands[band] for band in WORST_FIRST}
    return written({**head("scorecard", scorecard), "bands": bands, "rows": rows}, figures(scorecard))


def profile_as_json(profile: Profile) -> bytes:
    trend = [
        {
            "on": end.on.isoformat(),
            "band": end.band.value,
            "assured_basis_points": end.assured,
            "coverage_per_cent": end.coverage,
        }
        for end in profile.trend
    ]
    row = profile.row
    areas = [
        {**area_shape(cell), "evidence": [evidence_shape(one) for one in cell.reading.evidence]}
        for cell in row.score.cells
    ]
    told = {**head("profile", profile.scorecard), **row_shape(row), "areas": areas, "trend": trend}
    return written(told, profile_figures(profile))


def written(told: dict[str, Any], shown: Figures) -> bytes:
    whole = {**told, "figures": {"header": shown.header, "rows": shown.rows}, "digest": digest(shown)}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def head(what: str, scorecard: Scorecard) -> dict[str, Any]:
    return {
        "what": what,
        "shape": SHAPE,
        "as_at": scorecard.as_at.isoformat(),
        "whose": scorecard.whose,
        "definition": definition_shape(scorecard.definition),
    }


def definition_shape(definition: Definition) -> dict[str, Any]:
    return {
        "version": definition.version,
        "coverage_floor_per_cent": definition.coverage_floor,
        "areas": [
            {"code": domain.code, "label": domain.label, "weight": domain.weight}
            for domain in definition.domains
        ],
        "bands": [
            {"band": one.band.value, "from_basis_points": one.from_points, "to_basis_points": one.to_points}
            for one in definition.bands
        ],
    }


def row_shape(row: Row) -> dict[str, Any]:
    subject = row.subject
    return {
        "kind": subject.kind,
        "ref": subject.ref,
        "name": subject.name,
        "urn": subject.urn,
        "type": subject.provision_type,
        "authority": subject.authority,
        "provider": subject.provider,
        "in_use": subject.in_use,
        "says": line_of(row).says,
        **score_shape(row.score),
        "before": score_shape(row.before) if row.before else None,
        "change_basis_points": row.change,
        "areas": [area_shape(cell) for cell in row.score.cells],
        "limits": [limit_shape(limit) for limit in row.score.limits],
    }


def score_shape(score: Score) -> dict[str, Any]:
    return {
        "band": score.band.value,
        "band_by_sum": score.by_sum.value,
        "assured_basis_points": score.assured,
        "known_basis_points": score.known,
        "coverage_per_cent": score.coverage,
    }


def area_shape(cell: Cell) -> dict[str, Any]:
    return {
        "code": cell.domain.code,
        "status": cell.status.value,
        "basis_points": cell.points,
        "on": day(cell.reading.on),
        "says": cell.reading.says,
    }


def limit_shape(limit: Limit) -> dict[str, Any]:
    evidence = evidence_shape(limit.evidence)
    return {"rule": limit.rule, "cap": limit.cap.value, "says": limit.says, "evidence": evidence}


def evidence_shape(evidence: Evidence) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "ref": evidence.ref,
        "says": evidence.says,
        "on": day(evidence.on),
        "source": evidence.source,
        "recorded_by": evidence.recorded_by,
    }


def day(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None
