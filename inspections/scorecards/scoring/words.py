"""Words for a score, the same on the page, in the PDF and in every file. No database."""

import datetime as dt
from functools import lru_cache

from inspections.scorecards.scoring.arithmetic import WHOLE, Band, DomainCell, Score, Status

BANDS = {
    Band.RED: "Red",
    Band.AMBER: "Amber",
    Band.GREEN: "Green",
    Band.INSUFFICIENT: "Insufficient evidence",
}
STATUSES = {
    Status.CURRENT: "Current",
    Status.NIL: "Nothing to report",
    Status.STALE: "Stale",
    Status.NO_DATA: "No data",
    Status.SUPPRESSED: "Suppressed",
    Status.NOT_COMPARABLE: "Not comparable",
}


def in_words(score: Score) -> str:
    """Return the band and why: its limits, else its missing data."""
    return f"{BANDS[score.band]}: {reason(score)}"


def reason(score: Score) -> str:
    if deciding := score.deciding:
        more = len(deciding) - 1
        return deciding[0].says + (f", and {counted(more, 'more reason')}" if more else "")
    if score.band is Band.INSUFFICIENT:
        needed = score.coverage_floor
        return f"{score.coverage}% of the score has current data ({needed}% needed)"
    if score.band is Band.GREEN:
        return known_areas(score)
    return f"{known_areas(score)}; {most_lost(score)}"


def most_lost(score: Score) -> str:
    """Return the two domains that cost the most of 100: where to look first."""
    lost = sorted(score.cells, key=lambda cell: -cell.domain.weight * (WHOLE - (cell.points or 0)))
    named = [f"{cell.domain.label} ({cell_words(cell).lower()})" for cell in lost[:2]]
    return f"the lowest areas are {' and '.join(named)}"


def known_areas(score: Score) -> str:
    missing, areas = len(score.missing), len(score.cells)
    if not missing:
        return f"all {areas} areas have current data"
    return f"{missing} of {areas} areas {'has' if missing == 1 else 'have'} no current data"


def cell_words(cell: DomainCell) -> str:
    """Return the points if they count, else why there are none."""
    return STATUSES[cell.status] if cell.points is None else points_words(cell.points)


def partly(cell: DomainCell) -> str:
    """Return how many of a provider's settings have data for the domain; the others count as 0."""
    have, every = cell.reading.over or (0, 0)
    return f"{have} of {every} have data" if 0 < have < every else ""


def points_words(points: int | None) -> str:
    """Return basis points as one decimal of 100: 7,250 is "72.5"; empty if unknown.

    Cut, not rounded: 39.99 is red, and must not be shown as the 40.0 that would be amber.
    """
    return "" if points is None else f"{points // 100}.{points % 100 // 10}"


def change_words(change: int | None) -> str:
    """Return basis points gained or lost, with a sign and a word, so that no colour is needed."""
    if change is None:
        return ""
    if change == 0:
        return "No change"
    return f"{'Up' if change > 0 else 'Down'} {points_words(abs(change))}"


@lru_cache(maxsize=4096)
def day_words(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
