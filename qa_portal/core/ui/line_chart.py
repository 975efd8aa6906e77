"""A figure month by month over the zones that it may fall in, as SVG of attributes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 290
LEFT, RIGHT, TOP, BOTTOM = 40, 92, 12, 34
MOST_LABELS = 7
LINE = "#1d70b8"


@dataclass(frozen=True)
class Zone:
    """From `least` to `most` of 100, both as whole numbers for the eye; the figures are told elsewhere."""

    label: str
    least: int
    most: int
    fill: str


@dataclass(frozen=True)
class Point:
    """`height` from 0 to 10,000, or None where there is no figure. `told` says it in words.

    One that is not `firm` is drawn hollow.
    """

    label: str
    height: int | None
    told: str
    firm: bool = True


def line_chart(points: Sequence[Point], zones: Sequence[Zone], *, title: str, chart_id: str) -> SafeString:
    """Nothing without a figure. The page gives the same figures in a table beside it."""
    if all(point.height is None for point in points):
        return SafeString("")
    return format_html(
        '<svg class="qa-chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{id}-title {id}-desc" focusable="false" fill="#0b0c0c" font-size="15">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{told}</desc>{zones}{line}{dots}{axis}</svg>',
        width=WIDTH,
        height=HEIGHT,
        id=chart_id,
        title=title,
        told=" ".join(f"{point.label}: {point.told}." for point in points),
        zones=_zones(zones),
        line=_line(points),
        dots=_dots(points),
        axis=_axis(points),
    )


def _x(number: int, points: Sequence[Point]) -> float:
    inset = 18
    wide = WIDTH - LEFT - RIGHT - 2 * inset
    return round(LEFT + inset + wide * number / max(len(points) - 1, 1), 1)


def _y(height: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height / 10_000, 1)


def _zones(zones: Sequence[Zone]) -> SafeString:
    drawn = []
    for zone in zones:
        top, foot = _y(100 * zone.most), _y(100 * zone.least)
        at_top = (LEFT - 8, top + 5, zone.most)
        name = (WIDTH - RIGHT + 10, (top + foot) / 2 + 5, zone.label)
        edge = (LEFT, WIDTH - RIGHT, top, top)
        drawn.append(
            (LEFT, top, WIDTH - LEFT - RIGHT, round(foot - top, 1), zone.fill, *edge, *at_top, *name)
        )
    nought = format_html('<text x="{}" y="{}" text-anchor="end">0</text>', LEFT - 8, _y(0) + 5)
    return nought + format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#b1b4b6"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text><text x="{}" y="{}">{}</text>',
        drawn,
    )


def _line(points: Sequence[Point]) -> SafeString:
    """Broken where a figure is missing."""
    paths = []
    for has_figure, run in groupby(enumerate(points), key=lambda one: one[1].height is not None):
        if has_figure:
            steps = [f"{_x(number, points)} {_y(point.height or 0)}" for number, point in run]
            paths.append(f"M{'L'.join(steps)}")
    return format_html('<path d="{}" fill="none" stroke="{}" stroke-width="3"/>', "".join(paths), LINE)


def _dots(points: Sequence[Point]) -> SafeString:
    placed = (
        (_x(number, points), _y(point.height), LINE if point.firm else "#ffffff", LINE)
        for number, point in enumerate(points)
        if point.height is not None
    )
    return format_html_join(
        "", '<circle cx="{}" cy="{}" r="5" fill="{}" stroke="{}" stroke-width="3"/>', placed
    )


def _axis(points: Sequence[Point]) -> SafeString:
    """Draw the last label always, and as many before it as there is room for."""
    every = -(-len(points) // MOST_LABELS)
    labelled = [
        (_x(number, points), HEIGHT - 10, point.label)
        for number, point in enumerate(points)
        if (len(points) - 1 - number) % every == 0
    ]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', labelled)
