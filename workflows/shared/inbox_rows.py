"""A step as a line of a list: what is to be done, about what, until when, and by whom."""

import datetime as dt

from django.utils import timezone

from qa_portal.core.dates import end_of_day, today
from workflows.shared import presenters
from workflows.shared.flow import flow_of

DAYS_AHEAD = 7


def inbox_row(task, user) -> dict:
    """Return the row of a task that came from `selectors.waiting`; it runs no query."""
    case = task.process.case
    due_at = getattr(getattr(task, "clock", None), "due_at", None)
    return {
        "task": task,
        "title": presenters.step_title(task),
        "flow": flow_of(case.kind).process_title,
        "case": case,
        "due_at": due_at,
        "state": due_state(due_at),
        "whom": presenters.whom(task, user),
    }


def due_state(due_at: dt.datetime | None) -> str:
    if due_at is None:
        return ""
    if due_at < timezone.now():
        return "overdue"
    return "soon" if due_at <= soon() else ""


def soon() -> dt.datetime:
    """Return the end of the seventh day, so that the hour of looking makes no difference."""
    return end_of_day(today() + dt.timedelta(days=DAYS_AHEAD))
