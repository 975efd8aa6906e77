"""Two roles of PostgreSQL: the portal's own does its work, and the database itself refuses it every way round."""

import contextlib
import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.faults.site import url_of
from tests.unit.inspections.ofsted.building import register, row

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
WORK = """
import django; django.setup()
from django.conf import settings
from django.test.utils import setup_test_environment; setup_test_environment()
from django.core.management import call_command
from tests.factories.world import build_world
from tests.factories.visits import recorded
from tests.flows.visiting import plan
from django.urls import reverse
world = build_world()
visit = recorded(world)
page = world.client("contract_officer").get(reverse("my_details"))
assert page.status_code == 200, page.status_code
answer, planned = plan(world)
assert answer.status_code == 302 and planned, answer.status_code
call_command("import_ofsted", %r)
call_command("run_due")
call_command("check", deploy=True, databases=["default"])
print("visit", visit.pk)
"""
WAYS_ROUND = [
    "alter table providers_person disable trigger all",
    "drop trigger audit_providers_person_watch on providers_person",
    "create or replace function audit_providers_person() returns trigger language plpgsql as 'begin return null; end'",
    "alter function audit_providers_person() reset search_path",
    "truncate providers_person cascade",
    "truncate providers_historicalperson",
    "update providers_historicalperson set history_person_id = 1",
    "delete from providers_historicalperson",
    "update core_accessevent set person_id = 1",
    "delete from core_formreceipt",
    "drop table providers_historicalperson",
    "alter table providers_person add column hidden int",
    "create table shadow (id int)",
    "create temporary table providers_person (id int)",
    "create rule hidden as on update to providers_person do instead nothing",
    "create trigger swallow before insert on providers_historicalperson for each row"
    " execute function audit_append_only()",
    "set session_replication_role = replica",
    "delete from django_migrations",
]


class Installation:
    def __init__(self, url: str, app: str, owner: str) -> None:
        self.server, self.app_role, self.owner_role = url, app, owner
        where = url.split("@", 1)[1]
        self.app, self.owner = f"postgres://{app}@{where}", f"postgres://{owner}@{where}"

    def python(self, *arguments: str, url: str, owner: str = "") -> subprocess.CompletedProcess:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.moving.settings",
            "QA_FAULT": "none",
            "DATABASE_URL": url,
            "MIGRATE_DATABASE_URL": owner,
        }
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def installation(django_db_setup, django_db_blocker):
    """A database of a superuser's, as installations were before, and then the two roles."""
    some = uuid.uuid4().hex[:8]
    with django_db_blocker.unblock(), contextlib.ExitStack() as ends:
        server = url_of(connection)
        maintenance = ends.enter_context(psycopg.connect(server, autocommit=True))
        maintenance.execute(f"create database qa_roles_{some}")
        made = Installation(
            server.rsplit("/", 1)[0] + f"/qa_roles_{some}", f"qa_app_{some}", f"qa_owner_{some}"
        )

        def end():
            maintenance.execute(f"drop database qa_roles_{some} with (force)")
            for role in (made.app_role, made.owner_role):
                maintenance.execute(f"drop role if exists {role}")

        ends.callback(end)
        first = made.python("manage.py", "migrate", "--run-syncdb", "--verbosity=0", url=made.server)
        assert first.returncode == 0, first.stderr
        before = made.python("manage.py", "check", "--deploy", url=made.server)
        assert "audit.W006" in before.stderr  # the control: a role that may do everything is told
        roles = ("--app", made.app_role, "--owner", made.owner_role)
        applied = made.python("manage.py", "database_roles", *roles, "--apply", url=made.server)
        assert applied.returncode == 0, applied.stderr
        yield made


def test_portal_does_its_work_as_a_role_that_owns_nothing(installation, tmp_path):
    path = tmp_path / "provider_at_march_2024.csv"
    path.write_bytes(register(row(), row(urn="2590934")))
    done = installation.python("-W", "ignore", "-c", WORK % str(path), url=installation.app)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "visit " in done.stdout
    assert "audit.W006" not in done.stderr


@pytest.mark.parametrize("statement", WAYS_ROUND)
def test_way_round_the_audit_is_refused_by_the_database(installation, statement):
    with psycopg.connect(installation.app) as portal, pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute(statement)


@pytest.mark.parametrize("statement", WAYS_ROUND[:2])
def test_control_owner_may(installation, statement):
    with psycopg.connect(installation.owner) as owner:
        owner.execute(statement.replace("trigger all", "trigger user"))
        owner.rollback()


def test_owner_migrates_and_the_portal_reads_what_is_new(installation):
    refused = installation.python("manage.py", "migrate", "moving", "0001", url=installation.app)
    assert refused.returncode == 1
    assert "may not change tables. Set MIGRATE_DATABASE_URL" in refused.stderr
    for target in ("zero", "0003"):
        moved = installation.python(
            "manage.py", "migrate", "moving", target, url=installation.app, owner=installation.owner
        )
        assert moved.returncode == 0, moved.stderr
    with psycopg.connect(installation.app) as portal:
        portal.execute("insert into moving_crate (size, colour, weight) values (1, '', 1)")
        portal.execute("select * from moving_crate")
    checked = installation.python("manage.py", "check", "--deploy", url=installation.app)
    assert "audit." not in checked.stderr


def test_command_prints_its_sql_and_changes_nothing(installation):
    printed = installation.python(
        "manage.py", "database_roles", "--app", "qa_x", "--owner", "qa_y", url=installation.server
    )
    assert printed.stdout.startswith("BEGIN;\n")
    assert 'GRANT SELECT, INSERT ON TABLE "providers_historicalperson" TO "qa_x"' in printed.stdout
    with psycopg.connect(installation.server) as server:
        assert server.execute("select 1 from pg_roles where rolname = 'qa_x'").fetchone() is None


@pytest.mark.parametrize(("app", "owner"), [("Robert'); drop", "qa_owner"), ("qa", "qa")])
def test_command_refuses_names_that_are_none(installation, app, owner):
    refused = installation.python(
        "manage.py", "database_roles", "--app", app, "--owner", owner, url=installation.server
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: ")


def test_superuser_that_looks_after_the_server_is_not_taken_for_the_owner(installation):
    with psycopg.connect(installation.server) as server:
        [first] = server.execute("select rolname from pg_roles where oid = 10").fetchone()
    refused = installation.python("manage.py", "database_roles", "--owner", first, url=installation.server)
    assert refused.returncode == 1
    assert f"{first} is the superuser that looks after this server" in refused.stderr
