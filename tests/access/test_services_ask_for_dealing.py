"""Every service that takes a thing which councils share asks what dealing the actor's council has with it.

`ACTS` has each of them, done by somebody entitled (the control) and refused to every role of two councils that have
no dealing: one with none at all, one with its own unconfirmed word. `ELSEWHERE` says why a service is not among them.
A new service that takes a shared thing stands in neither, and fails the first test.
"""

import dataclasses
import datetime as dt
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

import pytest
from django.db import transaction
from django.utils import timezone

import inspections
import providers
import workflows
from inspections.actions.models import Source
from inspections.actions.services import ActionSource, record_action, record_undertaken_steps
from inspections.issues.services import raise_issue
from inspections.ofsted.recorded_inspections import record_inspection
from inspections.question_sets import services as question_sets
from inspections.question_sets.models import QuestionSet, QuestionSetVersion
from inspections.self_assessments.services import open_campaign
from inspections.visits.services import planning
from providers.directory import code_services
from providers.directory import services as directory
from providers.directory.models import Forum, GradeScale, InspectionType, Premises, Setting, SettingContact
from providers.people import roles
from providers.people.models import User
from providers.people.services import invitations, leads, memberships, organisations, second_factor
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused
from tests.factories.people import MembershipFactory, ProviderFactory, UserFactory
from tests.factories.recorded_inspections import outcome
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.self_assessments import questions
from tests.factories.visits import small_question_set, standards_of
from tests.factories.world import NORTH_ROLES, World

pytestmark = pytest.mark.django_db
SHARED = re.compile(
    r"\b(Provider|ProviderGroup|Setting|Premises|SettingContact|Authority|Organisation|Membership"
    r"|Code|ProvisionType|QuestionSet|QuestionSetVersion|Question)\b"
)
ELSEWHERE = {
    "add_lot": "of the council's own purchasing system; a type is only named",
    "change_lot": "of the council's own purchasing system; a type is only named",
    "choose_lots": "of the provider's own application, with its own settings",
    "add_participant": "in the council's own purchasing system",
    "share_cases": "gives away what is the council's own",
    "name_reader": "of the organisation's own document",
    "write_steps": "of an action that the actor is asked for",
    "notify_holders": "tells; it is called by flows and by no page",
    "propose_action": "its callers ask: a visit or an issue of the council's own, or `record_action`",
    "open_issue": "its callers ask: `raise_issue`, or an import for the councils that use the setting",
    "open_worse": "its callers ask: an import, or `open_known`",
    "open_known": "only of the council's own confirmed use: tests/flows/test_reactions.py",
    "start_campaign": "calls `open_campaign`",
    "name_lead": "calls `name_leads`",
    "allow_stand_in": "of a task of the council's own: policy_work",
    "reassign": "of a task of the council's own: policy_work",
}


@dataclass
class Place:
    """One home of provider X in the south, with what hangs on it, and things of the whole installation."""

    world: World
    home: Setting
    contact: SettingContact
    premises: Premises
    draft: QuestionSetVersion

    def as_found(self) -> "Place":
        """Rows of its own for each act: what is taken back in the database would stay in them."""
        own = ("home", "contact", "premises", "draft")
        world = replace(
            self.world,
            **{name: copy(getattr(self.world, name)) for name in ("south", "provider_x", "agency")},
        )
        world.south.authority = copy(world.south.authority)
        return replace(self, world=world, **{name: copy(getattr(self, name)) for name in own})

    @property
    def provider(self):
        return self.world.provider_x.provider

    def member(self, persona: str):
        return self.world.membership(persona)


Act = Callable[[Place, User], object]
SOON = dt.timedelta(days=30)


def rename_agency(at: Place, by: User) -> None:
    organisations.rename_organisation(by=by, organisation=at.world.agency, name="Renamed", reason="A test")


def give_company_number(at: Place, by: User) -> None:
    named = ProviderFactory(name="Known To The Register Ltd")
    SettingFactory(owner=named, authority=at.world.south.authority)
    organisations.add_provider(by=by, name=named.name, company_number="01234567")


def end_lead(at: Place, by: User) -> None:
    lead = at.member("officer_south")
    leads.name_leads(by=at.world.as_("administrator_south"), settings=[at.home], lead=lead, on=today())
    leads.end_lead(by=by, setting=at.home, on=today())


def campaign(at: Place, by: User) -> None:
    days = {"opens_on": today(), "due_on": today() + SOON, "validation_due_on": today() + 2 * SOON}
    open_campaign(by=by, name="Spring", version=questions(), settings=[at.home], **days)


def visit(at: Place, by: User) -> None:
    plan = planning.VisitPlan(
        setting=at.home,
        kind="full",
        mode="on_site",
        notice="announced",
        on=today() + SOON,
        lead=by.membership,
        standards=standards_of(small_question_set()),
    )
    planning.plan_visit(by=by, plan=plan)


