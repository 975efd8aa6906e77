"""Tags that every template may use without loading them."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html

register = template.Library()

# Tick, triangle, cross, dash: a rating has a shape as well as a word and a colour.
SHAPES = {
    "green": "M1 6l4 4 7-8",
    "amber": "M6.5 2l5 9h-10z",
    "red": "M2 2l9 9M11 2l-9 9",
    "none": "M2 6.5h9",
}

ARROWS = {
    "up": "M6.5 12v-10M2 6.5l4.5-4.5 4.5 4.5",
    "down": "M6.5 1v10M2 6.5l4.5 4.5 4.5-4.5",
    "level": "M2 4.5h9M2 8.5h9",
    "none": "M5 6.5h3",
}

DRAWN = {
    path: format_html(
        '<svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        path,
    )
    for path in (*SHAPES.values(), *ARROWS.values())
}


@register.simple_tag
def tag(text: str, colour: str = "blue") -> str:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
def rag(level: str, text: str) -> str:
    """`level` is green, amber, red or none."""
    return format_html('<span class="qa-rag qa-rag--{}">{}{}</span>', level, DRAWN[SHAPES[level]], text)


@register.simple_tag
def trend(direction: str, text: str) -> str:
    """`direction` is up, down, level or none."""
    return format_html('<span class="qa-trend">{}<span>{}</span></span>', DRAWN[ARROWS[direction]], text)


@register.simple_block_tag
def panel(content: str, title: str) -> str:
    return format_html(
        '<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper">'
        '<h2 class="govuk-summary-card__title">{}</h2></div>'
        '<div class="govuk-summary-card__content">{}</div></div>',
        title,
        content,
    )


@register.filter
def moment(when: dt.datetime) -> str:
    """London time as people say it: 18 November 2026 at 4:12pm."""
    local = timezone.localtime(when)
    return (
        f"{local.day} {local:%B %Y} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    )


@register.filter
def problems(form) -> list[tuple[str, str]]:
    """(id of the control, sentence); forms that are not ours have no questions, only sentences."""
    if hasattr(form, "error_list"):
        return form.error_list()
    return [("", sentence) for sentence in form.non_field_errors()]


@register.filter
def page_numbers(page) -> list[int | str]:
    """Return the first, the last and those around this one, with an ellipsis for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


DIAGRAM_STATES = {
    "DONE": "done",
    "NEW": "open",
    "ASSIGNED": "open",
    "STARTED": "waiting",
    "SCHEDULED": "clock runs",
    "ERROR": "failed",
    "CANCELED": "ended",
    "REVIVED": "open again",
}


@register.filter
def diagram_state(status: str) -> str:
    """Return the state of a step in a diagram as a word, so that colour is not the only sign."""
    return DIAGRAM_STATES.get(str(status), "")
