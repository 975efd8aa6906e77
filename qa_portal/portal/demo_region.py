"""Builds the demo region through the services that people use, so that its history is real."""

from allauth.account.models import EmailAddress
from django.db import transaction

from inspections.ofsted.sample import SAMPLE_YEARS, sample_file, sample_filename
from providers.contracts.services import record_placing_counts
from providers.directory.models import Authority, Setting
from providers.directory.services import change_working_details
from providers.people import roles
from providers.people.acting_for import act_for
from providers.people.models import Membership, Organisation, Person, PersonalDetails, Share, User
from providers.people.services.organisations import add_agency, add_provider, council_for
from providers.people.services.shares import share_cases
from qa_portal.core.audit.acting import acting
from qa_portal.core.dates import today
from qa_portal.portal import demo_people as region
from workflows.reactions.imports import import_register as import_a_register


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
        import_register(signed_in("installation"))
        record_use(signed_in("placements"), signed_in("officer"))
    return True


def signed_in(login: str) -> User:
    """The account as a request would have it, acting for its only membership."""
    user = User.objects.get(email=address(login))
    act_for(user, user.person.memberships.get())
    return user


def import_register(administrator: User) -> None:
    """Four years of a register in Ofsted's layouts, made by our own generator and read by the importer."""
    with acting(act_for(administrator, administrator.membership)):
        for year in SAMPLE_YEARS:
            import_a_register(by=administrator, content=sample_file(year), filename=sample_filename(year))


def record_use(placements: User, officer: User) -> None:
    """The home council has children in some settings of its own area, and calls them by name."""
    hosted = list(
        Setting.objects.visible_to(placements)
        .in_footprint(placements.scope.authority_id)
        .filter(registration_state__is_open=True)
        .order_by("urn")[: len(region.WORKING_NAMES)]
    )
    with acting(act_for(placements, placements.membership)):
        counts = {setting.urn: 1 + number % 3 for number, setting in enumerate(hosted)}
        record_placing_counts(by=placements, counts=counts, as_at=today())
    with acting(act_for(officer, officer.membership)):
        for setting, name in zip(hosted, region.WORKING_NAMES, strict=False):
            change_working_details(by=officer, setting=setting, name=name, address="", postcode="")


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
