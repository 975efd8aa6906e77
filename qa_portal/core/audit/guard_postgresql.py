"""The guard in PostgreSQL: a constraint trigger compares the live row with its newest history row at COMMIT.

Functions name each table with its schema: else a temporary table of the same name would be read in its place.
All triggers are ALWAYS: they fire for session_replication_role = replica too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.backends.utils import truncate_name

from qa_portal.core.audit.announcing import SETTING, TOLERANCE
from qa_portal.core.audit.parts import PREFIX, GuardPart
from qa_portal.core.audit.tables import TrackedTable, WrittenOnce

ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
NO_CHANGE = "audit_append_only"
NO_TRUNCATE = "audit_no_truncate"
LONGEST_NAME = 63
"""Bytes that PostgreSQL keeps of a name."""
PATH = "search_path=pg_catalog, pg_temp"
RAISE = """
  raise exception 'audit: {words}', tg_table_name using errcode = 'integrity_constraint_violation';
"""
REFUSE = " begin" + RAISE + "end "
COMPARE = """
declare
  wanted {schema}."{base}"."{key}"%type := case when tg_op = 'DELETE' then old."{key}" else new."{key}" end;
  kind text;
  equal boolean;
begin
  select newest.history_type,
         (select row({live}) is not distinct from row({recorded})
            from {schema}."{base}" live where live."{key}" = wanted)
    into kind, equal
    from {schema}."{history}" newest where newest."{key}" = wanted order by newest.history_id desc limit 1;
  if kind is null or (kind = '-' and equal is not null) or (kind <> '-' and equal is not true) then
    raise exception 'audit: % of {base} % has no equal history row', tg_op, wanted
      using errcode = 'integrity_constraint_violation',
            hint = 'use save(), delete(), audited_update() or audited_create()';
  end if;
  return null;
end """

ANALYZE_TABLES = "audit_analyze_tables"
"""For `planner`: the portal's own role owns no table, and only a table's owner may have its rows counted."""
COUNT = """
declare
  name text;
begin
  foreach name in array names loop
    execute format('analyze (skip_locked) {schema}.%I', name);
  end loop;
end """


@dataclass(frozen=True)
class Trigger:
    """`kind` is the bits of pg_trigger.tgtype."""

    name: str
    table: str
    function: str
    kind: int
    deferred: bool = False

    def statements(self) -> Iterator[str]:
        events = {INSERT: "insert", UPDATE: "update", DELETE: "delete", TRUNCATE: "truncate"}
        told = " or ".join(word for bit, word in events.items() if self.kind & bit)
        when = "before" if self.kind & BEFORE else "after"
        each = "row" if self.kind & ROW else "statement"
        head = "create constraint trigger" if self.deferred else "create trigger"
        late = " deferrable initially deferred" if self.deferred else ""
        yield (
            f'{head} "{self.name}" {when} {told} on "{self.table}"{late} for each {each}'
            f' execute function "{self.function}"()'
        )
        yield f'alter table "{self.table}" enable always trigger "{self.name}"'

    def part(self) -> GuardPart:
        looks = (self.function, self.kind, "A", self.deferred, self.deferred, True, True)
        return GuardPart("trigger", self.name, self.table, looks)


@dataclass(frozen=True)
class Function:
    name: str
    body: str
    takes: str = ""
    returns: str = "trigger"
    by_owner: bool = False

    def statements(self) -> Iterator[str]:
        definer = " security definer" if self.by_owner else ""
        yield (
            f'create or replace function "{self.name}"({self.takes}) returns {self.returns} language plpgsql'
            f"{definer} set {PATH} as $audit${self.body}$audit$"
        )

    def part(self) -> GuardPart:
        looks = (self.body, "plpgsql", self.by_owner, (PATH,), self.returns, self.takes)
        return GuardPart("function", self.name, "", looks)


Object = Trigger | Function


def objects(connection, tracked: Iterable[TrackedTable], once: Iterable[WrittenOnce]) -> Iterator[Object]:
    with connection.cursor() as cursor:
        cursor.execute("select quote_ident(current_schema())")  # audit-ok: reads the catalogue
        [schema] = cursor.fetchone()
    yield Function(NO_CHANGE, REFUSE.format(words="% is append-only"))
    yield Function(ANALYZE_TABLES, COUNT.format(schema=schema), "names text[]", "void", by_owner=True)
    yield Function(NO_TRUNCATE, REFUSE.format(words="% cannot be emptied"))
    for table in tracked:
        yield _comparison(table, schema)
        deeds = ROW | INSERT | UPDATE | DELETE
        yield Trigger(name_for(table.base, "_watch"), table.base, name_for(table.base), deeds, deferred=True)
        yield Trigger(name_for(table.base, "_no_truncate"), table.base, NO_TRUNCATE, BEFORE | TRUNCATE)
        yield from _frozen(table.written)
    for written in once:
        yield from _frozen(written)


def _comparison(table: TrackedTable, schema: str) -> Function:
    def columns(alias: str) -> str:
        return ", ".join(f'{alias}."{column}"' for column in table.columns)

    body = COMPARE.format(
        schema=schema,
        base=table.base,
        key=table.key,
        history=table.history,
        live=columns("live"),
        recorded=columns("newest"),
    )
    return Function(name_for(table.base), body)


def name_for(table: str, what: str = "") -> str:
    """Return the name of a table's trigger or function; PostgreSQL would cut a longer one without a word."""
    return truncate_name(f"{PREFIX}{table}{what}", LONGEST_NAME)


