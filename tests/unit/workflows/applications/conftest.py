import pytest

from tests.factories.purchasing import a_system


@pytest.fixture
def procurement(world):
    return world.as_("procurement_officer")


@pytest.fixture
def provider(world):
    return world.as_("provider_manager_x")


@pytest.fixture
def system(procurement):
    return a_system(procurement)
