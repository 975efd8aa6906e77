"""A guard that lacks a part, or has another than it should, is found by whoever asks; then nothing is written."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from qa_portal.core import due, stops
from qa_portal.core.audit import checks, guard
from qa_portal.core.audit.bulk import audited_save
from qa_portal.core.audit.tables import append_only_tables, tracked_tables
from qa_portal.core.stops import WritesStopped
from qa_portal.portal.health import readiness
from qa_portal.portal.health.selectors import checks as health
from tests.lossy.models import KeptHome, Receipt

pytestmark = pytest.mark.django_db
WATCH = '"audit_lossy_kepthome_watch"'
FAULTS = {
    "postgresql": {
        "dropped": f"drop trigger {WATCH} on lossy_kepthome",
        "disabled": f"alter table lossy_kepthome disable trigger {WATCH}",
        "not for replicas": f"alter table lossy_kepthome enable trigger {WATCH}",
        "emptied": "create or replace function audit_lossy_kepthome() returns trigger language plpgsql"
        " set search_path=pg_catalog, pg_temp as 'begin return null; end'",
        "path changed": "alter function audit_lossy_kepthome() reset search_path",
        "another function": f"drop trigger {WATCH} on lossy_kepthome; create function harmless() returns trigger"
        " language plpgsql as 'begin return null; end'; create constraint trigger"
        f" {WATCH} after insert or update or delete on lossy_kepthome deferrable initially deferred for each row"
        f" execute function harmless(); alter table lossy_kepthome enable always trigger {WATCH}",
        "only for inserts": f"drop trigger {WATCH} on lossy_kepthome; create constraint trigger {WATCH} after insert"
        " on lossy_kepthome deferrable initially deferred for each row execute function audit_lossy_kepthome();"
        f" alter table lossy_kepthome enable always trigger {WATCH}",
        "with a condition": f"drop trigger {WATCH} on lossy_kepthome; create constraint trigger {WATCH} after insert"
        " or update or delete on lossy_kepthome deferrable initially deferred for each row when (1 = 2)"
        f" execute function audit_lossy_kepthome(); alter table lossy_kepthome enable always trigger {WATCH}",
        "not deferred": f"drop trigger {WATCH} on lossy_kepthome; create constraint trigger {WATCH} after insert"
        " or update or delete on lossy_kepthome not deferrable for each row"
        f" execute function audit_lossy_kepthome(); alter table lossy_kepthome enable always trigger {WATCH}",
        "a stranger's trigger": "create function swallow() returns trigger language plpgsql as 'begin return null; end';"
        " create trigger aaa before insert on lossy_historicalkepthome for each row execute function swallow()",
        "a rule": "create rule hidden as on update to lossy_kepthome do instead nothing",
        "row security": "alter table lossy_historicalkepthome enable row level security",
    },
    "sqlite": {
        "dropped": 'drop trigger "audit_lossy_kepthome_update"',
        "emptied": 'drop trigger "audit_lossy_kepthome_update";; create trigger "audit_lossy_kepthome_update"'
        " after update on lossy_kepthome begin select 1; end",
        "settles everything": 'drop trigger "audit_lossy_kepthome_waiting_settled"',
        "a stranger's trigger": "create trigger aaa after insert on lossy_kepthome begin select 1; end",
        "list without its key": 'drop table "audit_lossy_kepthome_waiting";; create table'
        ' "audit_lossy_kepthome_waiting"(pk primary key, must integer)',
    },
}[connection.vendor]
ORDERLY = "dropped"


def harm(kind: str) -> None:
    with connection.cursor() as cursor:
        for statement in FAULTS[kind].split(";; "):
            cursor.execute(statement)


def test_whole_guard_has_no_fault_and_watches_every_table():
    assert guard.faults(connection) == []
    wanted = {name for table in tracked_tables(connection) for name in (table.base, table.history)}
    wanted |= {table.name for table in append_only_tables(connection)}
    assert {"providers_membership", "core_accessevent", "lossy_home"} <= wanted
    guard.unlock(connection)
    told = " ".join(guard.faults(connection))
    assert [name for name in sorted(wanted) if name not in told] == []


def test_no_name_is_longer_than_postgresql_keeps():
    assert [one.name for one in guard._objects(connection) if len(one.name) > 63] == []


@pytest.mark.parametrize("kind", FAULTS)
def test_each_kind_of_harm_is_found_and_mended_by_install(kind):
    harm(kind)
    [fault, *_] = guard.faults(connection)
    assert "lossy_" in fault
    if "stranger" in kind or kind in {"a rule", "row security"}:
        return  # not ours to take away: migrate refuses until somebody has
    guard.install(connection)
    assert guard.faults(connection) == []


def test_migrate_refuses_a_stranger_s_trigger_in_words():
    harm("a stranger's trigger")
    with pytest.raises(CommandError, match=r"aaa on lossy_\w+ is not of the guard: drop it"):
        call_command("migrate", verbosity=0)


def test_migrate_without_anything_to_do_mends_a_guard_that_is_not_whole():
    harm(ORDERLY)
    call_command("migrate", verbosity=0)
    assert guard.faults(connection) == []


def test_guard_of_a_demo_is_a_fault_where_history_is_held_to_the_clock():
    with override_settings(HISTORY_MAY_BE_RETOLD=False):
        assert any("written" in fault for fault in guard.faults(connection))


@pytest.fixture
def harmed(stopped_as_in_the_product):
    harm(ORDERLY)
    stops.forget()


def test_check_finds_it_with_and_without_deploy_and_without_naming_the_database(harmed):
    for options in ({}, {"deploy": True}, {"databases": ["default"]}):
        with pytest.raises(Exception, match=r"audit\.E005"):
            call_command("check", **options)
    assert {fault.id for fault in checks.guard_is_whole(databases=["default"])} == {"audit.E005"}
    guard.install(connection)
    call_command("check")


def test_check_passes_where_no_database_answers(monkeypatch):
    monkeypatch.setattr("qa_portal.core.management.commands.check.answers", lambda alias: False)
    harm(ORDERLY)
    call_command("check")


def test_readiness_says_that_it_is_partly_off(harmed, monkeypatch):
    assert readiness.audit_guard() == "partly off"
    guard.install(connection)
    assert readiness.audit_guard() is None


def test_administrator_reads_what_remedy_for(harmed, monkeypatch):
    finding = readiness.HealthFinding("guard", "partly off")
    monkeypatch.setattr("qa_portal.portal.health.selectors.run_checks", lambda: [finding])
    [told] = [check for check in health() if check.name == "Audit guard"]
    assert (told.ok, told.words) == (False, "Partly off")
    assert "manage.py check --database default" in told.to_do


def test_due_work_does_nothing(harmed):
    with pytest.raises(WritesStopped, match="audit guard is not whole"):
        due.run_due()


def test_process_starts_and_says_so(harmed, caplog):
    stops.look_at_start()
    assert "nothing is written: The audit guard is not whole" in caplog.text


WRITES = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "audited_create": lambda row: KeptHome.objects.audited_create([KeptHome(name="x")]),
    "audited_update": lambda row: KeptHome.objects.filter(pk=row.pk).audited_update(beds=4),
    "audited_save": lambda row: audited_save([row], ["beds"]),
    "append": lambda row: Receipt.objects.create(text="given"),
    "append many": lambda row: Receipt.objects.bulk_create([Receipt(text="given")]),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_without_a_whole_guard(write, stopped_as_in_the_product):
    row = KeptHome.objects.create(name="Beck House")
    connection.check_constraints()
    harm(ORDERLY)
    stops.look()
    with pytest.raises(WritesStopped, match=r"is missing\. Run manage.py check"), transaction.atomic():
        WRITES[write](row)
    guard.install(connection)
    stops.forget()
    WRITES[write](row)  # the control


def test_verdict_is_remembered_so_that_a_save_costs_no_statement_more(
    stopped_as_in_the_product, django_assert_num_queries
):
    row = KeptHome.objects.create(name="Beck House")
    stops.look()
    with transaction.atomic(), django_assert_num_queries(2):
        row.save()


def test_only_migrate_goes_past_what_stops_the_writing():
    """`stops.mending` is a door: whoever else opens it is named here first."""
    from pathlib import Path

    from django.conf import settings

    root = Path(settings.BASE_DIR)
    using = {
        str(path.relative_to(root))
        for folder in ("qa_portal", "providers", "inspections", "workflows")
        for path in (root / folder).rglob("*.py")
        if "stops.mending" in path.read_text() or "import mending" in path.read_text()
    }
    assert using == {"qa_portal/core/management/commands/migrate.py"}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL compares at the commit and keeps no list"
)
@pytest.mark.django_db
def test_waiting_row_is_found_by_its_key_however_many_wait():
    """A list that is searched from its beginning for every row made an import cost the square of its rows."""
    for table in tracked_tables(connection):
        with connection.cursor() as cursor:
            cursor.execute(
                f'explain query plan select 1 from "{table.base}" b where not exists'
                f' (select 1 from "audit_{table.base}_waiting" where "pk" = b."{table.key}")'
            )
            plans = [row[3] for row in cursor.fetchall() if "waiting" in row[3]]
        assert plans and all(plan.startswith("SEARCH") for plan in plans), plans
