"""A clash in the words of the page: both values, who wrote the other, and when."""

import datetime as dt
from collections.abc import Iterable, Mapping

from inspections.question_sets.answers import in_words
from inspections.question_sets.models import Question
from inspections.visits.merging import Clash
from inspections.visits.models import VisitAnswer

TEXTS = {
    "reason": "Reason",
    "narrative": "What shows this",
    "good_practice": "Good practice",
    "action_needed": "What needs to be done",
}


def told(clashes: Iterable[Clash], questions: Iterable[Question]) -> list[dict]:
    asked = {f"q{question.pk}": question for question in questions}
    return [
        {
            "key": clash.key,
            "label": clash.label,
            "mine": words(asked.get(clash.key), clash.mine),
            "theirs": words(asked.get(clash.key), clash.theirs),
            "who": clash.who,
            "when": clash.when,
            "version": clash.version,
        }
        for clash in clashes
    ]


def words(question: Question | None, values: Mapping) -> list[str]:
    """A line for each part that says something; an answer begins with its grade or value."""
    if question is None:
        return [plain(value) for value in values.values()] or ["Nothing"]
    answer = VisitAnswer(question=question, grade=values["grade"], value=values["value"])
    lines = [in_words(question, answer) or "No answer"]
    return lines + [f"{label}: {values[name]}" for name, label in TEXTS.items() if values[name]]


def plain(value) -> str:
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    return "Nothing" if value in (None, "") else str(value)
