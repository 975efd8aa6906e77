"""Rows and domains as a page shows them: a shape, a word and a number, never a colour alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from inspections.scorecards.presentation.export_rows import NOT_THERE
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import Band, Definition, Domain, DomainCell, Score, Status
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Subject

LEVELS = {Band.RED: "red", Band.AMBER: "amber", Band.GREEN: "green", Band.INSUFFICIENT: "none"}
PAGES = {"setting": "scorecard_setting", "provider": "scorecard_provider"}

MEANINGS = {
    Status.NO_DATA: "No information recorded. It scores 0.",
    Status.STALE: "Too old to count. It scores 0 until somebody looks again.",
    Status.SUPPRESSED: "Hidden because the number of children is too small.",
    Status.NOT_COMPARABLE: "Uses a grading scale that we do not score.",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag on the page. `level` chooses shape and colour: red, amber, green, none."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The change since 12 months earlier. `direction` chooses the shape: up, down, level, none."""

    direction: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the table; `cells` has each domain shown, its tag, and what data it lacks."""

    subject: Subject
    about: str
    url: str
    tag: Tag
    why: str
    coverage: int
    trend: Trend
    cells: tuple[tuple[Domain, Tag, str], ...]


def tag_words(band: Band, points: int) -> str:
    return f"{words.BANDS[band]} {words.points_words(points)}"


def band_tag(score: Score) -> Tag:
    return Tag(LEVELS[score.band], tag_words(score.band, score.assured))


def cell_tag(cell: DomainCell, definition: Definition) -> Tag:
    """Return a domain's tag, in the band that its points alone would give.

    A domain that does not count has none.
    """
    if cell.points is None:
        return Tag("none", words.STATUSES[cell.status])
    band = definition.band_of(cell.points)
    return Tag(LEVELS[band], tag_words(band, cell.points))


def trend_of(row: Row) -> Trend:
    change = row.change
    if change is None:
        return Trend("none", NOT_THERE)
    direction = "level" if change == 0 else "up" if change > 0 else "down"
    return Trend(direction, words.change_words(change))


def about(subject: Subject) -> str:
    return ", ".join(filter(None, (subject.provision_type, subject.authority)))


def legend_of(definition: Definition) -> list[tuple[Tag, str]]:
    """Return every word that a tag may hold, with its meaning."""
    bands = {one.band: one for one in definition.bands}
    least = {band: one.from_points // 100 for band, one in bands.items()}
    return [
        (Tag("green", words.BANDS[Band.GREEN]), f"{least[Band.GREEN]} or more of 100."),
        (
            Tag("amber", words.BANDS[Band.AMBER]),
            f"{least[Band.AMBER]} to under {least[Band.GREEN]}, or a key question was not met.",
        ),
        (
            Tag("red", words.BANDS[Band.RED]),
            f"Under {least[Band.AMBER]}, or capped, for example by an Inadequate judgement or a suspension.",
        ),
        (
            Tag("none", words.BANDS[Band.INSUFFICIENT]),
            f"Less than {definition.coverage_floor}% of the score has current data, so there is no rating.",
        ),
        *((Tag("none", words.STATUSES[status]), says) for status, says in MEANINGS.items()),
    ]


def areas_with_data(scorecard: Scorecard) -> tuple[Domain, ...]:
    """Return the domains with data, even stale, in at least one row, in the definition's order."""
    told = {
        cell.domain.code
        for row in scorecard.rows
        for cell in row.score.cells
        if cell.status is not Status.NO_DATA
    }
    return tuple(area for area in scorecard.definition.domains if area.code in told)


def row_views(rows: Iterable[Row], definition: Definition, areas: Iterable[Domain]) -> list[RowView]:
    shown = {area.code for area in areas}
    return [
        RowView(
            subject=row.subject,
            about=about(row.subject),
            url=reverse(PAGES[row.subject.kind], args=[row.subject.ref]),
            tag=band_tag(row.score),
            why=words.in_words(row.score),
            coverage=row.score.coverage,
            trend=trend_of(row),
            cells=tuple(
                (cell.domain, cell_tag(cell, definition), words.partly(cell))
                for cell in row.score.cells
                if cell.domain.code in shown
            ),
        )
        for row in rows
    ]


def months_of(months: Iterable[Month]) -> list[tuple[dt.date, Tag, int]]:
    """Return the table beside the chart, the newest first: the day, the band and points, the coverage."""
    shown = [
        (month.on, Tag(LEVELS[month.band], tag_words(month.band, month.assured)), month.coverage)
        for month in months
    ]
    return shown[::-1]
