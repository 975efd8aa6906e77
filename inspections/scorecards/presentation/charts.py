"""Charts on scorecard pages. Each page has the same figures in words or in a table."""

from collections import Counter
from collections.abc import Sequence

from django.utils.safestring import SafeString

from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import WORST_FIRST, Band, Definition
from inspections.scorecards.scoring.results import Month
from qa_portal.core.ui.bars import BarPart, share_bar
from qa_portal.core.ui.line_chart import Point, Zone, line_chart

FILLS = {
    Band.RED: ("#942514", "#ffffff"),
    Band.INSUFFICIENT: ("#505a5f", "#ffffff"),
    Band.AMBER: ("#ffdd00", "#0b0c0c"),
    Band.GREEN: ("#005a30", "#ffffff"),
}
PALE = {Band.RED: "#f4d7d3", Band.AMBER: "#fff7bf", Band.GREEN: "#cce2d8"}


def bar_of_bands(bands: Counter[Band]) -> SafeString:
    parts = [BarPart(words.BANDS[band], bands[band], *FILLS[band]) for band in WORST_FIRST]
    return share_bar(parts, title="How many have each rating, worst first", chart_id="bands")


def chart_of_months(months: Sequence[Month], definition: Definition) -> SafeString:
    """Return the chart.

    A month without a band is drawn hollow: its points cannot be compared with the others.
    """
    zones = [
        Zone(words.BANDS[one.band], one.from_points // 100, -(-one.to_points // 100), PALE[one.band])
        for one in definition.bands
    ]
    points = [
        Point(
            label=f"{month.on:%b %y}",
            height=month.assured if month.coverage else None,
            told=f"{words.BANDS[month.band]} {words.points_words(month.assured)}",
            firm=month.band is not Band.INSUFFICIENT,
        )
        for month in months
    ]
    return line_chart(points, zones, title="Assured score over 12 months", chart_id="months")
