"""Charts as SVG that the content security policy lets through: attributes only, neither style nor script."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, LEFT, RIGHT = 880, 300, 16
LEVEL, HEADING, GAP, AXIS = 28, 26, 14, 30
MOST_YEARS = 10


@dataclass(frozen=True)
class ChartStep:
    """One level held from a day until another; `level` counts down from the best, which is 0."""

    from_on: dt.date
    to_on: dt.date
    level: int


@dataclass(frozen=True)
class ChartBand:
    """One scale with its levels, the best first: scales are never drawn on one axis."""

    label: str
    levels: Sequence[str]
    steps: list[ChartStep]

    @property
    def height(self) -> int:
        return HEADING + LEVEL * len(self.levels) + GAP


@dataclass(frozen=True)
class Span:
    """Maps the days of a chart to its width."""

    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def years(self) -> list[dt.date]:
        """Each 1 January, thinned out so that the years do not run into one another."""
        years = range(self.first.year + 1, self.last.year + 1)
        return [dt.date(year, 1, 1) for year in years[:: len(years) // MOST_YEARS + 1]]


def step_chart(bands: Sequence[ChartBand], *, title: str, chart_id: str) -> SafeString:
    """Nothing without steps. The page gives the same figures in a table beside it."""
    days = [day for band in bands for step in band.steps for day in (step.from_on, step.to_on)]
    if not days:
        return SafeString("")
    span, drawn, top = Span(min(days), max(days)), [], 0
    for band in bands:
        drawn.append(_band(band, span, top))
        top += band.height
    return format_html(
        '<svg class="qa-chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{id}-title {id}-desc" focusable="false" fill="#0b0c0c" font-size="14">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{told}</desc>{drawn}{axis}</svg>',
        width=WIDTH,
        height=top + AXIS,
        id=chart_id,
        title=title,
        told=_told(bands),
        drawn=_join(drawn),
        axis=_axis(span, top),
    )


def _told(bands: Sequence[ChartBand]) -> str:
    return " ".join(
        f"{band.label}: "
        + "; ".join(
            f"{band.levels[step.level]} from {date_format(step.from_on, 'j F Y')}" for step in band.steps
        )
        + "."
        for band in bands
        if band.steps
    )


def _band(band: ChartBand, span: Span, top: int) -> SafeString:
    def y(level: int) -> float:
        return top + HEADING + LEVEL * (level + 0.5)

    heading = format_html('<text x="0" y="{}" font-weight="700">{}</text>', top + 17, band.label)
    levels = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>'
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#cecece"/>',
        (
            (LEFT - 12, y(n) + 5, label, LEFT, WIDTH - RIGHT, y(n), y(n))
            for n, label in enumerate(band.levels)
        ),
    )
    line = format_html(
        '<path d="{}" fill="none" stroke="#1d70b8" stroke-width="4"/>', _path(band.steps, span, y)
    )
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="5" fill="#ffffff" stroke="#1d70b8" stroke-width="3"/>',
        ((span.x(step.from_on), y(step.level)) for step in band.steps),
    )
    return _join([heading, levels, line, dots])


def _path(steps: Sequence[ChartStep], span: Span, y) -> str:
    """Return the line: joined where one step follows another, broken where something came between."""
    parts, reached = [], None
    for step in steps:
        parts.append(f"{'V' if step.from_on == reached else f'M{span.x(step.from_on)} '}{y(step.level)}")
        parts.append(f"H{span.x(step.to_on)}")
        reached = step.to_on
    return "".join(parts)


def _axis(span: Span, top: int) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="#b1b4b6"/>'
        '<text x="{0}" y="{3}" text-anchor="middle">{4}</text>',
        ((span.x(day), top - GAP + 2, top - GAP + 8, top + 14, day.year) for day in span.years()),
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
