"""Builds the demo region through the services that people use, so that its history is real."""

from allauth.account.models import EmailAddress
from django.db import transaction

from providers.directory.models import Authority
from providers.people import roles
from providers.people.acting_for import act_for
from providers.people.models import Membership, Organisation, Person, PersonalDetails, Share, User
from providers.people.services.organisations import add_agency, add_provider, council_for
from providers.people.services.shares import share_cases
from qa_portal.core.audit.acting import acting
from qa_portal.core.dates import today
from qa_portal.portal import demo_people as region


@transaction.atomic
def build_region() -> bool:
    """Returns False, and writes nothing, when the region stands already."""
    if User.objects.exists():
        return False
    with acting(role="system", reason="Demo region"):
        organisations = {name: council_for(Authority.objects.get(name=name)) for name in region.COUNCILS}
        administrators = [p for p in region.PEOPLE if p.posts[0][1] is roles.CouncilAdministrator]
        for somebody in administrators:
            open_account(somebody, organisations)
        admin = User.objects.get(email=address("admin"))
        with acting(act_for(admin, admin.person.memberships.get())):
            organisations |= partners_of(admin)
            share_with_cumberland(admin, organisations)
        for somebody in region.PEOPLE:
            if somebody not in administrators:
                open_account(somebody, organisations)
    return True


def address(login: str) -> str:
    return f"{login}@{region.DOMAIN}"


def partners_of(admin: User) -> dict[str, Organisation]:
    made = [add_provider(by=admin, name=name, company_number=number) for name, number in region.PROVIDERS]
    made += [add_agency(by=admin, name=name, agency_kind=kind) for name, kind in region.AGENCIES]
    return {organisation.name: organisation for organisation in made}


def share_with_cumberland(admin: User, organisations: dict[str, Organisation]) -> None:
    share_cases(
        by=admin,
        reader=organisations["Cumberland"],
        kind=Share.Kind.RATINGS,
        from_on=today(),
        reason="Information sharing agreement of the two successor councils",
    )


def open_account(somebody: region.Somebody, organisations: dict[str, Organisation]) -> User:
    person = Person.objects.create()
    PersonalDetails.objects.create(person=person, full_name=somebody.name, job_title=somebody.job_title)
    user = User.objects.create_user(email=address(somebody.login), password=region.PASSWORD, person=person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for organisation, role in somebody.posts:
        Membership.objects.create(
            person=person, organisation=organisations[organisation], role=role.key, from_on=today()
        )
    return user
