"""One bar cut into parts, as SVG that the content security policy lets through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, GAP = 880, 44, 2
NARROWEST = 24  # room for two figures


@dataclass(frozen=True)
class Part:
    """`fill` and `ink` are the part's colour and that of the figure on it, of enough contrast."""

    label: str
    count: int
    fill: str
    ink: str = "#ffffff"


def share_bar(parts: Sequence[Part], *, title: str, chart_id: str) -> SafeString:
    """Nothing without a count. The page gives the same figures in words beside it.

    A small part is drawn wide enough for its figure, at the cost of the larger ones.
    """
    shown = [part for part in parts if part.count]
    total = sum(part.count for part in shown)
    if not total:
        return SafeString("")
    room = WIDTH - NARROWEST * len(shown)
    drawn, x = [], 0.0
    for part in shown:
        width = NARROWEST + room * part.count / total
        middle = x + (width - GAP) / 2
        drawn.append((round(x, 1), round(width - GAP, 1), part.fill, round(middle, 1), part.ink, part.count))
        x += width
    return format_html(
        '<svg class="qa-chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
        ' aria-labelledby="{id}-title {id}-desc" focusable="false" font-size="18" font-weight="700">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{told}</desc>{drawn}</svg>',
        w=WIDTH,
        h=HEIGHT,
        id=chart_id,
        title=title,
        told="; ".join(f"{part.label}: {part.count} of {total}" for part in shown) + ".",
        drawn=format_html_join(
            "",
            '<rect x="{}" y="0" width="{}" height="44" fill="{}"/>'
            '<text x="{}" y="29" text-anchor="middle" fill="{}">{}</text>',
            drawn,
        ),
    )
