"""The database's own word on the audit: what Python cannot see, it cannot commit.

A transaction that changes a tracked row without an equal history row fails at COMMIT, and rows of history
and of append-only tables can be neither changed nor deleted. Django's TestCase checks deferred constraints
at the end of every test, so each test of the suite is an audit test too.

Installed after every migrate and taken off before it: SQLite remakes tables, and both databases need the
new column lists.
"""

from django.db.models.signals import post_migrate, pre_migrate

from qa_portal.core.audit import guard_postgresql, guard_sqlite
from qa_portal.core.audit.tables import append_only_tables, tracked_tables


def _dialect(connection):
    return guard_postgresql if connection.vendor == "postgresql" else guard_sqlite


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)  # audit-ok: triggers only, names come from the models


def install(connection) -> None:
    """Idempotent: drops what stands and writes it anew from the models."""
    dialect = _dialect(connection)
    unlock(connection)
    _run(connection, dialect.foundations())
    for table in tracked_tables(connection):
        _run(connection, dialect.watch(table))
        _run(connection, dialect.freeze(table.history))
    for name in append_only_tables(connection):
        _run(connection, dialect.freeze(name))


def unlock(connection) -> None:
    """Takes every trigger off: before a migration, and before a test flushes what it committed."""
    _run(connection, _dialect(connection).drop_statements(connection))


def installed(connection) -> set[str]:
    """Names of the tables that have a trigger of ours."""
    return _dialect(connection).guarded(connection)


def unlock_before_migrate(sender, using, **_) -> None:
    from django.db import connections

    unlock(connections[using])


def install_after_migrate(sender, using, **_) -> None:
    from django.db import connections

    from qa_portal.core.audit.verify import check_live_rows

    install(connections[using])
    check_live_rows(connections[using])


def connect(sender) -> None:
    """`sender` is the core app's config: once a migrate, when every app's tables stand."""
    pre_migrate.connect(unlock_before_migrate, sender=sender, dispatch_uid="audit-guard-unlock")
    post_migrate.connect(install_after_migrate, sender=sender, dispatch_uid="audit-guard-install")
