"""A demo database, and demo pages, have no place in production: everybody in them signs in with a printed password."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.urls import URLPattern, get_resolver

from providers.people.models import User
from qa_portal.portal.demo_people import DOMAIN

PREFIX = "demo_"
WHAT_TO_SET = "Set DATABASE_URL to a database of its own, made by manage.py migrate."


def has_demo_people() -> bool:
    return User.objects.filter(email__iendswith=f"@{DOMAIN}").exists()


def refuse_demo_database() -> None:
    """Called as production starts. A database that does not answer yet is no demo: pages say 503 until it does."""
    if not settings.PRODUCTION:
        return
    try:
        found = has_demo_people()
    except DatabaseError:
        return
    finally:
        connections.close_all()  # else each worker that is forked would share it
    if found:
        raise ImproperlyConfigured(f"This database holds the demo's people (@{DOMAIN}). {WHAT_TO_SET}")


@checks.register(checks.Tags.database, deploy=True)
def no_demo_people(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    """Before the first migrate there is no table to look into, and nobody in it."""
    for alias in databases or []:
        connection = connections[alias]
        if User._meta.db_table in connection.introspection.table_names() and has_demo_people():
            words = f"The database holds the demo's people (@{DOMAIN})."
            return [checks.Error(words, hint=WHAT_TO_SET, id="portal.E001")]
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
