"""What the portal's own role of PostgreSQL may do, table by table, as SQL that the owner or a superuser runs."""

from collections.abc import Iterator

from qa_portal.core.audit.tables import append_only_tables, columns_by_table, tracked_tables

ROWS = "SELECT, INSERT, UPDATE, DELETE"
WRITTEN_ONCE = "SELECT, INSERT"
READ = "SELECT"
OF_THE_OWNER_ALONE = {"django_migrations"}
OBJECTS = """
select case relkind when 'S' then 'SEQUENCE' when 'v' then 'VIEW' else 'TABLE' end, relname, relowner::regrole::text
  from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'S')
   and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype in ('i', 'a') and relkind = 'S')
 union all
select 'FUNCTION', oid::regprocedure::text, proowner::regrole::text
  from pg_proc where pronamespace = current_schema()::regnamespace and proname like 'audit\\_%'
"""


def _ask(connection, statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)  # audit-ok: reads the catalogue
        return cursor.fetchall()


LAST_SUPERUSERS = """
select rolname from pg_roles one
 where oid = 10 or rolsuper and rolcanlogin
   and not exists (select from pg_roles other where other.rolsuper and other.rolcanlogin and other.oid <> one.oid)
"""


def superusers_to_keep(connection) -> set[str]:
    """Return the roles that must stay superuser so that somebody can look after the server: its first, and an only one."""
    return {name for (name,) in _ask(connection, LAST_SUPERUSERS)}


def role_statements(app: str, owner: str) -> Iterator[str]:
    """Yield statements that create missing roles. The operator sets their passwords."""
    for role in (owner, app):
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
            f' THEN CREATE ROLE "{role}" LOGIN; END IF; END $$'
        )
        yield f'ALTER ROLE "{role}" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
    yield f'REVOKE "{owner}" FROM "{app}"'
    yield f'GRANT "{app}" TO "{owner}"'  # so that migrate can say since when the portal holds a table


def ownership_statements(connection, owner: str) -> Iterator[str]:
    """Yield statements that give the database, the schema and everything in it to `owner`."""
    [(database, schema)] = _ask(
        connection, "select quote_ident(current_database()), quote_ident(current_schema())"
    )
    yield f'ALTER DATABASE {database} OWNER TO "{owner}"'
    yield f'ALTER SCHEMA {schema} OWNER TO "{owner}"'
    for kind, name, present in _ask(connection, OBJECTS):
        if present.strip('"') != owner:
            told = name if kind == "FUNCTION" else f'"{name}"'
            yield f'ALTER {kind} {told} OWNER TO "{owner}"'


def grant_statements(connection, app: str, owner: str) -> Iterator[str]:
    """Lets `app` read and write rows, and nothing else: of what is written once, it adds rows."""
    [(database, schema)] = _ask(
        connection, "select quote_ident(current_database()), quote_ident(current_schema())"
    )
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f'REVOKE ALL ON SCHEMA {schema} FROM "{app}"'
    yield f'GRANT USAGE ON SCHEMA {schema} TO "{app}"'
    yield f'REVOKE ALL ON DATABASE {database} FROM "{app}"'
    yield f'GRANT CONNECT ON DATABASE {database} TO "{app}"'
    later = f'ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" IN SCHEMA {schema} GRANT'
    yield f'{later} {ROWS} ON TABLES TO "{app}"'
    yield f'{later} USAGE, SELECT ON SEQUENCES TO "{app}"'
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO "{app}"'
    for table, allowed in sorted(_allowed(connection).items()):
        yield f'REVOKE ALL ON TABLE "{table}" FROM "{app}"'
        yield f'GRANT {allowed} ON TABLE "{table}" TO "{app}"'


def _allowed(connection) -> dict[str, str]:
    present = columns_by_table(connection)
    once = {table.history for table in tracked_tables(connection, present)}
    once |= {table.name for table in append_only_tables(connection, present)}
    allowed = dict.fromkeys(present, ROWS) | dict.fromkeys(once, WRITTEN_ONCE)
    return allowed | dict.fromkeys(OF_THE_OWNER_ALONE & present.keys(), READ)


ROLE = """
select rolsuper, rolcreaterole, rolbypassrls,
       has_parameter_privilege(current_user, 'session_replication_role', 'SET'),
       has_schema_privilege(current_schema(), 'CREATE'),
       (select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
          and pg_has_role(current_user, relowner, 'USAGE')),
       (select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
          and has_table_privilege(oid, 'TRUNCATE, TRIGGER')),
       current_user
  from pg_roles where rolname = current_user
"""


def faults_of_the_role(connection) -> Iterator[str]:
    """Yield what the portal's role could do to get around the audit."""
    if connection.vendor != "postgresql":
        return
    # PostgreSQL 14 has no privileges on parameters: only a superuser sets this one there
    since_15 = connection.pg_version >= 150000
    asked = (
        ROLE
        if since_15
        else ROLE.replace(
            "has_parameter_privilege(current_user, 'session_replication_role', 'SET')", "rolsuper"
        )
    )
    [(superuser, roles, bypass, replica, creates, owned, emptied, name)] = _ask(connection, asked)
    if superuser:
        yield f"The portal's database role {name} is a superuser."
        return
    if owned:
        yield f"The portal's database role {name} owns {owned} tables, or is a member of the role that does."
    elif emptied:
        yield f"The portal's database role {name} may empty {emptied} tables, or hang triggers on them."
    if replica:
        yield f"The portal's database role {name} may set session_replication_role."
    if roles or bypass or creates:
        yield f"The portal's database role {name} may make roles, make tables, or pass row security by."