def inspection(at: Place, by: User) -> None:
    record_inspection(
        by=by,
        setting=at.home,
        inspection_type=InspectionType.objects.get(code="full"),
        inspected_on=today() - SOON,
        scale=GradeScale.objects.get(code="SCCIF-4"),
        outcome=outcome("Good"),
    )


def second_factor_off(at: Place, by: User) -> None:
    second_factor.reset_second_factor(by=by, membership=at.member("provider_contributor_x"), **called_back())


def called_back() -> dict:
    at = timezone.now() - dt.timedelta(hours=1)
    return {"known_by": "called_back", "number_from": "contract", "note": "Rang.", "called_at": at}


def undertaken(at: Place, by: User) -> None:
    facts = {
        "provider": at.provider,
        "setting": at.home,
        "source": ActionSource(Source.ISSUE),
        "undertaken": [],
    }
    record_undertaken_steps(by=by, council=at.world.south, **facts)


def merged(at: Place, by: User) -> None:
    directory.merge_providers(by=by, merged=ProviderFactory(), into=at.provider, reason="A test")


def merged_from(at: Place, by: User) -> None:
    """Into a provider of the council's own making: its people would see the other's homes."""
    own = ProviderFactory()
    SettingFactory(owner=own, authority=by.membership.organisation.authority)
    directory.merge_providers(by=by, merged=at.provider, into=own, reason="A test")


def invited(at: Place, by: User) -> None:
    role = roles.ProviderManager.key
    invitations.invite(by=by, organisation=at.world.provider_x, email="a@b.example", role=role)


def brought_in_elsewhere(at: Place, by: User) -> None:
    """A provider without settings is looked after by the council that brought it in, and by no other."""
    second_factor.reset_second_factor(by=by, membership=at.member("provider_contributor_y"), **called_back())


ACTS: dict[str, list[tuple[str, Act]]] = {
    # (who is entitled, what they do)
    "add_code": [
        (
            "installation_administrator",
            lambda at, by: code_services.add_code(
                by=by, model=Forum, reason="A test", code="new", label="New", source="A test"
            ),
        )
    ],
    "change_code": [
        (
            "installation_administrator",
            lambda at, by: code_services.change_code(
                by=by, row=Forum.objects.first(), reason="A test", label="Renamed"
            ),
        )
    ],
    "start_version": [
        (
            "installation_administrator",
            lambda at, by: question_sets.start_version(
                by=by, question_set=QuestionSet.objects.order_by("pk").last()
            ),
        )
    ],
    "change_question": [
        (
            "installation_administrator",
            lambda at, by: question_sets.change_question(
                by=by, question=at.draft.standards.first().questions.first(), prompt="Renamed?"
            ),
        )
    ],
    "publish_version": [
        (
            "installation_administrator",
            lambda at, by: question_sets.publish_version(
                by=by, version=at.draft, from_on=today() + 40 * SOON
            ),
        )
    ],
    "change_authority": [
        (
            "installation_administrator",
            lambda at, by: organisations.change_authority(
                by=by,
                authority=at.world.south.authority,
                council_name="Renamed Council",
                colour="#1f4e5f",
                reason="A test",
            ),
        )
    ],
    "add_premises": [
        (
            "officer_south",
            lambda at, by: directory.add_premises(
                by=by, setting=at.home, address="1 Lane", postcode="ZZ1 1AA", from_on=today()
            ),
        )
    ],
    "end_premises": [
        ("officer_south", lambda at, by: directory.end_premises(by=by, premises=at.premises, on=today()))
    ],
    "change_working_details": [
        (
            who,
            lambda at, by: directory.change_working_details(
                by=by, setting=at.home, name="Renamed", address="", postcode=""
            ),
        )
        for who in ("officer_south", "provider_manager_x")
    ],
    "set_contact": [
        (
            "officer_south",
            lambda at, by: directory.set_contact(
                by=by, setting=at.home, kind="out_of_hours", from_on=today()
            ),
        )
    ],
    "end_contact": [
        ("officer_south", lambda at, by: directory.end_contact(by=by, contact=at.contact, on=today()))
    ],
    "note_contact": [
        (
            "officer_south",
            lambda at, by: directory.note_contact(by=by, setting=at.home, on=today(), text="Rang"),
        )
    ],
    "merge_providers": [("administrator_south", merged), ("administrator_south", merged_from)],
    "invite": [("administrator_south", invited)],
    "rename_organisation": [
        *(
            (
                who,
                lambda at, by: organisations.rename_organisation(
                    by=by, organisation=at.world.provider_x, name="Renamed Ltd", reason="A test"
                ),
            )
            for who in ("officer_south", "provider_manager_x", "installation_administrator")
        ),
        ("contract_officer", rename_agency),
    ],
    "add_provider": [("officer_south", give_company_number)],
    "end_membership": [
        (
            "provider_manager_x",
            lambda at, by: memberships.end_membership(
                by=by, membership=at.member("provider_contributor_x"), reason="A test"
            ),
        )
    ],
    "reassign_work": [
        (
            "provider_manager_x",
            lambda at, by: memberships.reassign_work(
                by=by,
                of=at.member("provider_contributor_x"),
                to=at.member("provider_manager_x"),
                reason="A test",
            ),
        )
    ],
    "reset_second_factor": [
        ("administrator_south", second_factor_off),
        ("council_administrator", brought_in_elsewhere),
    ],
    "record_absence": [
        (
            "provider_contributor_x",
            lambda at, by: leads.record_absence(
                by=by, membership=at.member("provider_contributor_x"), from_on=today(), to_on=today() + SOON
            ),
        )
    ],
    "name_leads": [
        (
            "administrator_south",
            lambda at, by: leads.name_leads(by=by, settings=[at.home], lead=by.membership, on=today()),
        )
    ],
    "end_lead": [("administrator_south", end_lead)],
    "record_action": [
        (
            "officer_south",
            lambda at, by, setting=setting: record_action(
                by=by,
                provider=at.provider,
                setting=at.home if setting else None,
                what="Mend the door",
                due_on=today() + SOON,
            ),
        )
        for setting in (True, False)
    ],
    "record_undertaken_steps": [("officer_south", undertaken)],
    "raise_issue": [
        (
            "officer_south",
            lambda at, by: raise_issue(by=by, setting=at.home, title="T", severity="high", concerns=["One"]),
        )
    ],
    "record_inspection": [("officer_south", inspection)],
    "open_campaign": [("officer_south", campaign)],
    "plan_visit": [("officer_south", visit)],
}
ALSO = {"add_provider"}
"""Takes a name, and finds the shared thing by it."""


