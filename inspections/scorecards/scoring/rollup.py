"""Provider scores over their settings, on whole numbers: means of points, never of grades. No database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspections.scorecards.scoring.arithmetic import (
    Definition,
    Domain,
    DomainCell,
    DomainResult,
    Limit,
    Score,
    Status,
    in_order,
    limited,
)
from inspections.scorecards.scoring.results import Row, Scorecard, Subject, worst_first


@dataclass(frozen=True, slots=True)
class SettingScore:
    """One setting's score, under its name."""

    name: str
    score: Score


def combined(definition: Definition, parts: Sequence[SettingScore]) -> Score:
    """Return a provider's score. Assured and coverage are means over all settings, rounded down.

    A missing domain counts as 0. A domain's figure is a mean too, so that the domains add up to the whole,
    and says how many settings have it; `known` is over known data alone. A limit on one setting limits the
    provider. Raises ValueError for no parts: no settings are neither good nor bad.
    """
    if not parts:
        raise ValueError("There is no setting to combine.")
    scores = [part.score for part in parts]
    assured = sum(score.assured for score in scores) // len(scores)
    weighed = sum(score.coverage for score in scores)
    coverage = weighed // len(scores)
    total = sum(
        cell.domain.weight * cell.points
        for score in scores
        for cell in score.cells
        if cell.points is not None
    )
    by_sum = definition.band_by_sum(assured, coverage)
    limits = in_order(named(part, limit) for part in parts for limit in part.score.limits)
    return Score(
        cells=tuple(_cell(domain, parts) for domain in definition.domains),
        known=total // weighed if weighed else None,
        assured=assured,
        coverage=coverage,
        by_sum=by_sum,
        band=limited(by_sum, limits),
        limits=limits,
        coverage_floor=definition.coverage_floor,
    )


def by_provider(card: Scorecard) -> Scorecard:
    """Return a row for each provider over its settings in `card`, without settings of unknown owners.

    12 months earlier it is over those of them that it owned then, so that a home that was bought since
    does not bring its former owner's figures with it.
    """
    owned: dict[int, list[Row]] = {}
    for row in card.rows:
        if row.subject.provider_pk is not None:
            owned.setdefault(row.subject.provider_pk, []).append(row)
    rows = [_provider_row(card.definition, settings) for settings in owned.values()]
    return replace(card, rows=tuple(sorted(rows, key=worst_first)))


def _provider_row(definition: Definition, settings: Sequence[Row]) -> Row:
    one = settings[0].subject
    earlier = [SettingScore(row.subject.name, row.before) for row in settings if row.before and row.kept]
    return Row(
        subject=Subject(
            kind="provider",
            pk=one.provider_pk or 0,
            ref=one.provider_ref,
            name=one.provider,
            in_use=None if one.in_use is None else any(row.subject.in_use for row in settings),
            settings=len(settings),
        ),
        score=combined(definition, [SettingScore(row.subject.name, row.score) for row in settings]),
        before=combined(definition, earlier) if earlier else None,
    )


def named(part: SettingScore, limit: Limit) -> Limit:
    return replace(limit, says=f"{limit.says} ({part.name})")


def _cell(domain: Domain, parts: Sequence[SettingScore]) -> DomainCell:
    readings = [
        cell.reading for part in parts for cell in part.score.cells if cell.domain.code == domain.code
    ]
    counted = [reading for reading in readings if reading.status.counts]
    shown = counted or readings
    status = min((reading.status for reading in shown), key=list(Status).index)
    days: list[dt.date] = [reading.on for reading in shown if reading.on]
    says = f"{len(counted)} of {len(parts)} settings {'has' if len(counted) == 1 else 'have'} current data"
    points = sum(reading.points or 0 for reading in counted) // len(parts) if counted else None
    evidence = tuple(dict.fromkeys(one for reading in shown for one in reading.evidence))
    over = len(counted), len(parts)
    return DomainCell(
        domain, DomainResult(domain.code, status, points, max(days, default=None), says, evidence, over=over)
    )
