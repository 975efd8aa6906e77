"""The database's own word on the audit: what Python cannot see, it cannot commit.

A transaction that changes a tracked row without an equal history row fails at COMMIT; rows of history and of
append-only tables can be neither changed nor deleted, and are taken only from the author who acts, and now.
Django's TestCase checks deferred constraints at the end of every test, so each test of the suite is an audit
test too.

It comes off for a migration and goes on again after it, in the migration's own transaction (`migrate`): SQLite
remakes tables, and both databases need the new column lists.
"""

from collections.abc import Sequence

from django.core.management.base import CommandError
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate

from qa_portal.core.audit import guard_postgresql, guard_sqlite
from qa_portal.core.audit.owner import grant_after_migrate
from qa_portal.core.audit.parts import by_key, differences
from qa_portal.core.audit.tables import append_only_tables, columns_by_table, tracked_tables

SHOWN = 3
WHAT_TO_DO = "Run manage.py check --database default to see all of it, find out who did it, then run manage.py migrate."


def _dialect(connection):
    return guard_postgresql if connection.vendor == "postgresql" else guard_sqlite


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)  # audit-ok: triggers only, names come from the models


def _objects(connection) -> list:
    present = columns_by_table(connection)
    tracked = list(tracked_tables(connection, present))
    return list(_dialect(connection).objects(connection, tracked, append_only_tables(connection, present)))


def install(connection) -> None:
    """Idempotent: drops what stands and writes it anew from the models."""
    dialect = _dialect(connection)
    with transaction.atomic(connection.alias):
        unlock(connection)
        made = _objects(connection)
        _run(connection, dialect.stale_statements(connection, made))
        _run(connection, dialect.statements(made))


def unlock(connection) -> None:
    """Take every trigger off: before a migration, and before a test flushes what it committed."""
    _run(connection, _dialect(connection).drop_statements(connection))


def faults(connection) -> list[str]:
    """Return what is wrong with the guard, in words: nothing when it is whole."""
    return [*faults_of_parts(connection), *_dialect(connection).state_faults(connection)]


def faults_of_parts(connection) -> list[str]:
    """Return where presence, state or body of a part differ from what the models say."""
    wanted = by_key(one.part() for one in _objects(connection))
    tables = {part.table for part in wanted.values() if part.table}
    return list(differences(wanted, by_key(_dialect(connection).installed_parts(connection, tables))))


def in_a_sentence(found: Sequence[str]) -> str:
    more = f" And {len(found) - SHOWN} more." if len(found) > SHOWN else ""
    return f"The audit guard is not whole. {' '.join(found[:SHOWN])}{more} {WHAT_TO_DO}"


def reason_to_stop() -> str | None:
    """Asked by `stops`: without a whole guard nothing is written."""
    found = faults(connections["default"])
    return in_a_sentence(found) if found else None


def unlock_before_migrate(sender, using, plan=None, **_) -> None:
    """Leaves the guard alone where no table is going to change.

    Raise CommandError for a migration that runs outside a transaction: when it failed, the guard would be off.
    """
    for migration, _backwards in plan or []:
        if not migration.atomic:
            raise CommandError(
                f"{migration} has atomic = False: it would run while the audit guard is off, and leave it off when"
                " it failed. Nothing was changed. Make it atomic."
            )
    if plan:
        unlock(connections[using])


def install_after_migrate(sender, using, plan=None, **_) -> None:
    """Raise CommandError when the guard is not whole afterwards, or a live row differs from its history."""
    from qa_portal.core.audit.verify import check_live_rows

    connection = connections[using]
    if plan or faults_of_parts(connection):
        install(connection)
        if left := faults_of_parts(connection):
            raise CommandError(f"Nothing was changed: the audit guard would not be whole. {' '.join(left)}")
    check_live_rows(connection)


def connect(sender) -> None:
    """`sender` is the core app's config: once a migrate, when every app's tables stand."""
    pre_migrate.connect(unlock_before_migrate, sender=sender, dispatch_uid="audit-guard-unlock")
    post_migrate.connect(install_after_migrate, sender=sender, dispatch_uid="audit-guard-install")
    post_migrate.connect(grant_after_migrate, sender=sender, dispatch_uid="audit-guard-grants")
