"""One setting or provider as its profile shows it: every domain, its evidence and its gaps."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.scorecards.inputs.evidence_authors import evidence_of
from inspections.scorecards.presentation.domain_gaps import GAPS, DomainGap
from inspections.scorecards.presentation.evidence_links import addresses
from inspections.scorecards.presentation.presenters import Tag, cell_tag
from inspections.scorecards.scoring.arithmetic import Definition, Domain, DomainCell, Evidence, Score, Status


@dataclass(frozen=True, slots=True)
class Proof:
    """A record behind a figure; `url` is empty if the reader may not open it."""

    evidence: Evidence
    url: str


@dataclass(frozen=True, slots=True)
class ProfileArea:
    """One domain of the profile. `gap` is set if it has no current data and somebody could add it."""

    domain: Domain
    tag: Tag
    says: str
    proofs: tuple[Proof, ...]
    gap: DomainGap | None


@dataclass(frozen=True, slots=True)
class Limited:
    """A limit on the band. `decides`: it alone would set the band."""

    says: str
    proof: Proof
    decides: bool


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The profile page's data. `silent`: domains without a source of data yet, named in one line."""

    areas: tuple[ProfileArea, ...]
    silent: tuple[Domain, ...]
    limits: tuple[Limited, ...]


def profile_of(score: Score, definition: Definition, user, gaps: Mapping[str, DomainGap]) -> ProfileView:
    """Return the profile. Runs one query for each kind of record, however much evidence there is."""
    urls = addresses(evidence_of(score), user)

    def proof(evidence: Evidence) -> Proof:
        return Proof(evidence, urls.get(evidence, ""))

    def area(cell: DomainCell) -> ProfileArea:
        proofs = tuple(map(proof, cell.reading.evidence))
        gap = None if cell.status.counts else gaps.get(cell.domain.code)
        return ProfileArea(cell.domain, cell_tag(cell, definition), cell.reading.says, proofs, gap)

    silent = {
        cell.domain for cell in score.cells if cell.status is Status.NO_DATA and cell.domain.code not in GAPS
    }
    areas = tuple(area(cell) for cell in score.cells if cell.domain not in silent)
    deciding = set(score.deciding)
    limits = tuple(Limited(one.says, proof(one.evidence), one in deciding) for one in score.limits)
    return ProfileView(areas, tuple(cell.domain for cell in score.cells if cell.domain in silent), limits)
