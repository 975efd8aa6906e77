"""Tells the database who writes: each row of history is compared with it (`guard_postgresql`, `guard_sqlite`).

PostgreSQL is told in the message that brings the row, so that no statement is added. SQLite asks functions of
this process, which no other program has: it cannot write a guarded table at all.
"""

import datetime as dt

from django.utils import timezone

from qa_portal.core.audit.audit_context import current_actor
from qa_portal.core.audit.tables import tables_written_once

SETTING = "qa.author"
ANNOUNCE = "SELECT set_config('qa.author', %s, true)"
INSERT = 'INSERT INTO "'
TOLERANCE = dt.timedelta(seconds=60)
"""How far a row's moment may lie from the database's own clock."""
_written_once: set[str] = set()


def announcement() -> str:
    return "|".join(current_actor().author())


def is_announced(statement) -> bool:
    """Return whether `statement` inserts into a table of history or an append-only one."""
    if not isinstance(statement, str) or not statement.startswith(INSERT):
        return False
    if not _written_once:
        _written_once.update(tables_written_once())
    return statement[len(INSERT) : statement.index('"', len(INSERT))] in _written_once


def announce(execute, statement, parameters, many, context):
    """Wrap each statement of a PostgreSQL connection."""
    if not is_announced(statement):
        return execute(statement, parameters, many, context)
    cursor = context["cursor"].cursor
    if many or context["connection"].features.uses_server_side_binding:  # one statement a message
        cursor.execute(ANNOUNCE, [announcement()])  # audit-ok: says who writes
        return execute(statement, parameters, many, context)
    both = execute(f"{ANNOUNCE}; {statement}", (announcement(), *(parameters or ())), many, context)
    cursor.nextset()
    return both


def is_author(user, person, organisation, role) -> bool:
    numbers = ("" if number is None else str(number) for number in (user, person, organisation))
    return (*numbers, role) == current_actor().author()


def is_now(moment: str) -> bool:
    told = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    return abs(timezone.now() - told) <= TOLERANCE


def prepare(sender, connection, **_) -> None:
    """Prepare each new connection."""
    if connection.vendor == "postgresql":
        if announce not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, announce)
    elif connection.vendor == "sqlite":
        raw = connection.connection
        # else a row that INSERT OR REPLACE removes fires no trigger
        raw.execute("PRAGMA recursive_triggers = ON")  # audit-ok: a switch
        raw.create_function("qa_portal_writes", 0, lambda: True)
        raw.create_function("qa_author_is", 4, is_author)
        raw.create_function("qa_now_is", 1, is_now)
