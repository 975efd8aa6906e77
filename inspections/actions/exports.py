"""Rows of the CSV file of actions: the columns of its page."""

from collections.abc import Iterable, Iterator

from inspections.actions.models import Action

HEADER = (
    "Action",
    "Setting",
    "Provider",
    "Council",
    "Came from",
    "Standard",
    "Urgent",
    "Limiting question",
    "State",
    "Due on",
    "Overdue",
    "Who is responsible",
    "Planned for",
)


def action_rows(rows: Iterable[Action]) -> Iterator[tuple]:
    yield from map(action_row, rows)


def action_row(action: Action) -> tuple:
    return (
        action.what,
        str(action.setting or ""),
        str(action.provider),
        str(action.council),
        action.source_label or action.get_source_kind_display(),
        action.standard,
        "Yes" if action.priority == Action.Priority.URGENT else "",
        "Yes" if action.is_key else "",
        action.stage,
        action.due_on,
        "Yes" if action.is_overdue else "",
        action.owner_role,
        action.steps_on,
    )
