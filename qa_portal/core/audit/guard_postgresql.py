"""The guard in PostgreSQL: a constraint trigger compares the live row with its newest history row at COMMIT."""

from collections.abc import Iterator

from qa_portal.core.audit.tables import TrackedTable

APPEND_ONLY = """
create or replace function audit_append_only() returns trigger language plpgsql as $$ begin
  raise exception 'audit: % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$
"""

COMPARE = """
create or replace function "audit_{base}"() returns trigger language plpgsql as $$
declare
  wanted bigint := case when tg_op = 'DELETE' then old."{key}" else new."{key}" end;
  kind text;
  equal boolean;
begin
  select newest.history_type,
         (select row({live}) is not distinct from row({recorded})
            from "{base}" live where live."{key}" = wanted)
    into kind, equal
    from "{history}" newest where newest."{key}" = wanted order by newest.history_id desc limit 1;
  if kind is null or (kind = '-' and equal is not null) or (kind <> '-' and equal is not true) then
    raise exception 'audit: % of {base} % has no equal history row', tg_op, wanted
      using errcode = 'integrity_constraint_violation',
            hint = 'use save(), delete(), audited_update() or audited_create()';
  end if;
  return null;
end $$
"""


def foundations() -> Iterator[str]:
    yield APPEND_ONLY


def watch(table: TrackedTable) -> Iterator[str]:
    def columns(alias: str) -> str:
        return ", ".join(f'{alias}."{column}"' for column in table.columns)

    yield COMPARE.format(
        base=table.base,
        key=table.key,
        history=table.history,
        live=columns("live"),
        recorded=columns("newest"),
    )
    yield (
        f'create constraint trigger "audit_{table.base}_watch" after insert or update or delete'
        f' on "{table.base}" deferrable initially deferred for each row execute function "audit_{table.base}"()'
    )


def freeze(name: str) -> Iterator[str]:
    yield (
        f'create trigger "audit_{name}_no_change" before update or delete on "{name}"'
        " for each row execute function audit_append_only()"
    )
    yield (
        f'create trigger "audit_{name}_no_truncate" before truncate on "{name}"'
        " for each statement execute function audit_append_only()"
    )


def _triggers(connection) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(  # audit-ok: reads the catalogue
            "select tgname, relname from pg_trigger join pg_class on pg_class.oid = tgrelid"
            " where not tgisinternal and tgname like 'audit\\_%%'"
            " and relnamespace = current_schema()::regnamespace",
            [],
        )
        return cursor.fetchall()


def drop_statements(connection) -> Iterator[str]:
    return (f'drop trigger "{name}" on "{table}"' for name, table in _triggers(connection))


def guarded(connection) -> set[str]:
    return {table for _, table in _triggers(connection)}
