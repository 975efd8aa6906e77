"""Answers the demo's people give to a question set: plausible, and the same each time."""

from collections.abc import Iterable, Iterator

from inspections.question_sets.answers import check_answer
from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.models import Question
from qa_portal.portal.demo.story.story_steps import in_days

SHOWN = {
    "quality-and-purpose": "Statement of purpose of this year, and the last two team meetings.",
    "views-wishes-feelings": "Minutes of the house meetings, and what became of each wish.",
    "education": "Attendance of the last term, and the notes of the designated teachers.",
    "enjoyment-and-achievement": "Activity plans of four weeks, clubs that are paid for, and photographs.",
    "health-and-well-being": "Health assessments, dental checks and the medicines record.",
    "positive-relationships": "Behaviour plans, and the record of restraints with what was talked over after each.",
    "protection": "Referrals of the last quarter, risk plans, and the return interviews.",
    "leadership-and-management": "Supervision matrix, rotas of eight weeks and the manager’s own audit.",
    "care-planning": "Placement plans and the minutes of the last reviews.",
    "accommodation": "Room checks of the last quarter, and the repairs that were asked for.",
    "support": "Support plans, hours delivered, and what young people said of them.",
}
ELSE_SHOWN = "Files that were sampled, and what staff said."
WEAK = {
    AnswerGrade.PARTLY_MET: (
        "Good in three of the four files that were sampled; the fourth stops in the spring.",
        "Bring the fourth file up to date, and look at all files each month.",
    ),
    AnswerGrade.NOT_MET: (
        "No entry for six of the last ten nights, and two posts are vacant.",
        "Fill both posts, and have a senior sign the night log each morning.",
    ),
}
TEXT = "A deputy leads until the new manager starts; Ofsted was told in the same week."
LIST = ["Later bedtime on Fridays", "A second bicycle"]


def said(
    questions: Iterable[Question], weak: dict[str, AnswerGrade] | None = None
) -> Iterator[tuple[Question, dict]]:
    """Yield (question, columns of an answer) for each question asked. `weak` grades questions by their code."""
    given: dict[int, str] = {}
    for question in questions:
        if question.shown_when_id and given.get(question.shown_when_id) != question.shown_when_value:
            continue
        columns = check_answer(question, _data(question, (weak or {}).get(question.code, AnswerGrade.MET)))
        given[question.pk] = columns["grade"] or columns["value"]
        yield question, columns


def _data(question: Question, grade: AnswerGrade) -> dict:
    Kind = question.Kind
    shown = SHOWN.get(question.standard.code, ELSE_SHOWN)
    match question.kind:
        case Kind.YES_NO:
            return {"value": "yes"}
        case Kind.CHOICE:
            return {"value": question.choices[0][0]}
        case Kind.NUMBER:
            return {"value": 2}
        case Kind.DATE:
            return {"value": in_days(-12)}
        case Kind.TEXT:
            return {"value": TEXT}
        case Kind.LIST:
            return {"value": LIST}
    narrative, action = WEAK.get(grade, (shown, ""))
    return {"grade": grade, "narrative": narrative, "action_needed": action}
