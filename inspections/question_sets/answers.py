"""Rules for answers: what counts as one, which questions are asked, what answers add up to. No database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from inspections.question_sets.grades import NEEDS_REASON, AnswerGrade
from inspections.question_sets.grading import (
    AnswerMark,
    Result,
    Section,
    Total,
    grade_section,
    grade_whole,
    mark_of,
    total_of,
)
from inspections.question_sets.models import Answer, Question
from qa_portal.core.rules import Refused

TEXTS = ("narrative", "good_practice", "action_needed", "reason")
LONGEST_TEXT = 4000
LONGEST_ITEM, MOST_ITEMS = 200, 30
LARGEST_NUMBER = 1_000_000
YES_NO = [("yes", "Yes"), ("no", "No")]
REASONS = {
    AnswerGrade.NOT_APPLICABLE: "Say why this does not apply",
    AnswerGrade.NOT_ASSESSED: "Say why this was not assessed",
}


class WrongAnswer(Refused):
    """Raised for an answer that cannot be taken; `field` is grade, value, reason or one of the texts."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check_answer(question: Question, data: Mapping) -> dict:
    """Return the columns of an `Answer`, cleaned; all may be empty. Raise WrongAnswer at the first fault.

    `data` has any of grade, value, reason, narrative, good_practice and action_needed. A value comes as
    a form or a device sends it: a number or a date may be text, a list may be lines of one text.
    """
    cleaned = {name: str(data.get(name) or "").strip() for name in TEXTS}
    for name, text in cleaned.items():
        if len(text) > LONGEST_TEXT:
            raise WrongAnswer(name, f"This answer must be {LONGEST_TEXT:,} characters or less")
    grade, value = data.get("grade") or "", data.get("value")
    if grade and grade not in AnswerGrade.values:
        raise WrongAnswer("grade", "Choose one of the grades")
    if grade in NEEDS_REASON:
        if not cleaned["reason"]:
            raise WrongAnswer("reason", REASONS[AnswerGrade(grade)])
        return cleaned | {"grade": grade, "value": None}
    cleaned["reason"] = ""
    empty = value is None or (isinstance(value, str) and not value.strip())
    if question.kind == Question.Kind.GRADE:
        if not empty:
            raise WrongAnswer("grade", "Answer with a grade")
        return cleaned | {"grade": grade, "value": None}
    if grade:
        raise WrongAnswer("value", "This question is not answered with a grade")
    return cleaned | {"grade": "", "value": None if empty else READERS[question.kind](question, value)}


def is_empty(cleaned: Mapping) -> bool:
    """Tell whether an answer has no grade, no value and no text."""
    return not any(cleaned[name] for name in ("grade", *TEXTS)) and cleaned["value"] is None


def _yes_no(question: Question, value) -> str:
    if value not in ("yes", "no"):
        raise WrongAnswer("value", "Choose yes or no")
    return value


def _choice(question: Question, value) -> str:
    if value not in {code for code, _ in question.choices}:
        raise WrongAnswer("value", "Choose one of the answers")
    return value


def _number(question: Question, value) -> int:
    typed = str(value).strip().replace(",", "")
    if isinstance(value, bool) or not (
        typed.isascii() and typed.isdigit() and int(typed[:8]) <= LARGEST_NUMBER
    ):
        raise WrongAnswer("value", "Enter a whole number, like 12")
    return int(typed)


def _date(question: Question, value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    try:
        return dt.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise WrongAnswer("value", "Enter a real date") from None


def _text(question: Question, value) -> str:
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise WrongAnswer("value", f"This answer must be {LONGEST_TEXT:,} characters or less")
    return text


def _list(question: Question, value) -> list[str] | None:
    lines = value.splitlines() if isinstance(value, str) else [str(item) for item in value]
    items = [line.strip() for line in lines if line.strip()]
    if len(items) > MOST_ITEMS:
        raise WrongAnswer("value", f"Enter {MOST_ITEMS} lines or fewer")
    if any(len(item) > LONGEST_ITEM for item in items):
        raise WrongAnswer("value", f"Each line must be {LONGEST_ITEM} characters or less")
    return items or None


READERS: dict[str, Callable] = {
    Question.Kind.YES_NO: _yes_no,
    Question.Kind.CHOICE: _choice,
    Question.Kind.NUMBER: _number,
    Question.Kind.DATE: _date,
    Question.Kind.TEXT: _text,
    Question.Kind.LIST: _list,
}


def asked_questions(questions: Iterable[Question], answers: Mapping[int, Answer]) -> list[Question]:
    """Return the questions that are asked, given the answers by question id.

    A question that depends on a hidden one is hidden too.
    """
    asked: dict[int, Question] = {}
    for question in questions:
        if question.shown_when_id is None or (
            question.shown_when_id in asked
            and answer_value(answers.get(question.shown_when_id)) == question.shown_when_value
        ):
            asked[question.pk] = question
    return list(asked.values())


def answer_value(answer: Answer | None):
    """Return the grade, else the value, else an empty string."""
    return (answer.grade or answer.value or "") if answer else ""


def answer_text(question: Question, answer: Answer | None) -> str:
    """Return the grade or value as a reader sees it; empty without an answer."""
    if answer is None or not answer.is_answered:
        return ""
    if answer.grade:
        return str(AnswerGrade(answer.grade).label)
    value = answer.value
    if question.kind == Question.Kind.DATE:
        day = dt.date.fromisoformat(str(value))
        return f"{day.day} {day:%B %Y}"
    if question.kind == Question.Kind.LIST:
        return "; ".join(value or ())
    return str(dict([*YES_NO, *question.choices]).get(value, value))


def mark_answer(question: Question, answer: Answer | None) -> AnswerMark:
    """Score one answer. Yes scores like met, no like not met."""
    grade = answer.grade if answer else ""
    if answer and not grade and question.kind == Question.Kind.YES_NO and answer.value:
        grade = AnswerGrade.MET if answer.value == "yes" else AnswerGrade.NOT_MET
    return mark_of(grade, weight=question.weight, is_key=question.is_key)


def grade_answers(standards: Iterable, questions: Iterable[Question], answers: Mapping[int, Answer]):
    """Grade the questions that are asked and scored: (result by standard id, overall result)."""
    return grade_asked(standards, asked_questions(questions, answers), answers)


def total_of_answers(questions: Iterable[Question], answers: Mapping) -> Total:
    """Return the overall sums without grades. Each question must come with its standard."""
    marks: dict[int, list[AnswerMark]] = defaultdict(list)
    for one in asked_questions(questions, answers):
        if one.is_scored:
            marks[one.standard.weight].append(mark_answer(one, answers.get(one.pk)))
    sums = [total_of(weighed, weight) for weight, weighed in marks.items()]
    return Total(sum(one.score for one in sums), sum(one.most for one in sums))


def grade_asked(standards: Iterable, asked: Iterable[Question], answers: Mapping):
    """Grade questions known to be asked; `answers` need only a grade and a value."""
    scored = [question for question in asked if question.is_scored]
    sections = {
        standard.pk: Section(
            [mark_answer(one, answers.get(one.pk)) for one in scored if one.standard_id == standard.pk],
            weight=standard.weight,
            is_limiting=standard.is_limiting,
        )
        for standard in standards
    }
    results: dict[int, Result] = {pk: grade_section(section) for pk, section in sections.items()}
    return results, grade_whole(list(sections.values()))
