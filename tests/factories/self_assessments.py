"""A campaign of the north council over a home of each of two providers. All of it invented."""

import datetime as dt

from inspections.question_sets.models import Question, QuestionSetProvisionType, QuestionSetVersion
from inspections.self_assessments.models import Campaign, SelfAssessment
from inspections.self_assessments.services import (
    CouncilView,
    TypedAnswer,
    open_campaign,
    review_answers,
    save_answers,
)
from providers.directory.models import Authority, ProvisionType, Setting
from qa_portal.core.dates import at_london, today
from tests.factories.question_sets import question_set
from tests.factories.register import SettingFactory
from tests.factories.world import World

DUE, VALIDATION_DUE = dt.timedelta(days=14), dt.timedelta(days=28)
SECTIONS = {
    "care": [
        {"code": "1.1", "prompt": "Is it warm?"},
        {"code": "1.2", "kind": "yes_no", "prompt": "Is a manager in post?"},
    ],
    "protection": [{"code": "2.1", "prompt": "Are concerns passed on?", "is_key": True}],
}


def questions() -> QuestionSetVersion:
    """Three questions for children's homes; the fourth is asked when there is no manager."""
    version = question_set(sections=SECTIONS)
    manager = Question.objects.get(standard__version=version, code="1.2")
    Question.objects.create(
        standard=manager.standard,
        code="1.3",
        prompt="Who runs the home?",
        kind="text",
        weight=0,
        shown_when=manager,
        shown_when_value="no",
        order=2,
    )
    QuestionSetProvisionType.objects.create(
        question_set=version.question_set, provision_type=ProvisionType.objects.get(code="childrens_home")
    )
    return version


def home_of(organisation, **columns) -> Setting:
    """A children's home in the north, owned by the organisation's provider."""
    north = Authority.objects.get(name="Westmorland and Furness")
    return SettingFactory(authority=north, owner=organisation.provider, **columns)


def campaign(world: World, *homes: Setting, version: QuestionSetVersion | None = None, **columns) -> Campaign:
    told = {
        "name": "Spring 2026",
        "version": version or questions(),
        "opens_on": today(),
        "due_on": today() + DUE,
        "validation_due_on": today() + VALIDATION_DUE,
        "settings": homes or [home_of(world.provider_x)],
    }
    return open_campaign(by=world.as_("contract_officer"), **told | columns)


def assessment(world: World, **columns) -> SelfAssessment:
    """Of a home of provider X."""
    return campaign(world, **columns).assessments.select_related("campaign").get()


def asked(assessment: SelfAssessment, code: str) -> Question:
    return Question.objects.get(standard__version=assessment.campaign.version_id, code=code)


def say(world: World, assessment: SelfAssessment, code: str, *, by="provider_manager_x", **data) -> int:
    """Answers one question as it stands now."""
    question = asked(assessment, code)
    standing = assessment.answers.filter(question=question).first()
    typed = TypedAnswer(question, data, standing.row_version if standing else 0)
    return save_answers(by=world.as_(by), assessment=assessment, typed=[typed])


def answer_all(world: World, assessment: SelfAssessment) -> None:
    """Everything a provider must say: one met, one partly met, and a manager in post."""
    say(world, assessment, "1.1", grade="met", narrative="Heating checked in May")
    say(world, assessment, "1.2", value="yes")
    say(
        world,
        assessment,
        "2.1",
        grade="partly_met",
        narrative="Two of three referrals the same day",
        action_needed="On-call manager from June",
    )


def look_at_all(world: World, assessment: SelfAssessment, *, by="contract_officer", **other) -> None:
    """The council agrees with all answers; `other` maps a code, its dot an underscore, to a view's columns."""
    views = []
    for answer in assessment.answers.select_related("question"):
        code = answer.question.code
        told = {"agrees": True} | other.get(f"q{code.replace('.', '_')}", {})
        views.append(CouncilView(answer.question, answer.row_version, **told))
    review_answers(by=world.as_(by), assessment=assessment, views=views)


def days_pass(time_machine, days: int) -> None:
    """To noon of that day, so that no clock change or midnight decides a test."""
    time_machine.move_to(at_london(today() + dt.timedelta(days=days), dt.time(12)))
