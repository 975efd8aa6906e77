"""Services that change a question set: copy a version, change the copy, publish it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion, Standard
from providers.people.models import User
from providers.people.rules import check_may
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

OF_STANDARD = ("code", "title", "regulation_refs", "is_limiting", "weight", "order")
OF_QUESTION = (
    *("code", "prompt", "guidance", "regulation_refs", "evidence_expected", "kind", "choices"),
    *("weight", "is_key", "shown_when_value", "order"),
)
CHANGEABLE = {"prompt", "guidance", "regulation_refs", "evidence_expected", "weight", "is_key"}


@transaction.atomic
def start_version(*, by: User, question_set: QuestionSet) -> QuestionSetVersion:
    """Start a draft as a copy of the latest version. Only one draft at a time."""
    check_may(by, Permission.MANAGE_INSTALLATION)
    question_set = locked(question_set)
    latest = question_set.versions.order_by("-number").first()
    if latest and not latest.published_at:
        raise Refused(f"Version {latest.number} is already a draft. Change that one.")
    number = (question_set.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = QuestionSetVersion.objects.create(question_set=question_set, number=number)
    if latest:
        _copy(latest, draft)
    return draft


def _copy(source: QuestionSetVersion, draft: QuestionSetVersion) -> None:
    for standard in source.standards.all():
        twin = Standard.objects.create(
            version=draft, **{name: getattr(standard, name) for name in OF_STANDARD}
        )
        made: dict[int, Question] = {}
        for question in standard.questions.order_by("order"):
            made[question.pk] = Question.objects.create(
                standard=twin,
                shown_when=made.get(question.shown_when_id or 0),
                **{name: getattr(question, name) for name in OF_QUESTION},
            )


@transaction.atomic
def change_question(*, by: User, question: Question, **changes: Any) -> Question:
    """Change a draft's question in columns of `CHANGEABLE`; its kind and code never change."""
    check_may(by, Permission.MANAGE_INSTALLATION)
    question = Question.objects.select_related("standard__version").get(pk=question.pk)
    check_is_draft(question.standard.version)
    if wrong := set(changes) - CHANGEABLE:
        raise Refused(f"These cannot change between versions: {', '.join(sorted(wrong))}.")
    for name, value in changes.items():
        setattr(question, name, value)
    question.save()
    return question


@transaction.atomic
def publish_version(*, by: User, version: QuestionSetVersion, from_on: dt.date) -> QuestionSetVersion:
    """Publish a draft. New visits and self-assessments use it from `from_on`; existing ones keep theirs."""
    check_may(by, Permission.MANAGE_INSTALLATION)
    version = locked(version)
    check_is_draft(version)
    if from_on < today():
        raise Refused("The date a version comes into force cannot be in the past.")
    version.from_on = from_on
    version.published_at = timezone.now()
    version.published_by = by.membership
    version.save()
    return version


def check_is_draft(version: QuestionSetVersion) -> None:
    if version.published_at:
        raise Refused("You cannot change a published version. Start a new one.")
