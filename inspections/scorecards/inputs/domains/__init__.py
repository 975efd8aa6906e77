"""The domains that have a source, in the order in which they are loaded: a later one may use what an earlier one read."""

from inspections.scorecards.inputs.domain import ScorecardSource
from inspections.scorecards.inputs.domains import (
    actions,
    documents,
    issues,
    regulator,
    self_assessments,
    visits,
)

DOMAINS: tuple[ScorecardSource, ...] = (
    regulator.SOURCE,
    visits.SOURCE,
    issues.SOURCE,
    actions.SOURCE,
    self_assessments.SOURCE,
    documents.SOURCE,
)
