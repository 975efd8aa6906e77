"""One bar cut into parts, as SVG that the content security policy lets through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NARROWEST = 7  # per cent: room for a figure of two digits on a telephone
FEWEST_FOR_ROOM = 100 // NARROWEST


@dataclass(frozen=True)
class BarPart:
    """`fill` and `ink` are the part's colour and that of the figure on it, of enough contrast."""

    label: str
    count: int
    fill: str
    ink: str = "#ffffff"


def share_bar(parts: Sequence[BarPart], *, title: str, chart_id: str) -> SafeString:
    """Nothing without a count. The page gives the same figures in words beside it.

    As wide as its place. A small part is drawn wide enough for its figure, at the cost of the larger ones.
    """
    shown = [part for part in parts if part.count]
    total = sum(part.count for part in shown)
    if not total:
        return SafeString("")
    least = NARROWEST if len(shown) <= FEWEST_FOR_ROOM else 0
    drawn, x = [], 0.0
    for part in shown:
        width = least + (100 - least * len(shown)) * part.count / total
        drawn.append((round(x, 2), round(width, 2), part.fill, round(x + width / 2, 2), part.ink, part.count))
        x += width
    return format_html(
        '<svg width="100%" height="44" role="img" aria-labelledby="{id}-title {id}-desc" focusable="false"'
        ' font-size="18" font-weight="700"><title id="{id}-title">{title}</title>'
        '<desc id="{id}-desc">{told}</desc>{drawn}</svg>',
        id=chart_id,
        title=title,
        told="; ".join(f"{part.label}: {part.count} of {total}" for part in shown) + ".",
        drawn=format_html_join(
            "",
            '<rect x="{}%" y="0" width="{}%" height="44" fill="{}" stroke="#ffffff" stroke-width="2"/>'
            '<text x="{}%" y="29" text-anchor="middle" fill="{}">{}</text>',
            drawn,
        ),
    )


LATE, OPEN = "#ca3535", "#1d70b8"


def length_bar(late: int, every: int, most: int) -> SafeString:
    """Draw how long `every` is beside `most`, with `late` of it first.

    The figures stand beside it, so nobody reads it out.
    """
    if not most:
        return SafeString("")
    end, first = round(100 * every / most, 2), round(100 * late / most, 2)
    return format_html(
        '<svg class="qa-length" width="100%" height="16" aria-hidden="true" focusable="false">'
        '<rect x="0" y="0" width="{}%" height="16" fill="{}"/><rect x="0" y="0" width="{}%" height="16" fill="{}"/></svg>',
        end,
        OPEN,
        first,
        LATE,
    )
