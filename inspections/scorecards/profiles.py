"""One setting or provider as its profile draws it: every area, what it rests on, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inspections.scorecards.gaps import NO_SOURCE, Gap
from inspections.scorecards.records import addresses
from inspections.scorecards.scoring import Definition, Domain, Evidence, Score
from inspections.scorecards.shown import Tag, cell_tag


@dataclass(frozen=True, slots=True)
class Proof:
    """A record behind a figure; `url` is empty where the reader may not open it."""

    evidence: Evidence
    url: str


@dataclass(frozen=True, slots=True)
class Area:
    """`gap` is there exactly where nothing current is known."""

    domain: Domain
    tag: Tag
    says: str
    proofs: tuple[Proof, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Limited:
    """`decides`: it alone would set the band."""

    says: str
    proof: Proof
    decides: bool


@dataclass(frozen=True, slots=True)
class Profile:
    areas: tuple[Area, ...]
    limits: tuple[Limited, ...]


def profile_of(score: Score, definition: Definition, user, gaps: Mapping[str, Gap]) -> Profile:
    """Asks one query for each kind of record, however much evidence there is."""
    urls = addresses(evidence_of(score), user)

    def proof(evidence: Evidence) -> Proof:
        return Proof(evidence, urls.get(evidence, ""))

    areas = tuple(
        Area(
            domain=cell.domain,
            tag=cell_tag(cell, definition),
            says=cell.reading.says,
            proofs=tuple(map(proof, cell.reading.evidence)),
            gap=None if cell.status.counts else gaps.get(cell.domain.code, Gap(NO_SOURCE)),
        )
        for cell in score.cells
    )
    deciding = set(score.deciding)
    limits = tuple(Limited(one.says, proof(one.evidence), one in deciding) for one in score.limits)
    return Profile(areas, limits)


def evidence_of(score: Score) -> Iterator[Evidence]:
    for cell in score.cells:
        yield from cell.reading.evidence
    for limit in score.limits:
        yield limit.evidence
