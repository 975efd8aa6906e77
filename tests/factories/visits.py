"""Visits at any stage, made by the services that people use. All of it invented."""

import datetime as dt

from inspections.question_sets.models import QuestionSetProvisionType, QuestionSetVersion
from inspections.question_sets.selectors import questions_of, standards_of
from inspections.visits.models import Visit
from inspections.visits.services import recording, reporting
from inspections.visits.services.planning import VisitPlan
from inspections.visits.services.recording import BLANK_ANSWER, AnswerEdit
from providers.directory.models import ProvisionType, Setting
from qa_portal.core.dates import today
from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.question_sets import question_set
from tests.factories.register import SettingFactory
from tests.factories.world import World
from workflows.visits.services import plan_visit

SECTIONS = {
    "care": [{"prompt": "Is each child known?"}, {"prompt": "Is the food good?"}],
    "safety": [{"prompt": "Are nights staffed?", "is_key": True}],
}


def small_question_set() -> QuestionSetVersion:
    """Two standards and three questions, asked of children's homes in place of the real one."""
    known = QuestionSetVersion.objects.filter(question_set__code="of-visits").first()
    version = known or question_set("of-visits", sections=SECTIONS)
    homes = ProvisionType.objects.get(code="childrens_home")
    QuestionSetProvisionType.objects.filter(provision_type=homes).exclude(
        question_set=version.question_set
    ).delete()
    QuestionSetProvisionType.objects.get_or_create(question_set=version.question_set, provision_type=homes)
    return version


def home_of_x(world: World, **facts) -> Setting:
    return SettingFactory(owner=world.provider_x.provider, authority=world.north.authority, **facts)


def colleague(world: World, persona: str = "colleague") -> None:
    """A second contract officer of the north."""
    if persona not in world.users:
        user = UserFactory(email=f"{persona}@mail.example", person__details__full_name="Second Officer")
        MembershipFactory(person=user.person, organisation=world.north)
        world.users[persona] = user


def planned(world: World, *, days: int = 7, setting: Setting | None = None, **plan) -> Visit:
    """By the contract officer of the north, for a home of provider X, with its process."""
    version = small_question_set()
    facts = {
        "kind": Visit.Kind.FULL,
        "mode": Visit.Mode.ON_SITE,
        "notice": Visit.Notice.ANNOUNCED,
        "on": today() + dt.timedelta(days=days),
        "lead": world.membership("contract_officer"),
        "standards": standards_of(version),
    }
    by = world.as_("contract_officer")
    return plan_visit(by=by, plan=VisitPlan(setting=setting or home_of_x(world), **facts | plan))


def unannounced(world: World, **plan) -> Visit:
    return planned(world, notice=Visit.Notice.UNANNOUNCED, **plan)


def questions(visit: Visit) -> list:
    looked_at = visit.scope.select_related("standard").order_by("standard__order")
    return questions_of([row.standard for row in looked_at])


def answer(
    world: World, visit: Visit, question, *, by: str = "contract_officer", version: int = 0, **columns
):
    given = AnswerEdit(question, BLANK_ANSWER | {"grade": "met"} | columns, version)
    return recording.save_record(by=world.as_(by), visit=visit, answers=[given])


def recorded(world: World, *, grades=("met", "met", "met"), visit: Visit | None = None, **plan) -> Visit:
    """Every question answered, the day of the visit known; an action for the last standard if it is not met."""
    visit = visit or planned(world, **plan)
    asked = questions(visit)
    for question, grade in zip(asked, grades, strict=True):
        answer(world, visit, question, grade=grade, narrative="Seen in two files")
    day = {"visited_on": (today(), 0)}
    recording.save_record(by=world.as_("contract_officer"), visit=visit, details=day)
    if grades[-1] == "not_met":
        propose(world, visit, asked[-1].standard)
    visit.refresh_from_db()
    return visit


def propose(world: World, visit: Visit, standard, **facts):
    return reporting.propose_for_visit(
        by=world.as_("contract_officer"),
        visit=visit,
        standard=standard,
        **{"what": "Two staff are awake every night."} | facts,
    )
