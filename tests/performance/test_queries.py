"""Pages ask the same number of queries for three rows as for thirty; a query for each row fails any test."""

import pytest
import zeal
from django.urls import reverse

from providers.people.models import Organisation
from tests.factories.people import MembershipFactory, ProviderOrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 4  # session, user, second factor, memberships


def test_query_for_each_row_is_noticed(world):
    """The control for every other test: the middleware in the test settings raises as this does."""
    with pytest.raises(zeal.NPlusOneError), zeal.zeal_context():
        for organisation in Organisation.objects.filter(kind="council"):
            assert organisation.authority.name


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [("home", None, 11), ("organisations", None, 4), ("organisation", "north", 9), ("access_log", None, 6)],
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
