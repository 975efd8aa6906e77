"""Who acts for whom in the demo region, through the services that people use, so that its history is real."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from providers.directory.models import Authority
from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.people.models import Membership, Organisation, Person, PersonalDetails, Share, User
from providers.people.services.organisations import add_agency, add_provider, council_for
from providers.people.services.shares import share_cases
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import today
from qa_portal.portal.demo import people as region


def build_region() -> None:
    with audit_as(role="system", reason="Demo region"):
        organisations = {name: council_for(Authority.objects.get(name=name)) for name in region.COUNCILS}
        administrators = [p for p in region.PEOPLE if p.posts[0][1] is roles.CouncilAdministrator]
        # Everybody has the same password: one slow hash is enough.
        secret = make_password(region.PASSWORD)
        for somebody in administrators:
            open_account(somebody, organisations, secret)
        admin = User.objects.get(email=address("admin"))
        with audit_as(activate_membership(admin, admin.person.memberships.get())):
            organisations |= partners_of(admin)
            share(admin, organisations)
        for somebody in region.PEOPLE:
            if somebody not in administrators:
                open_account(somebody, organisations, secret)


def signed_in(login: str) -> User:
    """Return the account as a request would have it, acting for the first of its posts."""
    user = User.objects.get(email=address(login))
    activate_membership(user, user.person.memberships.order_by("pk")[0])
    return user


def address(login: str) -> str:
    return f"{login}@{region.DOMAIN}"


def partners_of(admin: User) -> dict[str, Organisation]:
    made = [add_provider(by=admin, name=name, company_number=number) for name, number in region.PROVIDERS]
    made += [add_agency(by=admin, name=name, agency_kind=kind) for name, kind in region.AGENCIES]
    return {organisation.name: organisation for organisation in made}


def share(admin: User, organisations: dict[str, Organisation]) -> None:
    """Share cases between the two successor councils, and scorecards with the agencies."""
    agencies = [(name, Share.Kind.SCORECARDS, region.WITH_AGENCIES) for name in region.TOLD_AGENCIES]
    neighbour = [(region.NEIGHBOUR, kind, region.WITH_NEIGHBOUR) for kind in region.TOLD_NEIGHBOUR]
    for name, kind, reason in agencies + neighbour:
        share_cases(by=admin, reader=organisations[name], kind=kind, from_on=today(), reason=reason)


def open_account(somebody: region.Somebody, organisations: dict[str, Organisation], secret: str) -> User:
    """`secret` is the hash of the password."""
    person = Person.objects.create()
    PersonalDetails.objects.create(person=person, full_name=somebody.name, job_title=somebody.job_title)
    user = User.objects.create(email=address(somebody.login), password=secret, person=person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for organisation, role in somebody.posts:
        Membership.objects.create(
            person=person, organisation=organisations[organisation], role=role.key, from_on=today()
        )
    return user