@pytest.fixture
def place(world) -> Place:
    home = SettingFactory(owner=world.provider_x.provider, authority=world.south.authority)
    private = {"setting": home, "from_on": today() - SOON}
    return Place(
        world,
        home,
        SettingContact.objects.create(kind="registered_manager", **private),
        Premises.objects.create(address="1 Beck Lane", postcode="ZZ1 1AA", **private),
        question_sets.start_version(
            by=world.as_("installation_administrator"),
            question_set=QuestionSet.objects.order_by("pk").first(),
        ),
    )


@pytest.fixture
def strangers(world, place) -> list[User]:
    """Every role of two councils without a dealing; one of them has declared a use that nobody has confirmed."""
    PlacingCountFactory(setting=place.home, placing_authority=world.declaring.authority, only_declared=True)
    made = []
    for council in (world.third, world.declaring):
        for role in NORTH_ROLES:
            if role is not roles.InstallationAdministrator:
                persona = f"{role.key} of {council}"
                world.users[persona] = UserFactory()
                person = world.users[persona].person
                MembershipFactory(person=person, organisation=council, role=role.key)
                made.append(world.as_(persona))
    return made


def outcome_of(act: Act, place: Place, by: User) -> str:
    """What came of it, with everything it wrote taken back."""
    with transaction.atomic():
        try:
            act(place.as_found(), by)
            return "done"
        except Conflict:
            return "stale"
        except Refused:
            return "refused"
        finally:
            transaction.set_rollback(True)


def types_of(annotation) -> str:
    """Return the names of the types that a parameter may hold; of a dataclass, those of its fields too."""
    fields = dataclasses.fields(annotation) if dataclasses.is_dataclass(annotation) else ()
    bounds = [one.__bound__ for one in get_args(annotation) if isinstance(one, TypeVar)]
    return " ".join(map(str, [annotation, *bounds, *(field.type for field in fields)]))


def services_over_shared_things() -> set[str]:
    found = set()
    for package in (providers, inspections, workflows):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" in module.name or "management" in module.name:
                continue
            loaded = importlib.import_module(module.name)
            for name, function in inspect.getmembers(loaded, inspect.isfunction):
                asked = inspect.signature(function).parameters
                keyword = "by" in asked and asked["by"].kind is inspect.Parameter.KEYWORD_ONLY
                if keyword and function.__module__ == module.name and not name.startswith("_"):
                    found |= (
                        {name}
                        if any(SHARED.search(types_of(one.annotation)) for one in asked.values())
                        else set()
                    )
    return found


def test_every_service_over_a_shared_thing_is_in_the_table():
    found = services_over_shared_things()
    assert "change_working_details" in found  # the control: the search finds what it is for
    assert found == (ACTS.keys() - ALSO) | ELSEWHERE.keys()


@pytest.mark.timeout(300)
def test_every_service_over_a_shared_thing_asks_for_a_dealing(place, strangers):
    """In one test, because the people of two councils are made once for all of it."""
    wrong = []
    for name, acts in ACTS.items():
        for number, (entitled, act) in enumerate(acts):
            what = f"{name} {number}"
            if (control := outcome_of(act, place, place.world.as_(entitled))) != "done":
                wrong.append(f"{what}: {control} to {entitled}, who is entitled")
            for by in strangers:
                if (told := outcome_of(act, place, by)) != "refused":
                    wrong.append(f"{what}: {told} by {by.scope.role} at {by.membership.organisation}")
    assert not wrong, "\n".join(wrong)
