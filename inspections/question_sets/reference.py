"""Loads the question sets that come with the portal: our texts, the standards of the regulations."""

import datetime as dt
import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from inspections.question_sets.models import (
    Question,
    QuestionSet,
    QuestionSetProvisionType,
    QuestionSetVersion,
    Standard,
)
from providers.directory.models import ProvisionType
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as

FOLDER = Path(__file__).parent / "seed"


@reference.register
def load_question_sets() -> int:
    """Add the question sets that are missing and change no existing one. Return how many were added."""
    standing = set(QuestionSet.objects.values_list("code", flat=True))
    missing = [path for path in sorted(FOLDER.glob("*.json")) if path.stem not in standing]
    with transaction.atomic(), audit_as(reason="Reference data"):
        for order, path in enumerate(missing, start=len(standing)):
            _add(path.stem, json.loads(path.read_text("utf-8")), order)
    return len(missing)


def _add(code: str, told: dict, order: int) -> None:
    question_set = QuestionSet.objects.create(
        code=code, name=told["name"], regulations=told["regulations"], order=order
    )
    for provision_type in ProvisionType.objects.filter(code__in=told["provision_types"], to_on=None):
        QuestionSetProvisionType.objects.create(question_set=question_set, provision_type=provision_type)
    version = QuestionSetVersion.objects.create(
        question_set=question_set,
        number=1,
        from_on=dt.date.fromisoformat(told["from_on"]),
        published_at=timezone.now(),
    )
    for place, section in enumerate(told["standards"]):
        _add_standard(version, place, section)


def _add_standard(version: QuestionSetVersion, place: int, section: dict) -> None:
    """Add a standard.

    Questions that always show go in at once; the others need the id of the one that shows them.
    """
    questions = [asked | {"order": order} for order, asked in enumerate(section.pop("questions"))]
    standard = Standard.objects.create(version=version, order=place, **section)
    always = [Question(standard=standard, **asked) for asked in questions if "shown_when" not in asked]
    made = {question.code: question for question in Question.objects.audited_create(always)}
    for asked in questions:
        if "shown_when" in asked:
            code, value = asked.pop("shown_when")
            Question.objects.create(standard=standard, shown_when=made[code], shown_when_value=value, **asked)
