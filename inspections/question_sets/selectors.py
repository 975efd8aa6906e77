"""Which version is asked where, a version with its questions, and how two versions differ."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion, Standard
from providers.directory.models import Setting

COMPARED = ("prompt", "guidance", "regulation_refs", "evidence_expected", "kind", "weight", "is_key")


def version_for(setting: Setting, on: dt.date) -> QuestionSetVersion | None:
    """What is asked of a setting of its type on a day; nothing where no question set is for that type."""
    if setting.provision_type_id is None:
        return None
    versions = QuestionSetVersion.objects.in_force(on).filter(
        question_set__used_for__provision_type__code=setting.provision_type.code
    )
    return versions.select_related("question_set").order_by("question_set__order").first()


def standards_of(version: QuestionSetVersion) -> list[Standard]:
    """In order, each with `questions` prefetched in order: two queries."""
    questions = Question.objects.select_related("shown_when").order_by("order")
    standards = Standard.objects.filter(version=version).order_by("order")
    return list(standards.prefetch_related(Prefetch("questions", queryset=questions)))


def questions_of(standards: Iterable[Standard]) -> list[Question]:
    """All questions of standards that came from `standards_of`, in the order they are asked."""
    return [question for standard in standards for question in standard.questions.all()]


def question_sets_with_versions(user) -> list[QuestionSet]:
    """Each with `versions` prefetched, the newest first, as far as the reader may see them."""
    versions = QuestionSetVersion.objects.visible_to(user).order_by("-number")
    return list(
        QuestionSet.objects.visible_to(user).prefetch_related(Prefetch("versions", queryset=versions))
    )


@dataclass(frozen=True)
class Difference:
    """One question in two versions. `before` or `after` is None where one of them does not ask it."""

    code: str
    before: Question | None
    after: Question | None
    changes: tuple[tuple[str, str, str], ...] = ()
    """(what, before, after) in words."""


def differences(before: QuestionSetVersion, after: QuestionSetVersion) -> list[Difference]:
    """Questions told apart by their codes, in the order of the later version; those dropped come last."""
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
    return str(Question._meta.get_field(name).verbose_name).capitalize()


def _words(question: Question, name: str) -> str:
    value = getattr(question, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return question.get_kind_display() if name == "kind" else str(value)
