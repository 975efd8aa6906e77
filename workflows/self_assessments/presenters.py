"""A self-assessment in the shape that its pages draw: standards, questions and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.question_sets.answers import answer_text
from inspections.question_sets.grades import COLOURS, AnswerGrade
from inspections.question_sets.grading import Result
from inspections.question_sets.models import Question, Standard
from inspections.self_assessments.models import (
    FOR_PROVIDER,
    CouncilValidation,
    SelfAssessment,
    SelfAssessmentAnswer,
    State,
)
from inspections.self_assessments.selectors import COUNTED, AnswerSheet, progress_status

TAGS = {
    "not_started": "grey",
    "in_progress": "blue",
    "overdue": "red",
    State.WITH_PROVIDER: "blue",
    State.SUBMITTED: "purple",
    State.RETURNED: "yellow",
    State.VALIDATED: "green",
    State.NOT_RETURNED: "grey",
}


@dataclass(frozen=True)
class QuestionView:
    """One question with its answer in words; `missing` is what the provider still has to say."""

    question: Question
    answer: SelfAssessmentAnswer | None
    words: str
    missing: str
    looked: CouncilValidation | None

    @property
    def colour(self) -> str:
        """Return the colour for `rag`; empty where the answer is not a grade."""
        return COLOURS[AnswerGrade(self.answer.grade)] if self.answer and self.answer.grade else ""

    @property
    def is_seen(self) -> bool:
        """Tell whether the council has reviewed the current answer."""
        return bool(self.looked and self.answer and self.looked.answer_version == self.answer.row_version)


@dataclass(frozen=True)
class StandardView:
    standard: Standard
    lines: list[QuestionView]
    result: Result

    @property
    def left(self) -> int:
        return sum(bool(line.missing) for line in self.lines)

    @property
    def begun(self) -> bool:
        return any(line.answer for line in self.lines)

    @property
    def seen(self) -> int:
        return sum(line.is_seen for line in self.lines if line.answer)

    @property
    def colour(self) -> str:
        return COLOURS[AnswerGrade(self.result.grade)]

    @property
    def grade(self) -> str:
        return str(AnswerGrade(self.result.grade).label)


def section_views(
    sheet: AnswerSheet, validations: Mapping[int, CouncilValidation] | None = None
) -> list[StandardView]:
    unfinished = {question.pk: what for question, what in sheet.unfinished()}
    results, _ = sheet.graded()
    looked = validations or {}
    return [
        StandardView(
            standard,
            [
                QuestionView(
                    question,
                    sheet.answers.get(question.pk),
                    answer_text(question, sheet.answers.get(question.pk)),
                    unfinished.get(question.pk, ""),
                    looked.get(question.pk),
                )
                for question in sheet.asked_in(standard)
            ],
            results[standard.pk],
        )
        for standard in sheet.standards
    ]


def state_tag(assessment: SelfAssessment, *, for_provider: bool) -> tuple[str, str]:
    """Return (label, colour of the tag) of the state for the reader's side."""
    words = FOR_PROVIDER[State(assessment.state)] if for_provider else assessment.get_state_display()
    return str(words), TAGS[State(assessment.state)]


def progress_tag(assessment: SelfAssessment) -> tuple[str, str]:
    """Return (label, colour of the tag) for the council, for a row from `with_progress`."""
    stands = progress_status(assessment)
    return dict(COUNTED)[stands], TAGS[stands]
