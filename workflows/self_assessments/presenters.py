"""A self-assessment in the shape its pages draw: standards, their questions, and what was said of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.question_sets.answers import answer_text
from inspections.question_sets.grades import COLOURS, Grade
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
    """One question with its answer in words; `missing` says what the provider has still to say."""

    question: Question
    answer: SelfAssessmentAnswer | None
    words: str
    missing: str
    looked: CouncilValidation | None

    @property
    def colour(self) -> str:
        """For `rag`; empty where the answer is no grade."""
        return COLOURS[Grade(self.answer.grade)] if self.answer and self.answer.grade else ""

    @property
    def is_seen(self) -> bool:
        """The council has looked at the answer as it stands now."""
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
        return COLOURS[Grade(self.result.grade)]

    @property
    def grade(self) -> str:
        return str(Grade(self.result.grade).label)


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
    """(words, colour of the tag) of its state as the reader's side calls it."""
    words = FOR_PROVIDER[State(assessment.state)] if for_provider else assessment.get_state_display()
    return str(words), TAGS[State(assessment.state)]


def progress_tag(assessment: SelfAssessment) -> tuple[str, str]:
    """(words, colour) for the council, of a row that came with `with_progress`."""
    stands = progress_status(assessment)
    return dict(COUNTED)[stands], TAGS[stands]
