"""Two roles of PostgreSQL: one owns the tables and migrates, the portal's own reads and writes rows and no more."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from qa_portal.core.audit.privileges import grant_statements

OF_THE_ROLE = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def as_owner(connection) -> Iterator[None]:
    """Inside, `connection` is opened by the role of MIGRATE_DATABASE_URL, where that is set."""
    told = settings.OWNER_DATABASE
    if not told or connection.in_atomic_block:
        yield
        return
    connection.close()
    before = connection.settings_dict
    connection.settings_dict = before | {name: told[name] for name in OF_THE_ROLE}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def grant_after_migrate(sender, using, **_) -> None:
    """Lets the portal's own role into tables that are new, and takes from it what became written once."""
    connection = connections[using]
    app, owner = settings.DATABASES[using].get("USER"), (settings.OWNER_DATABASE or {}).get("USER")
    if connection.vendor != "postgresql" or not app or not owner or app == owner:
        return
    with connection.cursor() as cursor:
        for statement in grant_statements(connection, app, owner):
            cursor.execute(statement)  # audit-ok: rights alone, names come from the models and the settings