def _frozen(table: WrittenOnce) -> Iterator[Object]:
    written = name_for(table.name, "_written")
    yield Function(written, _written(table))
    yield Trigger(written, table.name, written, BEFORE | ROW | INSERT)
    yield Trigger(name_for(table.name, "_no_change"), table.name, NO_CHANGE, BEFORE | ROW | UPDATE | DELETE)
    yield Trigger(name_for(table.name, "_no_truncate"), table.name, NO_CHANGE, BEFORE | TRUNCATE)


def _written(table: WrittenOnce) -> str:
    """Return the body that refuses a row of an author who was not announced, or of another moment than now."""
    told = f"current_setting('{SETTING}', true)"
    author = " || '|' || ".join(f"coalesce(new.\"{column}\"::text, '')" for column in table.author)
    wrong = f"{told} is distinct from {author}" if author else f"coalesce({told}, '') = ''"
    checks = (
        f"if {wrong} then"
        + RAISE.format(words="a row of % names another author than was announced")
        + "end if; "
    )
    if table.moment and not settings.HISTORY_MAY_BE_RETOLD:
        seconds = f"interval '{TOLERANCE.seconds} seconds'"
        checks += (
            f'if new."{table.moment}" not between now() - {seconds} and clock_timestamp() + {seconds} then'
            + RAISE.format(words="a row of % names another moment than now")
            + "end if; "
        )
    return f" begin {checks}return new; end "


STANDING = """
select tgname, relname, proname, tgtype, tgenabled, tgdeferrable, tginitdeferred,
       pronamespace = relnamespace, tgqual is null and cardinality(tgattr::int2[]) = 0 and tgnargs = 0
  from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
 where not tgisinternal and relnamespace = current_schema()::regnamespace
"""
FUNCTIONS = """
select proname, prosrc, lanname, prosecdef, coalesce(proconfig, '{}'), prorettype::regtype::text,
       pg_get_function_identity_arguments(pg_proc.oid)
  from pg_proc join pg_language on pg_language.oid = prolang
 where pronamespace = current_schema()::regnamespace and proname like 'audit\\_%'
"""
REWRITTEN = """
select rulename, relname from pg_rewrite join pg_class on pg_class.oid = ev_class
 where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
 union all
select 'row level security', relname from pg_class
 where relnamespace = current_schema()::regnamespace and relrowsecurity
"""


def _rows(connection, statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)  # audit-ok: reads the catalogue
        return cursor.fetchall()


def installed_parts(connection, tables: Iterable[str]) -> Iterator[GuardPart]:
    """Parts that stand: all of ours, and whatever else hangs on `tables`."""
    guarded = set(tables)
    for name, table, *looks in _rows(connection, STANDING):
        if table in guarded or name.startswith(PREFIX):
            yield GuardPart("trigger", name, table, tuple(looks))
    for name, body, language, definer, told, returns, takes in _rows(connection, FUNCTIONS):
        yield GuardPart("function", name, "", (body, language, definer, tuple(told), returns, takes))
    for name, table in _rows(connection, REWRITTEN):
        if table in guarded:
            yield GuardPart("rule", name, table, None)


def state_faults(connection) -> Iterator[str]:
    """Yield what is wrong with the connection itself."""
    role, ahead = _rows(
        connection,
        "select current_setting('session_replication_role'), extract(epoch from clock_timestamp())",
    )[0]
    if role != "origin":
        yield f"The connection has session_replication_role = {role}, which switches triggers off."
    yield from _clock_faults(float(ahead))


def _clock_faults(of_the_database: float) -> Iterator[str]:
    """History is refused when it is dated more than TOLERANCE off the database's clock: half of that is told."""
    from django.utils import timezone

    apart = abs(timezone.now().timestamp() - of_the_database)
    if not settings.HISTORY_MAY_BE_RETOLD and apart > TOLERANCE.seconds / 2:
        yield f"The clocks of the portal and of its database are {apart:.0f} seconds apart: set both by NTP."


def statements(made: Iterable[Object]) -> Iterator[str]:
    """Run the statements as one message: one by one they would cost a migrate seconds.

    What waits for the commit is asked first: PostgreSQL alters no table whose rows still wait.
    """
    yield "set constraints all immediate; set constraints all deferred"
    yield ";\n".join(statement for one in made for statement in one.statements())


def drop_statements(connection) -> Iterator[str]:
    """Triggers alone: their functions hold nothing, and are written anew with them."""
    dropped = [
        f'drop trigger "{name}" on "{table}"'
        for name, table, *_ in _rows(connection, STANDING)
        if name.startswith(PREFIX)
    ]
    if dropped:
        yield ";\n".join(dropped)


def stale_statements(connection, made: Iterable[Object]) -> Iterator[str]:
    """Functions of a table that is gone, which would be told as not of the guard."""
    kept = {one.name for one in made if isinstance(one, Function)}
    for name, *_, takes in _rows(connection, FUNCTIONS):
        if name not in kept:
            yield f'drop function "{name}"({takes})'
