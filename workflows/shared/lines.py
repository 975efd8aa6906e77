"""A step as a line of a list: what is to be done, about what, until when, and by whom."""

import datetime as dt

from django.utils import timezone

from qa_portal.core.dates import end_of_day, today
from workflows.shared import telling
from workflows.shared.flow import flow_of

DAYS_AHEAD = 7


def line_of(task, user) -> dict:
    """Of a task that came from `selectors.waiting`: asks the database nothing."""
    case = task.process.case
    due_at = getattr(getattr(task, "clock", None), "due_at", None)
    return {
        "task": task,
        "title": telling.step_title(task),
        "flow": flow_of(case.kind).process_title,
        "case": case,
        "due_at": due_at,
        "state": due_state(due_at),
        "whom": whom(task, user),
    }


def whom(task, user) -> str:
    """Without asking for each line's organisation: the reader's own, or the case's other side."""
    if task.owner_permission_obj_pk == str(user.scope.organisation_id):
        return telling.whom(task, user)
    case = task.process.case
    other = case.council if task.owner_permission_obj_pk == str(case.council_id) else case.provider
    return f"With {other}"


def due_state(due_at: dt.datetime | None) -> str:
    if due_at is None:
        return ""
    if due_at < timezone.now():
        return "overdue"
    return "soon" if due_at <= soon() else ""


def soon() -> dt.datetime:
    """To the end of the seventh day, so that the hour of looking makes no difference."""
    return end_of_day(today() + dt.timedelta(days=DAYS_AHEAD))
