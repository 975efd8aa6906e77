"""Queries over question sets: the version for a setting, its questions, and how two versions differ."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Field, Prefetch

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion, Standard
from providers.directory.models import Setting
from providers.people.models import User

COMPARED = ("prompt", "guidance", "regulation_refs", "evidence_expected", "kind", "weight", "is_key")


def version_for(setting: Setting, on: dt.date) -> QuestionSetVersion | None:
    """Return the version used for a setting on a day, or None if no question set covers its type."""
    if setting.provision_type is None:
        return None
    versions = QuestionSetVersion.objects.in_force(on).filter(
        question_set__used_for__provision_type__code=setting.provision_type.code
    )
    return versions.select_related("question_set").order_by("question_set__order").first()


def standards_of(version: QuestionSetVersion) -> list[Standard]:
    """Return the standards in order, each with `questions` prefetched in order: two queries."""
    questions = Question.objects.select_related("shown_when").order_by("order")
    standards = Standard.objects.filter(version=version).order_by("order")
    return list(standards.prefetch_related(Prefetch("questions", queryset=questions)))


def questions_of(standards: Iterable[Standard]) -> list[Question]:
    """Return all questions of standards from `standards_of`, in the order they are asked."""
    return [question for standard in standards for question in standard.questions.all()]


def question_sets_with_versions(user: User) -> list[QuestionSet]:
    """Return the question sets, each with the `versions` that the reader may see, newest first."""
    versions = QuestionSetVersion.objects.visible_to(user).order_by("-number")
    return list(
        QuestionSet.objects.visible_to(user).prefetch_related(Prefetch("versions", queryset=versions))
    )


@dataclass(frozen=True)
class Difference:
    """One question in two versions. `before` or `after` is None where that version does not ask it."""

    code: str
    before: Question | None
    after: Question | None
    changes: tuple[tuple[str, str, str], ...] = ()
    """(what, before, after) in words."""


def differences(before: QuestionSetVersion, after: QuestionSetVersion) -> list[Difference]:
    """Compare two versions by question code, in the order of the later one; dropped questions come last."""
    old = {question.code: question for question in questions_of(standards_of(before))}
    new = {question.code: question for question in questions_of(standards_of(after))}
    found = []
    for code in [*new, *(code for code in old if code not in new)]:
        one, other = old.get(code), new.get(code)
        changes = _changes(one, other) if one and other else ()
        if changes or not (one and other):
            found.append(Difference(code, one, other, changes))
    return found


def _changes(before: Question, after: Question) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (_label(name), _words(before, name), _words(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    )


def _label(name: str) -> str:
    return str(cast(Field, Question._meta.get_field(name)).verbose_name).capitalize()


def _words(question: Question, name: str) -> str:
    value = getattr(question, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return question.get_kind_display() if name == "kind" else str(value)
