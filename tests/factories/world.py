"""The world of the access tests: two councils, two providers, two agencies, one person in every role.

Every free text holds a canary, `CANARY-<who may know>`, so that any page can be searched for what it must
not show.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.people.models import (
    Invitation,
    Membership,
    Organisation,
    Partnership,
    SecondFactorReset,
    Share,
    User,
)
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.dates import today
from tests.factories.people import (
    AgencyFactory,
    MembershipFactory,
    ProviderOrganisationFactory,
    UserFactory,
    council,
)

LABELS = (
    *("x-name", "y-name", "agency-name", "far-agency-name"),
    *("north-people", "south-people", "south-admin", "x-people", "y-people", "agency-people", "far-people"),
    *("scrutiny-own", "young-own"),
    *("third-people", "declaring-people"),
    *("north-invited", "x-invited", "share-reason", "reset-note", "north-log"),
)
NORTH_ROLES = [role for role in roles.ALL if "council" in role.kinds]


def canary(knowers: str) -> str:
    if knowers not in LABELS:
        raise ValueError(f"add {knowers} to LABELS: the walk searches for what stands there")
    return f"CANARY-{knowers}-"


@dataclass
class World:
    north: Organisation
    south: Organisation
    provider_x: Organisation
    provider_y: Organisation
    agency: Organisation
    far_agency: Organisation
    third: Organisation
    declaring: Organisation
    users: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, object] = field(default_factory=dict)

    def membership(self, persona: str) -> Membership:
        return self.users[persona].person.memberships.get()

    def as_(self, persona: str) -> User:
        """The user, acting for their only membership, as a request would have it."""
        user = User.objects.get(pk=self.users[persona].pk)
        activate_membership(user, self.membership(persona))
        return user

    def client(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        if self.users[persona]:
            client.force_login(self.users[persona], backend="providers.people.backends.SignInBackend")
        return client


def build_world() -> World:
    with audit_as(role="system"):
        world = World(
            north=council("Westmorland and Furness"),
            south=council("Lancashire"),
            provider_x=brought_in(council("Westmorland and Furness"), canary("x-name")),
            provider_y=brought_in(council("Westmorland and Furness"), canary("y-name")),
            agency=AgencyFactory(name=canary("agency-name")),
            far_agency=AgencyFactory(name=canary("far-agency-name")),
            third=council("Blackpool"),
            declaring=council("Blackburn with Darwen"),
        )
        Partnership.objects.create(agency=world.agency, council=world.north, from_on=today())
        Partnership.objects.create(agency=world.far_agency, council=world.south, from_on=today())
        add_people(world)
        add_things(world)
    return world


def brought_in(by: Organisation, name: str) -> Organisation:
    """A provider whose organisation an officer of the council added."""
    with audit_as(Actor(organisation_id=by.pk, role=roles.ContractOfficer.key)):
        return ProviderOrganisationFactory(name=name)


def add_people(world: World) -> None:
    world.users = {"anon": None, "nobody": UserFactory(email="nobody@nowhere.example")}
    for role in NORTH_ROLES:
        knowers = "scrutiny-own" if role is roles.ScrutinyReader else "north-people"
        join(world, role.key, world.north, role, knowers)
    join(world, "officer_south", world.south, roles.ContractOfficer, "south-people")
    join(world, "administrator_south", world.south, roles.CouncilAdministrator, "south-admin")
    # no dealing with anybody's home; and one that says it has, which nobody there has confirmed
    join(world, "manager_third", world.third, roles.TeamManager, "third-people")
    join(world, "administrator_declaring", world.declaring, roles.CouncilAdministrator, "declaring-people")
    for letter, organisation in (("x", world.provider_x), ("y", world.provider_y)):
        join(world, f"provider_manager_{letter}", organisation, roles.ProviderManager, f"{letter}-people")
        join(
            world,
            f"provider_contributor_{letter}",
            organisation,
            roles.ProviderContributor,
            f"{letter}-people",
        )
    join(world, "partner_contributor", world.agency, roles.PartnerContributor, "agency-people")
    join(world, "young_researcher", world.agency, roles.YoungResearcher, "young-own")
    join(world, "far_partner", world.far_agency, roles.PartnerContributor, "far-people")


def join(
    world: World, persona: str, organisation: Organisation, role: type[roles.Role], knowers: str
) -> None:
    user = UserFactory(
        email=f"{canary(knowers)}{persona}@mail.example".lower(),
        person__details__full_name=f"{canary(knowers)}{persona}",
    )
    details = user.person.details
    details.job_title = details.phone = canary(knowers)
    details.save()
    MembershipFactory(person=user.person, organisation=organisation, role=role.key)
    world.users[persona] = user


def add_things(world: World) -> None:
    def invited(organisation, role, email):
        return Invitation.objects.create(
            email=email.lower(),
            organisation=organisation,
            role=role.key,
            responsible=world.membership("council_administrator"),
            expires_at=timezone.now() + timedelta(days=7),
            sent_at=timezone.now(),
        )

    share = Share(owner=world.north, reader=world.south, kind=Share.Kind.VISITS, from_on=today())
    share._change_reason = canary("share-reason")
    share.save()
    world.things = {
        "invitation_north": invited(
            world.north, roles.ContractOfficer, f"{canary('north-invited')}@mail.example"
        ),
        "invitation_x": invited(
            world.provider_x, roles.ProviderContributor, f"{canary('x-invited')}@mail.example"
        ),
        # whoever holds its link sees this address, so it carries no canary
        "invitation_open": invited(world.north, roles.SocialWorker, "new.colleague@mail.example"),
        "share": share,
        "reset": SecondFactorReset.objects.create(
            person=world.users["provider_contributor_x"].person,
            organisation=world.provider_x,
            by=world.users["council_administrator"].person,
            by_organisation=world.north,
            known_by=SecondFactorReset.Known.CALLED_BACK,
            number_from=SecondFactorReset.NumberFrom.CONTRACT,
            called_at=timezone.now(),
            note=canary("reset-note"),
        ),
        "access_event": a_look(world),
    }


def a_look(world: World) -> AccessEvent:
    who = {
        "user_id": world.users["council_administrator"].pk,
        "person_id": world.users["council_administrator"].person_id,
        "organisation_id": world.north.pk,
        "role": roles.CouncilAdministrator.key,
    }
    with audit_as(**who):
        return AccessEvent.objects.create(
            **who, purpose=AccessEvent.Purpose.VIEWED, item=canary("north-log"), item_id="1"
        )
