"""Panels of a council's workload and its overdue work: counted by the database, one query each."""

import datetime as dt

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from qa_portal.core.dates import day_of
from qa_portal.core.ui.bars import length_bar
from qa_portal.portal.home.panels import Cell, Link, Table, counted, day_words
from workflows.shared.flow import flow_of
from workflows.shared.selectors import organisations_work

MOST = 8
INBOX = "?whose=organisation"
NOBODY = "Nobody yet"


def workload_panel(user) -> Table:
    """Return a table of open tasks per person, the most first; unassigned tasks come last."""
    overdue = Count("pk", filter=Q(clock__due_at__lt=timezone.now()))
    people = organisations_work(user).order_by().values("owner", "owner__person__details__full_name")
    workloads = sorted(
        people.annotate(open=Count("pk"), overdue=overdue),
        key=lambda row: (row["owner"] is None, -row["open"], row["owner"] or 0),
    )
    most = max((row["open"] for row in workloads), default=0)
    return Table(
        title="Open tasks of each person",
        columns=["Who", "Open", "Overdue", ""],
        cells=[workload_row(row, most) for row in shown(workloads)],
        nothing="Nobody has an open step. New steps appear here as soon as a case begins.",
        more=[Link("All steps of your organisation", reverse("inbox") + INBOX)],
    )


def shown(workloads: list[dict]) -> list[dict]:
    """Return the people with most tasks, and always the unassigned tasks."""
    taken = [row for row in workloads if row["owner"] is not None]
    return taken[:MOST] + workloads[len(taken) :]


def workload_row(row: dict, most: int) -> list[Cell]:
    name = row["owner__person__details__full_name"]
    who = (name or "Somebody whose name was removed") if row["owner"] else NOBODY
    return [
        Cell(who),
        Cell(str(row["open"]), is_numeric=True),
        Cell(str(row["overdue"]), is_numeric=True),
        Cell("", bar=length_bar(row["overdue"], row["open"], most)),
    ]


def overdue_panel(user, on: dt.date) -> Table:
    """Return a table of overdue work: kind of case and step, with the oldest due day."""
    late = organisations_work(user).filter(clock__due_at__lt=timezone.now()).order_by()
    stages = late.values("process__case__kind", "flow_task").annotate(
        number=Count("pk"), oldest=Min("clock__due_at")
    )
    ordered = sorted(stages, key=lambda stage: stage["oldest"])
    return Table(
        title="Overdue, by stage",
        columns=["Stage", "Overdue", "Oldest was due"],
        cells=[stage_row(stage, on) for stage in ordered[:MOST]],
        nothing="Nothing is overdue.",
        more=[Link("All overdue steps", f"{reverse('inbox')}{INBOX}&due=overdue")],
    )


def stage_row(stage: dict, on: dt.date) -> list[Cell]:
    kind, node, oldest = stage["process__case__kind"], stage["flow_task"], day_of(stage["oldest"])
    href = f"{reverse('inbox')}{INBOX}&flow={kind}&due=overdue"
    title = str(node.task_title) if node else "A step that is no longer used"
    return [
        Cell(title, href, flow_of(kind).process_title),
        Cell(str(stage["number"]), is_numeric=True),
        Cell(day_words(oldest), is_day=True, hint=f"{counted((on - oldest).days, 'day')} ago"),
    ]
