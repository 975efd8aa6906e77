"""Runs a whole migrate in one transaction, in turn with others, and waits for tables that somebody holds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError, transaction
from django.utils import timezone

TURN = (0x51_41, 0x4D_49)
"""Key of the advisory lock that one migrate at a time holds."""
SECONDS_BETWEEN = 2
NOT_ALLOWED = "42501"
LOCKED = {"55P03", "40P01"}  # a lock was not to be had in time; two waited for each other


class Blocked(Exception):
    """Another migrate has the turn."""


def in_one_transaction(
    connection, work: Callable[[], object], *, wait: float, tell: Callable[[str], object]
) -> None:
    """Do `work` whole or not at all.

    Raise CommandError, which says who stands in the way, when its locks are not to be had within `wait` seconds.
    """
    if connection.in_atomic_block:  # the caller's transaction is the one
        work()
        return
    until = time.monotonic() + wait
    while True:
        try:
            with _transaction(connection):
                work()
            return
        except (Blocked, OperationalError) as error:
            if not is_lock(error):
                raise
            who = holder(connection, turn=isinstance(error, Blocked))
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", None) != NOT_ALLOWED:
                raise
            raise CommandError(
                f"Nothing was changed: the database role {connection.settings_dict['USER']} may not change tables."
                " Set MIGRATE_DATABASE_URL to the address of the role that owns them."
            ) from error
        left = until - time.monotonic()
        if left <= 0:
            raise CommandError(
                f"Nothing was changed: {who} for more than {wait:.0f} seconds. End that, or wait for it,"
                " then run manage.py migrate again."
            )
        tell(f"Nothing was changed yet: {who}. Trying again, for {left:.0f} seconds more.")
        time.sleep(min(SECONDS_BETWEEN, left))


@contextmanager
def _transaction(connection) -> Iterator[None]:
    if connection.vendor == "sqlite":
        with _without_foreign_keys(connection), transaction.atomic(connection.alias):
            # before whatever else follows the commit: code lists are written with the guard whole
            transaction.on_commit(connection.enable_constraint_checking, using=connection.alias)
            yield
    else:
        with transaction.atomic(connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", TURN)  # audit-ok: takes a lock
                if not cursor.fetchone()[0]:
                    raise Blocked
                cursor.execute("set local statement_timeout = 0")  # audit-ok: an index may take its time
            yield


@contextmanager
def _without_foreign_keys(connection) -> Iterator[None]:
    """SQLite switches them only outside a transaction, and remakes no table while they are on."""
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def is_lock(error: Exception) -> bool:
    if isinstance(error, Blocked):
        return True
    state = getattr(error.__cause__, "sqlstate", None)
    return state in LOCKED if state else "is locked" in str(error)


HOLDERS = """
select pid, usename, xact_start from pg_stat_activity activity
 where pid <> pg_backend_pid() and datname = current_database()
   and exists (select 1 from pg_locks held left join pg_class on pg_class.oid = held.relation
                where held.pid = activity.pid and held.granted and {held})
 order by xact_start nulls last limit 1
"""
OF_A_TABLE = "relnamespace = current_schema()::regnamespace"
OF_THE_TURN = "locktype = 'advisory' and classid = %s and objid = %s"


def holder(connection, *, turn: bool = False) -> str:
    """Return who holds the locks, in words; never the statement they run."""
    if connection.vendor == "sqlite":
        return "another program is writing to the database's file"
    with connection.cursor() as cursor:
        if turn:
            cursor.execute(HOLDERS.format(held=OF_THE_TURN), TURN)  # audit-ok: reads the catalogue
        else:
            cursor.execute(HOLDERS.format(held=OF_A_TABLE))  # audit-ok: reads the catalogue
        found = cursor.fetchone()
    if not found:
        return "somebody who has gone by now was holding a table"
    pid, user, began = found
    since = (
        f"since {timezone.localtime(began):%H:%M:%S}" if began else "for a time that only its own user sees"
    )
    doing = "is running another migrate" if turn else "has had a transaction open on our tables"
    return f"database process {pid} (user {user}) {doing} {since}"
