"""Shows an edit conflict: both values, who wrote the other, and when."""

import datetime as dt
from collections.abc import Iterable, Mapping

from inspections.question_sets.answers import answer_text
from inspections.question_sets.models import Question
from inspections.visits.conflicts import EditConflict
from inspections.visits.models import VisitAnswer

TEXTS = {
    "reason": "Reason",
    "narrative": "Evidence",
    "good_practice": "Good practice",
    "action_needed": "What needs to be done",
}


def conflict_rows(conflicts: Iterable[EditConflict], questions: Iterable[Question]) -> list[dict]:
    asked = {f"q{question.pk}": question for question in questions}
    return [
        {
            "key": conflict.key,
            "label": conflict.label,
            "mine": value_lines(asked.get(conflict.key), conflict.mine),
            "theirs": value_lines(asked.get(conflict.key), conflict.theirs),
            "who": conflict.who,
            "when": conflict.when,
            "version": conflict.version,
        }
        for conflict in conflicts
    ]


def value_lines(question: Question | None, values: Mapping) -> list[str]:
    """Return a line for each part that is filled in; an answer starts with its grade or value."""
    if question is None:
        return [plain_value(value) for value in values.values()] or ["Nothing"]
    answer = VisitAnswer(question=question, grade=values["grade"], value=values["value"])
    lines = [answer_text(question, answer) or "No answer"]
    return lines + [f"{label}: {values[name]}" for name, label in TEXTS.items() if values[name]]


def plain_value(value) -> str:
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    return "Nothing" if value in (None, "") else str(value)
