from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

from providers.people.services.invitations import token_for
from tests.access import policy
from tests.access.policies import POLICIES


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
    """Every address of the portal with what fills it in and its rule, over a world that has one of each."""
    for slice_policy in POLICIES:
        slice_policy.add_things(world)
    rules = policy.addresses(world, token_for(world.things["invitation_open"]))
    for slice_policy in POLICIES:
        rules |= slice_policy.addresses(world)
    return rules
