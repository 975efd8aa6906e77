"""A scorecard as plain values: its JSON form, which the digest is calculated from.

    {"as_at": "2026-03-31", "whose": "...", "definition": {...}, "bands": {"red": 1, ...},
     "rows": [{"kind": "setting", "name": ..., "band": "red", "why": ..., "assured": "39.9", ...,
               "areas": [{"code": "regulator", "status": "current", "points": "75.0", ...}], "limits": [...]}]}

Days are ISO days; figures are those that the pages show, in words of one decimal, and null where there are none.
"""

import hashlib
import json
from typing import Any

from inspections.scorecards.scoring.arithmetic import Band, Definition, DomainCell, Evidence, Limit, Score
from inspections.scorecards.scoring.results import Row, Scorecard, Subject
from inspections.scorecards.scoring.words import BANDS, STATUSES, change_words, points_words, reason


def plain(card: Scorecard) -> dict[str, Any]:
    return {
        "as_at": card.as_at.isoformat(),
        "whose": card.whose,
        "definition": _definition(card.definition),
        "bands": {band.value: card.bands[band] for band in Band},
        "rows": [plain_row(row) for row in card.rows],
    }


def plain_row(row: Row) -> dict[str, Any]:
    return {
        **_subject(row.subject),
        **_score(row.score),
        "before": row.before and {"band": row.before.band.value, "assured": points_words(row.before.assured)},
        "change": change_words(row.change) or None,
        "areas": [_cell(cell) for cell in row.score.cells],
        "limits": [_limit(limit) for limit in row.score.limits],
    }


def digest(card: Scorecard) -> str:
    """Return SHA-256 of the canonical JSON: the same for the same figures, whatever the database."""
    canonical = json.dumps(plain(card), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "version": definition.version,
        "coverage_floor": definition.coverage_floor,
        "weights": {domain.code: domain.weight for domain in definition.domains},
    }


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "kind": subject.kind,
        "ref": subject.ref,
        "name": subject.name,
        "urn": subject.urn,
        "provision_type": subject.provision_type,
        "authority": subject.authority,
        "provider": subject.provider,
        "settings": subject.settings,
        "in_use": subject.in_use,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "band": score.band.value,
        "band_words": BANDS[score.band],
        "why": reason(score),
        "assured": points_words(score.assured),
        "known": points_words(score.known) or None,
        "coverage": score.coverage,
    }


def _cell(cell: DomainCell) -> dict[str, Any]:
    reading = cell.reading
    return {
        "code": cell.domain.code,
        "label": cell.domain.label,
        "weight": cell.domain.weight,
        "status": cell.status.value,
        "status_words": STATUSES[cell.status],
        "points": points_words(cell.points) or None,
        "on": reading.on and reading.on.isoformat(),
        "says": reading.says,
        "evidence": [_evidence(one) for one in reading.evidence],
    }


def _limit(limit: Limit) -> dict[str, Any]:
    evidence = _evidence(limit.evidence)
    return {"rule": limit.rule, "cap": limit.cap.value, "says": limit.says, "evidence": evidence}


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "ref": one.ref,
        "says": one.says,
        "on": one.on and one.on.isoformat(),
        "source": one.source,
        "recorded_by": one.recorded_by or None,
    }
