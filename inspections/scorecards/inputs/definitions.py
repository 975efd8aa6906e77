"""Definitions of the scorecard read from the tables once, as the plain values that scoring works with."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from inspections.scorecards.models import ScorecardDefinition
from inspections.scorecards.scoring.arithmetic import Band, BandRange, Definition, Domain
from qa_portal.core.dates import today


class NoDefinition(LookupError):
    """Raised if no version of the definition is in force on the day."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A definition and its points.

    `grade_points` by grade id, `stage_points` by stage number, `cycles` by provision type's code.
    `caps` has the limiting rules in force; `windows` the days that a domain looks back.
    """

    definition: Definition
    windows: Mapping[str, int]
    grade_points: Mapping[int, int]
    stage_points: Mapping[int, int]
    cycles: Mapping[str, int]
    documents: tuple[str, ...]
    caps: Mapping[str, Band]


def rules_in_force(on: dt.date | None = None) -> Rules:
    """Return today's rules, unless a day is given. One definition scores all past days, so that they compare.

    Raises NoDefinition, and DefinitionError if the rows make no valid definition.
    """
    row = ScorecardDefinition.objects.in_force(on or today()).first()
    if row is None:
        raise NoDefinition("No scorecard definition is in force on that day.")
    return rules_of(row)


def rules_of(row: ScorecardDefinition) -> Rules:
    domains = list(row.domains.order_by("order", "pk"))
    bands = row.bands.order_by("from_points")
    return Rules(
        definition=Definition(
            version=row.version,
            domains=tuple(Domain(one.code, one.label, one.weight, one.stale_after_days) for one in domains),
            bands=tuple(BandRange(Band(one.band), one.from_points, one.to_points) for one in bands),
            coverage_floor=row.coverage_floor,
        ),
        windows={one.code: one.window_days for one in domains if one.window_days is not None},
        grade_points=dict(row.grade_points.values_list("grade", "points")),
        stage_points=dict(row.stage_points.values_list("stage__number", "points")),
        cycles=dict(row.cycles.values_list("provision_type__code", "stale_after_days")),
        documents=tuple(row.documents.order_by("pk").values_list("kind", flat=True)),
        caps={rule: Band(cap) for rule, cap in row.rules.values_list("rule", "cap")},
    )
