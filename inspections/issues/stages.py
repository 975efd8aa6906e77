"""Stages of an issue as reference data, and the time limits that the code lists set for them."""

import datetime as dt
import json
from pathlib import Path

from django.db import transaction

from inspections.issues.models import IssueStage
from providers.directory.models import Clock
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import add_working_days

FILE = Path(__file__).with_name("stages.json")
DAYS = {Clock.Unit.DAYS: 1, Clock.Unit.WEEKS: 7}


@reference.register
@transaction.atomic
def load_stages() -> int:
    """Add the stages of `stages.json` that are missing, change none; return how many. Source: facts 2.4."""
    known = set(IssueStage.objects.values_list("number", flat=True))
    missing = [row for row in json.loads(FILE.read_text("utf-8")) if row["number"] not in known]
    with audit_as(reason="Reference data"):
        IssueStage.objects.audited_create([IssueStage(**row) for row in missing])
    return len(missing)


def last_day(code: str, start: dt.date) -> dt.date | None:
    """Return the last day in time; None where no such limit is in force, or one shorter than a day."""
    clock = Clock.objects.in_force(start).filter(code=code).first()
    if clock is None:
        return None
    if clock.unit == Clock.Unit.WORKING_DAYS:
        return add_working_days(start, clock.amount)
    if clock.unit in DAYS:
        return start + dt.timedelta(days=clock.amount * DAYS[clock.unit])
    return None
