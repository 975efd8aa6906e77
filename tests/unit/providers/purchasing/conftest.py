import pytest


@pytest.fixture
def procurement(world):
    return world.as_("procurement_officer")


@pytest.fixture
def officer(world):
    return world.as_("contract_officer")


@pytest.fixture
def manager(world):
    return world.as_("team_manager")


@pytest.fixture
def head(world):
    return world.as_("head_of_service")


@pytest.fixture
def provider(world):
    return world.as_("provider_manager_x")
