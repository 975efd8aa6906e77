import pytest

from providers.documents import access_rules
from providers.documents.storage import stored_names


@pytest.fixture(autouse=True)
def _storage_of_a_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def no_rules(monkeypatch):
    """As if no upper slice had said anything about documents."""
    monkeypatch.setattr(access_rules, "_rules", [])
    monkeypatch.setattr(access_rules, "_holds", [])


@pytest.fixture
def files_kept():
    """Names of what is stored, partial files included."""
    return lambda: [name for _, names in stored_names() for name in names]
