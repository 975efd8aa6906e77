"""Two campaigns whose settings stand in every state: not started, begun, submitted, returned, validated."""

from collections.abc import Sequence

from inspections.frameworks.grades import Grade
from inspections.frameworks.models import Framework
from inspections.frameworks.selectors import questions_of, standards_of
from inspections.self_assessments.models import Campaign, SelfAssessment
from inspections.self_assessments.services import (
    Typed,
    View,
    look_at_answers,
    return_with_reason,
    save_answers,
    submit,
    validate,
)
from providers.people.models import User
from qa_portal.core.dates import today
from qa_portal.portal.demo_cases.doing import as_, do, in_days, setting
from qa_portal.portal.demo_cases.saying import said
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import open_one, start_campaign, waiting_to_open

HOMES = ["Fellside House", "Beck View", "Birk Rigg", "Tarn Lodge", "Heron Bank", "Ghyll End"]
WEAK = {"8.2": Grade.PARTLY_MET, "12.3": Grade.PARTLY_MET, "13.4": Grade.NOT_MET}
RETURNED = (
    "Standard 12 names no evidence of the return interviews. Please say what shows that they took place."
)
DIFFERS = "The officer found two staff without supervision since the summer."


def build() -> None:
    homes = campaign("officer", "childrens-homes", "Children’s homes", HOMES, due_in=21)
    begun(homes, "provider2", "Beck View")
    submitted(homes, "larkrigg", "Heron Bank")
    returned(homes)
    validated(homes)
    flats = campaign(
        "officer3", "supported-accommodation", "Supported accommodation", ["Mill Rise"], due_in=1
    )
    begun(flats, "thornbeck", "Mill Rise")


def campaign(login: str, framework: str, name: str, settings: Sequence[str], *, due_in: int) -> Campaign:
    with as_(login) as officer:
        campaign = start_campaign(
            by=officer,
            framework=Framework.objects.get(code=framework),
            name=f"{name}, {today():%B %Y}",
            opens_on=today(),
            due_on=in_days(due_in),
            validation_due_on=in_days(due_in + 21),
            settings=[setting(name) for name in settings],
        )
    for assessment in waiting_to_open():
        open_one(assessment)
    return campaign


def of(campaign: Campaign, name: str) -> SelfAssessment:
    return campaign.assessments.get(setting__working_name=name)


def answer(user: User, assessment: SelfAssessment, *, standards: int | None = None) -> None:
    """The first so many standards, else all."""
    asked = questions_of(standards_of(assessment.campaign.version)[:standards])
    typed = [Typed(question, columns, 0) for question, columns in said(asked, WEAK)]
    save_answers(by=user, assessment=assessment, typed=typed)


def begun(campaign: Campaign, login: str, name: str) -> None:
    with as_(login) as user:
        answer(user, of(campaign, name), standards=2)


def submitted(campaign: Campaign, login: str, name: str) -> SelfAssessment:
    assessment = of(campaign, name)
    with as_(login) as user:
        answer(user, assessment)
    do(login, SelfAssessmentFlow.answer, assessment, lambda user: submit(by=user, assessment=assessment))
    return assessment


def returned(campaign: Campaign) -> None:
    assessment = submitted(campaign, "ashgarth2", "Tarn Lodge")

    def act(user: User) -> None:
        return_with_reason(by=user, assessment=assessment, reason=RETURNED, due_on=in_days(28))

    do("officer2", SelfAssessmentFlow.validate, assessment, act)


def validated(campaign: Campaign) -> None:
    """With one answer on which the council is of another mind."""
    assessment = submitted(campaign, "provider2", "Fellside House")
    with as_("officer") as officer:
        look_at_answers(by=officer, assessment=assessment, views=views_of(assessment))
    do("officer", SelfAssessmentFlow.validate, assessment, lambda by: validate(by=by, assessment=assessment))


def views_of(assessment: SelfAssessment) -> list[View]:
    views = []
    for answer in assessment.answers.select_related("question"):
        told: dict = {"agrees": True}
        if answer.question.code == "13.3":
            told = {"agrees": False, "council_grade": Grade.PARTLY_MET, "note": DIFFERS}
        views.append(View(answer.question, answer.row_version, **told))
    return views
