"""The guard in SQLite: a row waits in `audit_pending` until its equal history row arrives.

`audit_pending.must` points at a table that stays empty, by a foreign key that is checked at COMMIT: a row
still waiting then makes the commit fail. It is a rowid table because Django's `check_constraints` reads it.
"""

from collections.abc import Iterator

from qa_portal.core.audit.tables import TrackedTable


def foundations() -> Iterator[str]:
    yield "create table if not exists audit_never(id integer primary key)"
    yield (
        "create table if not exists audit_pending(tbl text, pk,"
        " must integer references audit_never(id) deferrable initially deferred, primary key(tbl, pk))"
    )


def watch(table: TrackedTable) -> Iterator[str]:
    for event, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
        yield (
            f'create trigger "audit_{table.base}_{event}" after {event} on "{table.base}" begin'
            f" insert or replace into audit_pending values('{table.base}', {row}.\"{table.key}\", 1); end"
        )
    equal = " and ".join(f'live."{column}" is new."{column}"' for column in table.columns)
    same_row = f'select 1 from "{table.base}" live where live."{table.key}" = new."{table.key}"'
    yield (
        f'create trigger "audit_{table.history}_settle" after insert on "{table.history}" begin'
        f" delete from audit_pending where tbl = '{table.base}' and pk = new.\"{table.key}\""
        f" and case when new.history_type = '-' then not exists({same_row})"
        f" else exists({same_row} and {equal}) end; end"
    )


def freeze(name: str) -> Iterator[str]:
    for event in ("update", "delete"):
        yield (
            f'create trigger "audit_{name}_no_{event}" before {event} on "{name}" begin'
            f" select raise(abort, 'audit: {name} is append-only'); end"
        )


def _triggers(connection) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(  # audit-ok: reads the catalogue
            "select name, tbl_name from sqlite_master where type = 'trigger' and name like 'audit\\_%%' escape '\\'",
            [],
        )
        return cursor.fetchall()


def drop_statements(connection) -> Iterator[str]:
    return (f'drop trigger "{name}"' for name, _ in _triggers(connection))


def guarded(connection) -> set[str]:
    return {table for _, table in _triggers(connection)}
