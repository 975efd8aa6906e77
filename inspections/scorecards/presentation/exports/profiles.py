"""One setting or provider as plain strings: each domain with all its evidence, and twelve months."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from inspections.scorecards.presentation.export_rows import Figures, about_of, line_of
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import DomainCell, Evidence
from inspections.scorecards.scoring.results import Month, Row, Scorecard

HEADER = (
    "Part",
    "Name",
    "Weight",
    "Status or rating",
    "Score",
    "Coverage per cent",
    "On",
    "In words",
    "Evidence",
    "Evidence on",
    "Source",
    "Recorded by",
    "As at",
    "Whose evidence",
    "Definition version",
)
NO_EVIDENCE = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class ProfileExport:
    """A profile to export.

    `scorecard` has the day, the evidence scope and the definition; its one row is the subject's.
    """

    scorecard: Scorecard
    trend: tuple[Month, ...] = ()

    @property
    def row(self) -> Row:
        [row] = self.scorecard.rows
        return row


def profile_figures(profile: ProfileExport) -> Figures:
    """Return the overall score, the limits, the domains (a row for each record) and the trend."""
    about = about_of(profile.scorecard)
    parts = (overall(profile.row), *limits(profile.row), *areas(profile.row), *trend(profile))
    return Figures(HEADER, tuple((*part, *about) for part in parts))


def overall(row: Row) -> tuple[str, ...]:
    line = line_of(row)
    said = ("Overall", row.subject.name, "100", line.band, line.assured, line.coverage)
    return (*said, "", line.says, *NO_EVIDENCE)


def limits(row: Row) -> Iterator[tuple[str, ...]]:
    for limit in row.score.limits:
        said = ("Limiting rule", rule_shown(limit.rule), "", words.BANDS[limit.cap], "", "")
        yield (*said, day(limit.evidence.on), limit.says, *evidence_shown(limit.evidence))


def rule_shown(rule: str) -> str:
    return rule.replace("_", " ").capitalize()


def areas(row: Row) -> Iterator[tuple[str, ...]]:
    for cell in row.score.cells:
        for evidence in cell.reading.evidence or (None,):
            shown = evidence_shown(evidence) if evidence else NO_EVIDENCE
            yield (*area_row(cell), *shown)


def area_row(cell: DomainCell) -> tuple[str, ...]:
    status, reading = words.STATUSES[cell.status], cell.reading
    score, weight = words.points_words(cell.points), str(cell.domain.weight)
    return ("Area", cell.domain.label, weight, status, score, "", day(reading.on), reading.says)


def trend(profile: ProfileExport) -> Iterator[tuple[str, ...]]:
    for month in profile.trend:
        said = (
            words.BANDS[month.band],
            words.points_words(month.assured),
            str(month.coverage),
            day(month.on),
        )
        yield ("Trend", words.day_words(month.on), "", *said, "", *NO_EVIDENCE)


def evidence_shown(evidence: Evidence) -> tuple[str, str, str, str]:
    return (evidence.says, day(evidence.on), evidence.source, evidence.recorded_by)


def day(on: dt.date | None) -> str:
    return on.isoformat() if on else ""
