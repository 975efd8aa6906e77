"""The guard in SQLite: a row waits in a table of its own until its equal history row arrives.

Each tracked table has one for its waiting rows. Their `must` points at a table that stays empty, by a foreign key
that is checked at COMMIT: a row still waiting then makes the commit fail. A row stops waiting only when it equals
its newest history row: any other deletion is passed over. They are rowid tables because Django's
`check_constraints` reads it.

The triggers call functions that only the portal's own connections have (`announcing`), and look at the switches
by which a connection could step past them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from qa_portal.core.audit.parts import PREFIX, GuardPart
from qa_portal.core.audit.tables import TrackedTable, WrittenOnce

NEVER = "audit_never"
SOUND = (
    " SELECT RAISE(ABORT, 'audit: {table} is written by the portal alone') WHERE NOT qa_portal_writes();"
    " SELECT RAISE(ABORT, 'audit: foreign keys or recursive triggers are switched off')"
    " WHERE (SELECT foreign_keys FROM pragma_foreign_keys) = 0"
    " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0;"
)


@dataclass(frozen=True)
class Object:
    """`sql` is what `sqlite_master` keeps, to the letter."""

    kind: str
    name: str
    table: str
    sql: str

    def part(self) -> GuardPart:
        return GuardPart(self.kind, self.name, self.table, self.sql)


def trigger(name: str, event: str, table: str, body: str, when: str = "") -> Object:
    sql = f'CREATE TRIGGER "{name}" {event} ON "{table}"{when} BEGIN{body} END'
    return Object("trigger", name, table, sql)


def refuse(name: str, event: str, table: str, words: str) -> Object:
    return trigger(name, event, table, f" SELECT RAISE(ABORT, 'audit: {words}');")


def objects(connection, tracked: Iterable[TrackedTable], once: Iterable[WrittenOnce]) -> Iterator[Object]:
    yield Object("table", NEVER, NEVER, f'CREATE TABLE "{NEVER}"("id" INTEGER PRIMARY KEY)')
    yield refuse(f"{NEVER}_stays_empty", "BEFORE INSERT", NEVER, f"{NEVER} stays empty")
    for table in tracked:
        yield from _waiting(table)
        yield from _watched(table)
        yield from _frozen(table.written)
    for written in once:
        yield from _frozen(written)


def _waiting(table: TrackedTable) -> Iterator[Object]:
    name = f"{PREFIX}{table.base}_waiting"
    # INTEGER: a column without a type is compared by other rules, which no index serves
    sql = (
        f'CREATE TABLE "{name}"("pk" INTEGER PRIMARY KEY, "must" INTEGER NOT NULL'
        f' REFERENCES "{NEVER}"("id") DEFERRABLE INITIALLY DEFERRED)'
    )
    yield Object("table", name, name, sql)
    equal = " AND ".join(f'live."{column}" IS newest."{column}"' for column in table.columns)
    settled = (
        f"(SELECT CASE WHEN newest.history_type = '-' THEN live.\"{table.key}\" IS NULL"
        f' ELSE live."{table.key}" IS NOT NULL AND {equal} END'
        f' FROM "{table.history}" newest LEFT JOIN "{table.base}" live ON live."{table.key}" = newest."{table.key}"'
        f' WHERE newest."{table.key}" = old."pk" ORDER BY newest.history_id DESC LIMIT 1)'
    )
    yield trigger(
        f"{name}_settled", "BEFORE DELETE", name, " SELECT RAISE(IGNORE);", f" WHEN {settled} IS NOT 1"
    )
    yield refuse(f"{name}_no_update", "BEFORE UPDATE", name, f"{name} is emptied by history alone")


def _watched(table: TrackedTable) -> Iterator[Object]:
    waiting = f"{PREFIX}{table.base}_waiting"
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        yield trigger(
            f"{PREFIX}{table.base}_{event.lower()}",
            f"AFTER {event}",
            table.base,
            f'{SOUND.format(table=table.base)} INSERT INTO "{waiting}" SELECT {row}."{table.key}", 1'
            f' WHERE NOT EXISTS (SELECT 1 FROM "{waiting}" WHERE "pk" = {row}."{table.key}");',
        )
    yield trigger(
        f"{PREFIX}{table.history}_settle",
        "AFTER INSERT",
        table.history,
        f' DELETE FROM "{waiting}" WHERE "pk" = new."{table.key}";',
    )


def _frozen(table: WrittenOnce) -> Iterator[Object]:
    for event in ("UPDATE", "DELETE"):
        name = f"{PREFIX}{table.name}_no_{event.lower()}"
        yield refuse(name, f"BEFORE {event}", table.name, f"{table.name} is append-only")
    checks = SOUND.format(table=table.name)
    if table.author:
        author = ", ".join(f'new."{column}"' for column in table.author)
        checks += (
            f" SELECT RAISE(ABORT, 'audit: a row of {table.name} names another author than acts')"
            f" WHERE NOT qa_author_is({author});"
        )
    if table.moment and not settings.HISTORY_MAY_BE_RETOLD:
        checks += (
            f" SELECT RAISE(ABORT, 'audit: a row of {table.name} names another moment than now')"
            f' WHERE NOT qa_now_is(new."{table.moment}");'
        )
    yield trigger(f"{PREFIX}{table.name}_written", "BEFORE INSERT", table.name, checks)


def _rows(connection) -> list[tuple[str, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(  # audit-ok: reads the catalogue
            "select type, name, tbl_name, sql from sqlite_master"
            " where type = 'trigger' or (type = 'table' and name like 'audit\\_%%' escape '\\')",
            [],
        )
        return cursor.fetchall()


def installed_parts(connection, tables: Iterable[str]) -> Iterator[GuardPart]:
    """Parts that stand: all of ours, and whatever else hangs on `tables`."""
    guarded = set(tables)
    for kind, name, table, sql in _rows(connection):
        if table in guarded or name.startswith(PREFIX):
            yield GuardPart(kind, name, table, sql)


def state_faults(connection) -> Iterator[str]:
    """Yield what is wrong with the connection itself."""
    with connection.cursor() as cursor:
        for name in ("recursive_triggers", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")  # audit-ok: reads a switch
            if not cursor.fetchone()[0]:
                yield f"The connection has {name} switched off."


def statements(made: Iterable[Object]) -> Iterator[str]:
    for one in made:
        yield (
            one.sql.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1)
            if one.kind == "table"
            else one.sql
        )


def drop_statements(connection) -> Iterator[str]:
    for kind, name, *_ in _rows(connection):
        if kind == "trigger" and name.startswith(PREFIX):
            yield f'drop trigger "{name}"'


def stale_statements(connection, made: Iterable[Object]) -> Iterator[str]:
    """Tables of the guard that are not as they should be, or whose table is gone. Between transactions all are empty."""
    kept = {one.name: one.sql for one in made if one.kind == "table"}
    for kind, name, _table, sql in _rows(connection):
        if kind == "table" and kept.get(name) != sql:
            yield f'drop table "{name}"'
