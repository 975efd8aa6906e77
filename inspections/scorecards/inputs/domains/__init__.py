"""The domains that have a source, in the order of loading.

A later domain may use rows loaded by an earlier one.
"""

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
