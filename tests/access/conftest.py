from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

from qa_portal.portal.health import readiness
from tests.access.policies import build_table


def names_of(patterns, prefix: str = "") -> Iterator[str]:
    """The name of every address; one without a name is told by its route."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or route
        else:
            yield from names_of(entry.url_patterns, route)


@pytest.fixture(autouse=True)
def _storage_is_not_asked_for(monkeypatch):
    """The probe asks on a connection of its own, which sees none of the rows that this test has not committed."""
    asked = [question for question in readiness.QUESTIONS if question.name != "storage"]
    monkeypatch.setattr(readiness, "QUESTIONS", asked)


@pytest.fixture
def all_names() -> list[str]:
    return list(names_of(get_resolver().url_patterns))


@pytest.fixture
def table(world) -> dict:
    return build_table(world)
