"""Figures of a scorecard as plain strings, for PDF, CSV and XLSX.

The page (`presenters`) and JSON (`serializers`) use the same values and the same `words`; a test compares
all five, figure by figure. Each figure is made once, from whole numbers. A domain without a score shows its
status in place of the score: a reader of the file sees "No data", never an empty cell or a 0.
"""

from dataclasses import dataclass
from typing import NamedTuple

from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import Status
from inspections.scorecards.scoring.results import Row, Scorecard, Subject

SUBJECT = ("Name", "Kind", "URN", "Type", "Authority", "Provider", "Settings", "In use")
SCORE = (
    "Rating",
    "In words",
    "Assured score",
    "Score of what is known",
    "Coverage per cent",
    "Rating 12 months ago",
    "Assured score 12 months ago",
    "Change in 12 months",
)
ABOUT = ("As at", "Whose evidence", "Definition version")
NOT_THERE = "Not registered then"
USE = {True: "Yes", False: "No", None: "Not told"}


class Figures(NamedTuple):
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row of figures. Scores are of 100 with one decimal place, coverage in per cent.

    `was`, `was_scored` and `change` compare with 12 months earlier by valid time.
    """

    row: Row
    band: str
    says: str
    assured: str
    known: str
    coverage: str
    was: str
    was_scored: str
    change: str
    areas: tuple[str, ...]

    @property
    def score(self) -> tuple[str, ...]:
        """Return the scores in the order of SCORE."""
        then = (self.was, self.was_scored, self.change)
        return (self.band, self.says, self.assured, self.known, self.coverage, *then)


def line_of(row: Row) -> ExportRow:
    score, before = row.score, row.before
    return ExportRow(
        row=row,
        band=words.BANDS[score.band],
        says=words.in_words(score),
        assured=words.points_words(score.assured),
        known=words.points_words(score.known) or words.STATUSES[Status.NO_DATA],
        coverage=str(score.coverage),
        was=words.BANDS[before.band] if before else NOT_THERE,
        was_scored=words.points_words(before.assured) if before else "",
        change=words.change_words(row.change),
        areas=tuple(map(words.cell_words, score.cells)),
    )


def figures(scorecard: Scorecard) -> Figures:
    """Return every figure of every row, worst first; each row ends with the facts of the scorecard itself."""
    areas = tuple(domain.label for domain in scorecard.definition.domains)
    about = about_of(scorecard)
    rows = tuple(
        (*subject_of(line.row.subject), *line.score, *line.areas, *about)
        for line in map(line_of, scorecard.rows)
    )
    return Figures((*SUBJECT, *SCORE, *areas, *ABOUT), rows)


def subject_of(subject: Subject) -> tuple[str, ...]:
    return (
        subject.name,
        subject.kind.capitalize(),
        subject.urn,
        subject.provision_type,
        subject.authority,
        subject.provider,
        str(subject.settings),
        USE[subject.in_use],
    )


def about_of(scorecard: Scorecard) -> tuple[str, str, str]:
    """Return the facts of the scorecard itself, in the order of ABOUT."""
    return (scorecard.as_at.isoformat(), scorecard.whose, str(scorecard.definition.version))
