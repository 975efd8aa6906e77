"""A report as plain values, frozen in a version: page and PDF draw these and read nothing else.

    {"visit": {...}, "overall": {...}, "standards": [{..., "findings": [...]}], "people": [...],
     "verbal_feedback": "...", "actions": [...], "comments": [...]}

It names no person. Dates are in words.
"""

import datetime as dt
import hashlib
import json

from inspections.actions.models import Action, Source
from inspections.question_sets.answers import answer_text, answer_value, asked_questions, grade_answers
from inspections.question_sets.grades import COLOURS, AnswerGrade
from inspections.question_sets.grading import Result
from inspections.question_sets.models import Question, Standard
from inspections.question_sets.selectors import questions_of, standards_of
from inspections.visits.models import Visit, VisitAnswer


class VisitRecord:
    """The record of a visit, read once: its standards, their questions, the answers."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        scope = set(visit.scope.values_list("standard", flat=True))
        every = standards_of(visit.question_set_version)
        self.standards: list[Standard] = [standard for standard in every if standard.pk in scope]
        self.questions: list[Question] = questions_of(self.standards)
        rows = VisitAnswer.objects.filter(visit=visit)
        self.answers: dict[int, VisitAnswer] = {answer.question_id: answer for answer in rows}
        self.asked: list[Question] = asked_questions(self.questions, self.answers)

    def unanswered(self) -> list[Question]:
        return [question for question in self.asked if not self.is_answered(question)]

    def is_answered(self, question: Question) -> bool:
        answer = self.answers.get(question.pk)
        return bool(answer and answer.is_answered)

    def of(self, standard: Standard) -> list[Question]:
        return [question for question in self.asked if question.standard_id == standard.pk]

    def grades(self) -> tuple[dict[int, Result], Result]:
        return grade_answers(self.standards, self.questions, self.answers)


def draft_gaps(visit: Visit, record: VisitRecord) -> list[str]:
    """Return a sentence for each thing that a draft still lacks; empty when it can be sent."""
    gaps = []
    if visit.visited_on is None:
        gaps.append("Enter the day of the visit.")
    if unanswered := record.unanswered():
        codes = ", ".join(question.code for question in unanswered[:12])
        more = f" and {len(unanswered) - 12} more" if len(unanswered) > 12 else ""
        gaps.append(f"Answer every question, or say why it was not assessed: {codes}{more}.")
    results, _ = record.grades()
    proposed = set(proposed_actions(visit).values_list("standard", flat=True))
    for standard in record.standards:
        if results[standard.pk].grade == AnswerGrade.NOT_MET and standard.title not in proposed:
            gaps.append(f"Propose at least one action for “{standard.title}”, which is not met.")
    return gaps


def proposed_actions(visit: Visit):
    """Return the actions of this visit that were not cancelled."""
    return Action.objects.of(Source.VISIT, visit.public_id).exclude(state=Action.State.CANCELLED)


def report_content(visit: Visit, record: VisitRecord) -> dict:
    results, whole = record.grades()
    return {
        "visit": _facts(visit),
        "overall": _result(whole) | {"parts": _parts(record, results)},
        "standards": [_standard(record, standard, results[standard.pk]) for standard in record.standards],
        "people": [
            {"role": row.get_role_display(), "number": row.number} for row in visit.people.all() if row.number
        ],
        "verbal_feedback": visit.verbal_feedback,
        "actions": [_action(action) for action in proposed_actions(visit)],
        "comments": [_comment(comment) for comment in visit.comments.active().exclude(decision="")],
    }


def _facts(visit: Visit) -> dict:
    setting, version = visit.setting, visit.question_set_version
    return {
        "about": visit.about,
        "urn": setting.urn if setting else "",
        "provider": str(visit.provider or ""),
        "council": str(visit.council),
        "kind": visit.get_kind_display(),
        "mode": visit.get_mode_display() if visit.mode else "",
        "notice": visit.get_notice_display(),
        "on": date_text(visit.on),
        "question_set": str(version),
        "regulations": version.question_set.regulations,
    }


def _result(result: Result) -> dict:
    return {
        "grade": str(result.grade),
        "label": str(AnswerGrade(result.grade).label),
        "colour": COLOURS[AnswerGrade(result.grade)],
        "percent": result.total.percent,
        "is_capped": result.is_capped,
    }


def _parts(record: VisitRecord, results: dict[int, Result]) -> dict[str, list[int]]:
    """Return [score, maximum] by standard code; they add up to the whole."""
    totals = {standard.code: results[standard.pk].total for standard in record.standards}
    return {code: [total.score, total.most] for code, total in totals.items()}


def _standard(record: VisitRecord, standard: Standard, result: Result) -> dict:
    return _result(result) | {
        "code": standard.code,
        "title": standard.title,
        "regulations": standard.regulation_refs,
        "is_limiting": standard.is_limiting,
        "findings": [
            _finding(question, record.answers[question.pk])
            for question in record.of(standard)
            if question.pk in record.answers
        ],
    }


def _finding(question: Question, answer: VisitAnswer) -> dict:
    grade = str(answer_value(answer)) if answer.grade else ""
    return {
        "code": question.code,
        "prompt": question.prompt,
        "regulations": question.regulation_refs,
        "is_key": question.is_key,
        "answer": answer_text(question, answer),
        "colour": COLOURS[AnswerGrade(grade)] if grade else "",
        "reason": answer.reason,
        "narrative": answer.narrative,
        "good_practice": answer.good_practice,
        "action_needed": answer.action_needed,
    }


def _action(action: Action) -> dict:
    return {
        "public_id": str(action.public_id),
        "what": action.what,
        "standard": action.standard,
        "priority": action.get_priority_display(),
        "due_on": date_text(action.due_on),
    }


def date_text(on: dt.date | None) -> str:
    return f"{on:%-d %B %Y}" if on else ""


def _comment(comment) -> dict:
    return {
        "finding": comment.finding,
        "remark": comment.remark,
        "decision": comment.get_decision_display(),
        "reason": comment.decision_reason,
    }


def checksum(content: dict) -> str:
    """Return the SHA-256 of the content, the same whatever the order in which a database returns keys."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
