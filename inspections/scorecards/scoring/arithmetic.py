"""Arithmetic from domain results to a band, on whole numbers. Uses no database, no clock and no rounding.

Points and scores are basis points: 0 to 10,000, so that 7,250 is 72.5 of 100. Weights are whole per cents
and total 100.

Missing data never scores well (requirements, finding 6). The known score uses current data only and has its
coverage beside it; the *band* is set on the assured score, in which every weight without current data
counts as 0, and below the coverage floor there is no band but "Insufficient evidence". A limiting rule caps
the band.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Self

WHOLE = 10_000
"""Basis points of a perfect score."""


class Status(StrEnum):
    """How current the data of a domain is. `counts`: a result with this status has points that count."""

    counts: bool

    def __new__(cls, value: str, counts: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.counts = value, counts
        return member

    CURRENT = "current", True
    NIL = "nil", True
    """Somebody looked and found nothing to report: that is data; a lack of records is not."""
    STALE = "stale"
    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"
    NOT_COMPARABLE = "not_comparable"


class Band(StrEnum):
    """Bands in order of assurance: no band is better than one without its evidence."""

    INSUFFICIENT = "insufficient"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def assurance(self) -> int:
        return list(Band).index(self)


WORST_FIRST = (Band.RED, Band.INSUFFICIENT, Band.AMBER, Band.GREEN)


class DefinitionError(ValueError):
    """Raised for an invalid definition; says which part and why."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that a figure rests on.

    `kind` and `ref` identify it; a page links to it if the reader may open it.
    """

    kind: str
    ref: str
    says: str
    on: dt.date | None
    source: str
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of the scorecard. A result older than `stale_after_days` is stale; None means never."""

    code: str
    label: str
    weight: int
    stale_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class BandRange:
    """The points of a band, both ends included."""

    band: Band
    from_points: int
    to_points: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition to score by.

    Raises DefinitionError if a score would have no band, or weights do not total 100.
    """

    version: int
    domains: tuple[Domain, ...]
    bands: tuple[BandRange, ...]
    coverage_floor: int

    def __post_init__(self) -> None:
        check_weights(self.domains)
        check_bands(self.bands)
        if not 0 <= self.coverage_floor <= 100:
            raise DefinitionError("The coverage floor must be from 0 to 100 per cent.")

    def band_of(self, points: int) -> Band:
        """Return the band of `points`, from 0 to 10,000: exactly one holds each."""
        return next(one.band for one in self.bands if one.from_points <= points <= one.to_points)

    def band_by_sum(self, assured: int, coverage: int) -> Band:
        return self.band_of(assured) if coverage >= self.coverage_floor else Band.INSUFFICIENT


@dataclass(frozen=True, slots=True)
class DomainResult:
    """Data about one domain. `points` is None exactly if the status does not count and never did.

    `stale_after_days` replaces the domain's own period: inspection cycles differ by type. `over` is, for a
    provider, (settings with data, all its settings).
    """

    domain: str
    status: Status
    points: int | None = None
    on: dt.date | None = None
    says: str = ""
    evidence: tuple[Evidence, ...] = ()
    stale_after_days: int | None = None
    over: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A limiting rule that applies: the band is at most `cap` until newer evidence replaces its own."""

    rule: str
    cap: Band
    says: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DomainCell:
    domain: Domain
    reading: DomainResult

    @property
    def status(self) -> Status:
        return self.reading.status

    @property
    def points(self) -> int | None:
        """Return the points; None unless they count: a stale figure is shown as stale, never as a score."""
        return self.reading.points if self.status.counts else None


@dataclass(frozen=True, slots=True)
class Score:
    """A score and its band. `known` is None if nothing counts.

    `coverage` is in per cent; `by_sum` is the band without limits.
    `coverage_floor` is the definition's, which the words compare with.
    """

    cells: tuple[DomainCell, ...]
    known: int | None
    assured: int
    coverage: int
    by_sum: Band
    band: Band
    limits: tuple[Limit, ...]
    coverage_floor: int = 0

    @property
    def missing(self) -> tuple[DomainCell, ...]:
        return tuple(cell for cell in self.cells if not cell.status.counts)

    @property
    def deciding(self) -> tuple[Limit, ...]:
        """Return the limits that alone would set this band."""
        return tuple(limit for limit in self.limits if limit.cap == self.band)


