"""Loads `stages.json`: adds the stages that are missing and changes none that stand."""

import json
from pathlib import Path

from django.db import transaction

from inspections.issues.models import IssueStage
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as

FILE = Path(__file__).with_name("stages.json")


@reference.register
@transaction.atomic
def load_stages() -> int:
    """Returns how many stages it added. Source: facts 2.4."""
    standing = set(IssueStage.objects.values_list("number", flat=True))
    missing = [row for row in json.loads(FILE.read_text("utf-8")) if row["number"] not in standing]
    with audit_as(reason="Reference data"):
        IssueStage.objects.audited_create([IssueStage(**row) for row in missing])
    return len(missing)
