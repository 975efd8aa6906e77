from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

from tests.access.policies import build_table


def names_of(patterns, prefix: str = "") -> Iterator[str]:
    """The name of every address; one without a name is told by its route."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or route
        else:
            yield from names_of(entry.url_patterns, route)


@pytest.fixture
def all_names() -> list[str]:
    return list(names_of(get_resolver().url_patterns))


@pytest.fixture
def table(world) -> dict:
    return build_table(world)
