"""A campaign a year: answered in time, late or not at all; validated, or returned with a reason first."""

from collections.abc import Sequence

from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.models import QuestionSet
from inspections.question_sets.selectors import questions_of, standards_of
from inspections.self_assessments.models import SelfAssessment
from inspections.self_assessments.services import (
    CouncilView,
    TypedAnswer,
    return_with_reason,
    review_answers,
    save_answers,
    submit,
    validate,
)
from providers.people.models import User
from qa_portal.core.dates import today
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story.story_steps import as_, do, in_days, setting
from qa_portal.portal.demo.story.texts import said
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import open_one, start_campaign, waiting_to_open

HOMES = ["Fellside House", "Beck View", "Birk Rigg", "Tarn Lodge", "Heron Bank", "Ghyll End"]
WELL: dict[str, AnswerGrade] = {}
WEAK = {"8.2": AnswerGrade.PARTLY_MET, "12.3": AnswerGrade.PARTLY_MET, "13.4": AnswerGrade.NOT_MET}
RETURNED = (
    "Standard 12 names no evidence of the return interviews. Please say what shows that they took place."
)
DIFFERS = "The officer found two staff without supervision since the summer."


@once
def campaign(login: str, question_set: str, name: str, settings: Sequence[str], *, due_in: int) -> None:
    with as_(login) as officer:
        start_campaign(
            by=officer,
            question_set=QuestionSet.objects.get(code=question_set),
            name=f"{name}, {today():%B %Y}",
            opens_on=today(),
            due_on=in_days(due_in),
            validation_due_on=in_days(due_in + 21),
            settings=[setting(name) for name in settings],
        )
    for assessment in waiting_to_open():
        open_one(assessment)


@once
def begun(login: str, name: str) -> None:
    answer(login, newest(name), standards=2)


@once
def submitted(login: str, name: str, weak: dict[str, AnswerGrade] = WELL) -> None:
    submit_answers(login, name, weak)


def returned(login: str, name: str, *, by: str) -> Story:
    assessment = submit_answers(login, name, WEAK)
    yield 4
    send_back(by, assessment)


def validated(
    login: str, name: str, weak: dict[str, AnswerGrade] = WELL, *, by: str = "officer", returned: bool = False
) -> Story:
    """Validate the answers; where they are weak, the council disagrees with one of them."""
    assessment = submit_answers(login, name, weak)
    yield 5
    if returned:
        send_back(by, assessment)
        yield 9
        do(login, SelfAssessmentFlow.answer, assessment, lambda user: submit(by=user, assessment=assessment))
        yield 5
    with as_(by) as officer:
        review_answers(by=officer, assessment=assessment, views=views_of(assessment, differs=bool(weak)))
    do(by, SelfAssessmentFlow.validate, assessment, lambda user: validate(by=user, assessment=assessment))


def newest(name: str) -> SelfAssessment:
    return SelfAssessment.objects.filter(setting__working_name=name).latest("campaign__opens_on")


def answer(
    login: str,
    assessment: SelfAssessment,
    weak: dict[str, AnswerGrade] = WELL,
    *,
    standards: int | None = None,
) -> None:
    """Answer the first so many standards, else all."""
    asked = questions_of(standards_of(assessment.campaign.version)[:standards])
    typed = [TypedAnswer(question, columns, 0) for question, columns in said(asked, weak)]
    with as_(login) as user:
        save_answers(by=user, assessment=assessment, typed=typed)


def submit_answers(login: str, name: str, weak: dict[str, AnswerGrade]) -> SelfAssessment:
    assessment = newest(name)
    answer(login, assessment, weak)
    do(login, SelfAssessmentFlow.answer, assessment, lambda user: submit(by=user, assessment=assessment))
    return assessment


def send_back(login: str, assessment: SelfAssessment) -> None:
    def act(user: User) -> None:
        return_with_reason(by=user, assessment=assessment, reason=RETURNED, due_on=in_days(14))

    do(login, SelfAssessmentFlow.validate, assessment, act)


def views_of(assessment: SelfAssessment, *, differs: bool) -> list[CouncilView]:
    views = []
    for answer in assessment.answers.select_related("question"):
        told: dict = {"agrees": True}
        if differs and answer.question.code == "13.3":
            told = {"agrees": False, "council_grade": AnswerGrade.PARTLY_MET, "note": DIFFERS}
        views.append(CouncilView(answer.question, answer.row_version, **told))
    return views
