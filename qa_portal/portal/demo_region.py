"""Builds the demo region through the services that people use, so that its history is real."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from inspections.ofsted.sample import SAMPLE_YEARS, sample_file, sample_filename
from providers.contracts.services import record_placing_counts
from providers.directory.models import Authority, Provider, Setting
from providers.directory.services import change_working_details, merge_providers
from providers.people import roles
from providers.people.acting_for import act_for
from providers.people.models import Membership, Organisation, Person, PersonalDetails, Share, User
from providers.people.services.invitations import invite
from providers.people.services.organisations import add_agency, add_provider, council_for
from providers.people.services.shares import share_cases
from qa_portal.core.audit.acting import acting
from qa_portal.core.dates import today
from qa_portal.portal import demo_people as region
from workflows.reactions.imports import import_register as import_a_register

MOST_CHILDREN = 3


def build_region() -> None:
    with acting(role="system", reason="Demo region"):
        organisations = {name: council_for(Authority.objects.get(name=name)) for name in region.COUNCILS}
        administrators = [p for p in region.PEOPLE if p.posts[0][1] is roles.CouncilAdministrator]
        # Everybody has the same password: one slow hash is enough.
        secret = make_password(region.PASSWORD)
        for somebody in administrators:
            open_account(somebody, organisations, secret)
        admin = User.objects.get(email=address("admin"))
        with acting(act_for(admin, admin.person.memberships.get())):
            organisations |= partners_of(admin)
            share_with_cumberland(admin, organisations)
            invite_a_colleague(admin, organisations[region.HOME])
        for somebody in region.PEOPLE:
            if somebody not in administrators:
                open_account(somebody, organisations, secret)
        import_register(signed_in("installation"))
        record_use(signed_in("placements"), signed_in("officer"))
        merge_names(signed_in("procurement"))


def signed_in(login: str) -> User:
    """The account as a request would have it, acting for the first of its posts."""
    user = User.objects.get(email=address(login))
    act_for(user, user.person.memberships.order_by("pk")[0])
    return user


def import_register(administrator: User) -> None:
    """Four years of a register in Ofsted's layouts, made by our own generator and read by the importer."""
    with acting(act_for(administrator, administrator.membership)):
        for year in SAMPLE_YEARS:
            import_a_register(by=administrator, content=sample_file(year), filename=sample_filename(year))


def record_use(placements: User, officer: User) -> None:
    """The home council has children in these settings, in its own area and elsewhere, and calls them by name."""
    with acting(act_for(placements, placements.membership)):
        places = dict(Setting.objects.filter(urn__in=region.WORKING_NAMES).values_list("urn", "places"))
        counts = {
            urn: min(1 + number % 3, places[urn] or MOST_CHILDREN)
            for number, urn in enumerate(region.WORKING_NAMES)
        }
        record_placing_counts(by=placements, counts=counts, as_at=today())
    with acting(act_for(officer, officer.membership)):
        for setting in Setting.objects.filter(urn__in=region.WORKING_NAMES):
            name = region.WORKING_NAMES[setting.urn]
            change_working_details(by=officer, setting=setting, name=name, address="", postcode="")


def merge_names(procurement: User) -> None:
    written, real = (Provider.objects.get(name=name) for name in region.SAME_PROVIDER)
    with acting(act_for(procurement, procurement.membership)):
        merge_providers(by=procurement, merged=written, into=real, reason="One company, says Companies House")


def address(login: str) -> str:
    return f"{login}@{region.DOMAIN}"


def partners_of(admin: User) -> dict[str, Organisation]:
    made = [add_provider(by=admin, name=name, company_number=number) for name, number in region.PROVIDERS]
    made += [add_agency(by=admin, name=name, agency_kind=kind) for name, kind in region.AGENCIES]
    return {organisation.name: organisation for organisation in made}


def share_with_cumberland(admin: User, organisations: dict[str, Organisation]) -> None:
    for kind in (Share.Kind.RATINGS, Share.Kind.VISITS):
        share_cases(
            by=admin,
            reader=organisations["Cumberland"],
            kind=kind,
            from_on=today(),
            reason="Information sharing agreement of the two successor councils",
        )


def invite_a_colleague(admin: User, council: Organisation) -> None:
    """Who has not answered yet."""
    invite(by=admin, organisation=council, email=address("new.colleague"), role=roles.ContractOfficer.key)


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
