"""Pages ask the same number of queries for three rows as for thirty; a query for each row fails any test."""

import pytest
import zeal
from django.urls import reverse

from providers.people.models import Organisation
from tests.factories.people import MembershipFactory, ProviderOrganisationFactory, UserFactory
from tests.factories.register import SettingFactory
from tests.flows.driving import process_of, the_task
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel
from tests.performance.loading import load_queue
from workflows.shared.services import return_task, take

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 4  # session, user, second factor, memberships
QUEUE = 5  # how many, which, the lines, and the reader's name in the page's head: person, details
CASE = 9  # case, open steps, story and its people, deadlines, parts, subject


def test_query_for_each_row_is_noticed(world):
    """The control for every other test: the middleware in the test settings raises as this does."""
    with pytest.raises(zeal.NPlusOneError), zeal.zeal_context():
        for organisation in Organisation.objects.filter(kind="council"):
            assert organisation.authority.name


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [("home", None, 12), ("organisations", None, 4), ("organisation", "north", 9), ("access_log", None, 6)],
)
def test_page_asks_as_many_queries_at_any_size(world, django_assert_max_num_queries, name, args, most):
    address = reverse(name, args=[getattr(world, args).public_id] if args else None)
    client = world.client("council_administrator")
    for _ in range(2):
        with django_assert_max_num_queries(EVERY_REQUEST + most):
            assert client.get(address).status_code == 200
        for _ in range(30):
            ProviderOrganisationFactory()
            MembershipFactory(person=UserFactory().person, organisation=world.north)


@pytest.mark.parametrize("whose", ["mine", "organisation", "all"])
def test_queue_asks_as_many_queries_at_any_length(whose, world, django_assert_num_queries):
    """Of homes whose names Ofsted withholds, as it does most."""
    client, homes = world.client("contract_officer"), [SettingFactory() for _ in range(10)]
    staff = {world.north: [world.users["contract_officer"]], world.south: [world.users["officer_south"]]}
    for lines in (3, 25):
        load_queue(staff, homes, tasks=lines * 10, still_open=lines * 2)
        with django_assert_num_queries(EVERY_REQUEST + QUEUE):
            page = client.get(reverse("inbox"), {"whose": whose}).text
        assert page.count('scope="row"') >= lines


def test_case_page_asks_as_many_queries_for_a_long_story(world, django_assert_num_queries):
    parcel, officer = Parcel.objects.create(), world.as_("contract_officer")
    ParcelFlow.start.run(parcel=parcel, council=world.north, provider=world.provider_x.provider)
    task = the_task(process_of(ParcelFlow, parcel), ParcelFlow.weigh)
    client = world.client("contract_officer")
    for rounds in (1, 15):
        for _ in range(rounds):
            take(by=officer, task=task)
            return_task(by=officer, task=task, reason="Busy")
        with django_assert_num_queries(EVERY_REQUEST + CASE):
            page = client.get(reverse("case", args=[task.process_id])).text
        assert page.count("Busy") >= rounds
