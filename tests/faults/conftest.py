import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.world import build_world
from tests.faults.gate import Gate
from tests.faults.site import Visitor, environment, served, url_of
from tests.flows.driving import process_of
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel


@pytest.fixture
def people(commits):
    """The world of the access tests, committed, with a second contract officer in the north."""
    world = build_world()
    user = UserFactory(email="colleague@mail.example", person__details__full_name="Second Officer")
    MembershipFactory(person=user.person, organisation=world.north)
    world.users["colleague"] = user
    return world


@pytest.fixture
def start(people):
    """Starts the process of a new parcel of the north; returns it."""

    def start(**values):
        parcel = Parcel.objects.create(**values)
        ParcelFlow.start.run(parcel=parcel, council=people.north, provider=people.provider_x.provider)
        return process_of(ParcelFlow, parcel)

    return start


@pytest.fixture
def gate(tmp_path) -> Gate:
    folder = tmp_path / "gate"
    folder.mkdir()
    return Gate(folder)


@pytest.fixture
def visit(people, gate, tmp_path):
    """Serves the test's own database with `fault`, and gives a visitor signed in as `persona`."""
    with contextlib.ExitStack() as sites:

        def visit(persona: str, fault: str = "none") -> Visitor:
            env = environment(url_of(connection), fault, gate)
            port = sites.enter_context(served(env, tmp_path / "gunicorn.log"))
            return Visitor(port, people.client(persona).cookies[settings.SESSION_COOKIE_NAME].value)

        yield visit


@pytest.fixture
def aside():
    """Calls something while the test goes on: `aside(call, ...)` gives a future."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit
