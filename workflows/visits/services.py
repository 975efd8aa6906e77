"""Services that move a visit and its process together, each in one transaction."""

import datetime as dt
from typing import Any

from django.db import transaction

from inspections.visits.models import Visit
from inspections.visits.services import planning, recording, reporting
from inspections.visits.services.planning import VisitPlan
from providers.people.models import User
from qa_portal.core.dates import end_of_day
from workflows.shared.models import Case, TaskClock
from workflows.shared.selectors import armed_timers
from workflows.shared.services import cancel_process, show_to_provider
from workflows.visits.flows import VisitFlow
from workflows.visits.notifications import notify_draft_ready, notify_visit_cancelled, notify_visit_planned
from workflows.visits.selectors import open_step, process_of


@transaction.atomic
def plan_visit(*, by: User, plan: VisitPlan) -> Visit:
    visit = planning.plan_visit(by=by, plan=plan)
    VisitFlow.start.run(visit=visit)
    notify_visit_planned(visit)
    return visit


@transaction.atomic
def move_visit(*, by: User, visit: Visit, on: dt.date, reason: str) -> None:
    """Move the visit and update its inbox row and the due date of its task."""
    visit = planning.move_visit(by=by, visit=visit, on=on, reason=reason)
    process = process_of(visit)
    detail = f"{visit.get_kind_display()}, {on:%-d %B %Y}"
    Case.objects.filter(process=process).update(detail=detail)  # audit-ok: operational table
    set_clock(open_step(visit, VisitFlow.record), end_of_day(on))
    notify_visit_planned(visit)


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str) -> None:
    visit = planning.cancel_visit(by=by, visit=visit, reason=reason)
    cancel_process(process_of(visit))
    notify_visit_cancelled(visit)


@transaction.atomic
def arrive(*, by: User, visit: Visit) -> None:
    """Record the arrival and make the visit visible to the provider."""
    recording.arrive(by=by, visit=visit)
    show_to_provider(process_of(visit))


@transaction.atomic
def extend_accuracy(*, by: User, visit: Visit, to: dt.date, reason: str) -> None:
    """Give the provider more time and move the timer with it."""
    extension = reporting.extend_accuracy(by=by, visit=visit, to=to, reason=reason)
    last = end_of_day(extension.to_on)
    for timer in armed_timers(process_of(visit).pk):
        timer.scheduled = last
        timer.save(update_fields=["scheduled"])
    set_clock(open_step(visit, VisitFlow.accuracy), last)
    notify_draft_ready(extension.visit)


def set_clock(task: Any, due_at: dt.datetime) -> None:
    if task:
        TaskClock.objects.filter(task=task).update(due_at=due_at)  # audit-ok: operational table
