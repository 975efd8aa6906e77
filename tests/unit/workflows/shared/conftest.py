import pytest

from providers.directory.models import Authority
from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.register import SettingFactory
from tests.flows.driving import process_of
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel


@pytest.fixture
def home(world):
    return SettingFactory(
        authority=Authority.objects.get(name="Westmorland and Furness"),
        owner=world.provider_x.provider,
        working_name="Fell View",
    )


@pytest.fixture
def start(world, home):
    """Starts the process of a new parcel of the north; returns it."""

    def start(**values):
        about = {
            "council": world.north,
            "provider": world.provider_x.provider,
            "setting": home,
            "open_to_provider": values.pop("open_to_provider", True),
        }
        parcel = Parcel.objects.create(**values)
        ParcelFlow.start.run(parcel=parcel, **about)
        return process_of(ParcelFlow, parcel)

    return start


@pytest.fixture
def colleague(world):
    """Another contract officer of the north, as persona "colleague"."""
    user = UserFactory(email="colleague@mail.example", person__details__full_name="Second Officer")
    MembershipFactory(person=user.person, organisation=world.north)
    world.users["colleague"] = user
    return user
