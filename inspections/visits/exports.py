"""Rows of the CSV file of visits: the columns of its page."""

from collections.abc import Iterable, Iterator

from inspections.visits.models import Visit

HEADER = (
    "Setting",
    "Provider",
    "Council",
    "Kind",
    "How",
    "Notice",
    "Planned for",
    "Day of the visit",
    "State",
    "Overdue",
    "Question set",
)


def visit_rows(rows: Iterable[Visit]) -> Iterator[tuple]:
    yield from map(visit_row, rows)


def visit_row(visit: Visit) -> tuple:
    return (
        visit.about,
        str(visit.provider or ""),
        str(visit.council),
        visit.get_kind_display(),
        visit.get_mode_display() if visit.mode else "",
        visit.get_notice_display(),
        visit.planned_on,
        visit.visited_on,
        visit.get_state_display(),
        "Yes" if visit.is_overdue else "",
        str(visit.question_set_version),
    )
