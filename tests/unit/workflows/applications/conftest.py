import pytest

from tests.factories.purchasing import a_system


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def procurement(world):
    return world.as_("procurement_officer")


@pytest.fixture
def provider(world):
    return world.as_("provider_manager_x")


@pytest.fixture
def system(procurement):
    return a_system(procurement)