def score(
    definition: Definition, readings: Iterable[DomainResult], limits: Iterable[Limit], on: dt.date
) -> Score:
    """Return the score on the day, whatever the order of results and limits.

    A domain without a result has no data.
    Raises ValueError for two results of one domain, one of an unknown domain, or points outside 0 to
    10,000.
    """
    cells = _cells(definition, readings, on)
    total = coverage = 0
    for cell in cells:
        if cell.reading.status.counts:
            total += cell.domain.weight * (cell.reading.points or 0)
            coverage += cell.domain.weight
    assured = total // 100
    by_sum = definition.band_by_sum(assured, coverage)
    found = in_order(limits)
    return Score(
        cells=cells,
        known=total // coverage if coverage else None,
        assured=assured,
        coverage=coverage,
        by_sum=by_sum,
        band=limited(by_sum, found),
        limits=found,
        coverage_floor=definition.coverage_floor,
    )


def _cells(definition: Definition, readings: Iterable[DomainResult], on: dt.date) -> tuple[DomainCell, ...]:
    by_domain: dict[str, DomainResult] = {}
    for reading in readings:
        if reading.domain in by_domain:
            raise ValueError(f"There are two readings of {reading.domain}.")
        if reading.status.counts and (reading.points is None or not 0 <= reading.points <= WHOLE):
            raise ValueError(f"{reading.domain} has {reading.points} points; they go from 0 to {WHOLE}.")
        by_domain[reading.domain] = reading
    cells = [
        DomainCell(domain, _aged(read, domain, on))
        if (read := by_domain.pop(domain.code, None))
        else blank(domain)
        for domain in definition.domains
    ]
    if by_domain:
        raise ValueError(f"The definition has no area called {', '.join(sorted(by_domain))}.")
    return tuple(cells)


@lru_cache(maxsize=100)
def blank(domain: Domain) -> DomainCell:
    """Return the cell of a domain without a result, the same object for every score."""
    return DomainCell(domain, DomainResult(domain.code, Status.NO_DATA))


def _aged(reading: DomainResult, domain: Domain, on: dt.date) -> DomainResult:
    if not reading.status.counts or reading.on is None:
        return reading
    days = domain.stale_after_days if reading.stale_after_days is None else reading.stale_after_days
    if days is None or (on - reading.on).days <= days:
        return reading
    return replace(reading, status=Status.STALE)


def in_order(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """Sort the strictest first, then in an order that does not depend on the input's."""
    return tuple(sorted(limits, key=lambda one: (one.cap.assurance, one.rule, one.evidence.ref, one.says)))


def limited(by_sum: Band, limits: Sequence[Limit]) -> Band:
    """Return the capped band. What is known to be red is red, whatever else is unknown."""
    if not limits:
        return by_sum
    if any(limit.cap is Band.RED for limit in limits):
        return Band.RED
    return min([by_sum, *(limit.cap for limit in limits)], key=lambda band: band.assurance)


def check_weights(domains: Sequence[Domain]) -> None:
    if len({domain.code for domain in domains}) != len(domains):
        raise DefinitionError("Two areas have the same code.")
    if any(domain.weight < 0 for domain in domains):
        raise DefinitionError("A weight is below 0.")
    if (total := sum(domain.weight for domain in domains)) != 100:
        raise DefinitionError(f"The weights total {total}, and they must total 100.")


def check_bands(bands: Sequence[BandRange]) -> None:
    """Check that red, amber and green cover 0 to 10,000 in that order, each once, without gap or overlap."""
    if [one.band for one in bands] != [Band.RED, Band.AMBER, Band.GREEN]:
        raise DefinitionError("The ratings must be red, amber and green, in that order.")
    if bands[0].from_points != 0 or bands[-1].to_points != WHOLE:
        raise DefinitionError("The ratings must go from 0 to 100.")
    for lower, upper in pairwise(bands):
        if upper.from_points != lower.to_points + 1:
            raise DefinitionError(f"Between {lower.band} and {upper.band} there is a gap or an overlap.")
    if any(one.from_points > one.to_points for one in bands):
        raise DefinitionError("A rating ends before it begins.")
