"""A demo database, and demo pages, have no place in production: everybody in them signs in with a printed password."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.db import connections
from django.urls import URLPattern, get_resolver

from qa_portal.core.demonstration import WHAT_TO_SET, Demonstration, is_demonstration

PREFIX = "demo_"


@checks.register(checks.Tags.database, deploy=True)
def no_demonstration(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    """Refuse a demo's people in production. Before the first migrate there is no table to look into."""
    for alias in databases or []:
        connection = connections[alias]
        if Demonstration._meta.db_table in connection.introspection.table_names() and is_demonstration():
            return [checks.Error("The database holds the demo.", hint=WHAT_TO_SET, id="portal.E001")]
    return []


@checks.register(checks.Tags.urls, deploy=True)
def no_demo_addresses(app_configs=None, **_) -> list[checks.CheckMessage]:
    """Whatever exists for the demo alone is named demo_...; its addresses are added where `settings.DEMO` is set."""
    if not settings.PRODUCTION:
        return []
    return [
        checks.Error(
            f"The address {name} belongs to the demo and is open in production.",
            hint="Include it in urls.py only where settings.DEMO is set.",
            id="portal.E002",
        )
        for name in sorted(set(names_of(get_resolver().url_patterns)))
        if name.startswith(PREFIX)
    ]


def names_of(patterns) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or ""
        else:
            yield from names_of(entry.url_patterns)
