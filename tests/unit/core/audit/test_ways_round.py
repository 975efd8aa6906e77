"""Ways round the audit in raw SQL: each is refused, and passes once the part that refuses it is taken away."""

import datetime as dt
import sqlite3
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from qa_portal.core.audit import guard
from qa_portal.core.audit.audit_context import Actor, audit_as
from tests.faults.site import url_of
from tests.lossy.models import KeptHome, Receipt

pytestmark = pytest.mark.django_db
OFFICER = Actor(user_id=1, person_id=2, organisation_id=3, role="contract_officer")
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="a way that PostgreSQL alone has")
sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a way that SQLite alone has")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(trigger: str, table: str) -> None:
    run(
        "set constraints all immediate", "set constraints all deferred"
    ) if connection.vendor == "postgresql" else None
    run(f'drop trigger "{trigger}"' + (f' on "{table}"' if connection.vendor == "postgresql" else ""))


@contextmanager
def strict(settings):
    """The guard as production has it: it holds history to the clock."""
    settings.HISTORY_MAY_BE_RETOLD = False
    guard.install(connection)
    yield
    settings.HISTORY_MAY_BE_RETOLD = True
    guard.install(connection)


@pytest.fixture
def to_the_clock(settings, db):
    with strict(settings):
        yield


def change_with_history(
    row: KeptHome, *, person: str = "null", role: str = "system", moment: str | None = None
) -> None:
    """Raw SQL that changes a row and adds the equal history row that the comparison asks for."""
    columns = "name, beds, grade, opened_on, region_id, row_version"
    moment = moment or timezone.now().strftime("%Y-%m-%d %H:%M:%S.%f") + (
        "+00" if connection.vendor == "postgresql" else ""
    )
    run(
        f"update lossy_kepthome set beds = 9 where id = {row.pk}",
        f"insert into lossy_historicalkepthome (id, {columns}, history_date, history_type, history_person_id,"
        f" history_role) select id, {columns}, '{moment}', '~', {person}, '{role}' from lossy_kepthome where id = {row.pk}",
    )


def announced(actor: Actor) -> None:
    if connection.vendor == "postgresql":
        run(f"select set_config('qa.author', '{'|'.join(actor.author())}', true)")


def test_change_with_an_invented_author_is_refused(commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")
    with audit_as(OFFICER):
        announced(OFFICER)
        assert commit_would_fail(lambda: change_with_history(row, person="77", role="director"))


def test_control_invented_author_passes_without_that_trigger(commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")
    drop("audit_lossy_historicalkepthome_written", "lossy_historicalkepthome")
    assert not commit_would_fail(lambda: change_with_history(row, person="77", role="director"))


@postgresql
def test_change_that_announces_no_author_is_refused(commits):
    row = KeptHome.objects.create(name="Beck House")
    with pytest.raises(IntegrityError, match="another author than was announced"), transaction.atomic():
        change_with_history(row)
    assert KeptHome.objects.get(pk=row.pk).beds == 1


@pytest.mark.parametrize("days", [-400, 400])
def test_change_with_an_invented_moment_is_refused(days, to_the_clock, commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")
    announced(Actor(role="system"))
    told = f"{timezone.now() + dt.timedelta(days=days):%Y-%m-%d %H:%M:%S+00}"
    told = told if connection.vendor == "postgresql" else told.removesuffix("+00")
    assert commit_would_fail(lambda: change_with_history(row, moment=told))
    assert not commit_would_fail(lambda: change_with_history(row))


def test_control_invented_moment_passes_where_history_may_be_retold(commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")
    announced(Actor(role="system"))
    assert not commit_would_fail(lambda: change_with_history(row, moment="2020-01-01 00:00:00"))


def test_append_only_row_of_an_invented_author_is_refused(to_the_clock, commit_would_fail):
    with audit_as(OFFICER):
        announced(OFFICER)
        assert commit_would_fail(lambda: look_of(99))
        assert not commit_would_fail(lambda: look_of(2))


def look_of(person: int) -> None:
    moment = timezone.now().strftime("%Y-%m-%d %H:%M:%S.%f")
    moment += "+00" if connection.vendor == "postgresql" else ""
    run(
        "insert into core_accessevent (at, user_id, person_id, organisation_id, role, purpose, item, item_id)"
        f" values ('{moment}', 1, {person}, 3, 'contract_officer', 'viewed', 'document', '1')"
    )


def test_ordinary_writes_pass_when_history_is_held_to_the_clock(to_the_clock, commit_would_fail):
    def write():
        with audit_as(OFFICER):
            row = KeptHome.objects.create(name="Beck House")
            row.beds = 3
            row.save()
            KeptHome.objects.audited_create([KeptHome(name="a"), KeptHome(name="b")])
            KeptHome.objects.filter(name="a").audited_update(beds=6)
            row.delete()
            Receipt.objects.create(text="given")

    assert not commit_would_fail(write)


@postgresql
def test_truncating_a_live_table_is_refused():
    KeptHome.objects.create(name="Beck House")
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="cannot be emptied"), transaction.atomic():
        run("truncate lossy_kepthome cascade")
    drop("audit_lossy_kepthome_no_truncate", "lossy_kepthome")
    run("truncate lossy_kepthome cascade")  # the control
    assert not KeptHome.objects.exists()


@postgresql
def test_temporary_table_of_the_same_name_is_not_taken_for_the_history(commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")

    def shadow():
        run(
            f"update lossy_kepthome set beds = 9 where id = {row.pk}",
            "create temporary table lossy_historicalkepthome on commit drop as"
            " select *, 1 as history_id, '~' as history_type from lossy_kepthome",
        )

    assert commit_would_fail(shadow)


@postgresql
def test_session_that_says_it_is_a_replica_is_refused_too(commit_would_fail):
    row = KeptHome.objects.create(name="Beck House")
    change = f"update lossy_kepthome set beds = 9 where id = {row.pk}"
    replica = "set local session_replication_role = replica"
    assert commit_would_fail(lambda: run(replica, change))
    connection.check_constraints()
    run(
        'alter table lossy_kepthome enable trigger "audit_lossy_kepthome_watch"'
    )  # the control: as it was before
    assert not commit_would_fail(lambda: run(replica, change))


@sqlite
@pytest.mark.parametrize("key", ["(select max(history_id) from lossy_historicalkepthome)"])
def test_replacing_a_history_row_is_refused(key, commits):
    KeptHome.objects.create(name="Beck House")
    replace = "insert or replace into lossy_historicalkepthome select history_id, id, name, 99, grade, opened_on, region_id"
    columns = "history_id, id, name, beds, grade, opened_on, region_id, row_version, history_date, history_type, history_role"
    replace = (
        f"insert or replace into lossy_historicalkepthome ({columns})"
        f" select {columns.replace('beds', '99')} from lossy_historicalkepthome"
    )
    with pytest.raises(IntegrityError, match="append-only"):
        run(replace)
    run("pragma recursive_triggers = off")
    with pytest.raises(IntegrityError, match="switched off"):
        run(replace)
    drop("audit_lossy_historicalkepthome_written", "")
    run(replace)  # the control: with neither, the row is replaced and no trigger heard it
    assert KeptHome.history.get().beds == 99
    run("pragma recursive_triggers = on")


@sqlite
def test_replacing_an_append_only_row_is_refused(commits):
    key = Receipt.objects.create(text="given").pk
    replace = f"insert or replace into lossy_receipt (id, text) values ({key}, 'forged')"
    with pytest.raises(IntegrityError, match="append-only"):
        run(replace)
    run("pragma recursive_triggers = off")
    drop("audit_lossy_receipt_written", "")
    run(replace)
    assert Receipt.objects.get().text == "forged"
    run("pragma recursive_triggers = on")


@sqlite
@pytest.mark.parametrize(
    "clear",
    [
        "delete from audit_lossy_kepthome_waiting",
        "update audit_lossy_kepthome_waiting set must = 2",
        "insert into audit_never values (1)",
        "insert or replace into audit_lossy_kepthome_waiting select pk, 1 from audit_lossy_kepthome_waiting",
    ],
)
def test_clearing_the_list_of_waiting_rows_is_passed_over_or_refused(clear, commits):
    row = KeptHome.objects.create(name="Beck House")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"update lossy_kepthome set beds = 9 where id = {row.pk}", clear)
    assert KeptHome.objects.get(pk=row.pk).beds == 1


@sqlite
def test_control_cleared_list_commits_without_its_own_trigger(commits):
    row = KeptHome.objects.create(name="Beck House")
    drop("audit_lossy_kepthome_waiting_settled", "")
    with transaction.atomic():
        run(
            f"update lossy_kepthome set beds = 9 where id = {row.pk}",
            "delete from audit_lossy_kepthome_waiting",
        )
    assert KeptHome.objects.get(pk=row.pk).beds == 9


@sqlite
@pytest.mark.parametrize("switch", ["foreign_keys = off", "recursive_triggers = off"])
def test_connection_with_a_switch_off_writes_nothing(switch, commits):
    row = KeptHome.objects.create(name="Beck House")
    run(f"pragma {switch}")
    try:
        with pytest.raises(IntegrityError, match="switched off"):
            run(f"update lossy_kepthome set beds = 9 where id = {row.pk}")
        assert any("switched off" in fault for fault in guard.faults(connection))
        for name in ("audit_lossy_kepthome_update",):
            drop(name, "")
        run(f"update lossy_kepthome set beds = 9 where id = {row.pk}")  # the control
        assert KeptHome.objects.get(pk=row.pk).beds == 9
    finally:
        run(f"pragma {switch.replace('off', 'on')}")


@sqlite
@pytest.mark.parametrize(
    "pragma", ["defer_foreign_keys = on", "ignore_check_constraints = on", "foreign_keys = off"]
)
def test_switches_inside_a_transaction_let_nothing_through(pragma, commits):
    row = KeptHome.objects.create(name="Beck House")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"pragma {pragma}", f"update lossy_kepthome set beds = 9 where id = {row.pk}")
    run("pragma ignore_check_constraints = off")


@sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "update lossy_kepthome set beds = 9",
        "delete from lossy_kepthome",
        "insert into lossy_receipt(text) values ('x')",
    ],
)
def test_another_program_writes_no_guarded_table(statement, commits):
    KeptHome.objects.create(name="Beck House")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        other.execute(statement)
    other.execute("pragma foreign_keys = off")
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        other.execute(statement)
    other.close()


@postgresql
def test_another_program_changes_nothing_without_its_history(commits):
    KeptHome.objects.create(name="Beck House")
    with (
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
        psycopg.connect(url_of(connection)) as other,
    ):
        other.execute("update lossy_kepthome set beds = 9")


def test_audited_save_costs_as_many_statements_as_before(django_assert_num_queries):
    row = KeptHome.objects.create(name="Beck House")
    row.beds = 3
    with transaction.atomic(), django_assert_num_queries(2):
        row.save()
    with django_assert_num_queries(1):
        Receipt.objects.create(text="given")


def test_author_is_announced_anew_after_a_savepoint_is_rolled_back(commit_would_fail):
    def write():
        with audit_as(OFFICER):
            row = KeptHome.objects.create(name="Beck House")
            with pytest.raises(DatabaseError), transaction.atomic(), audit_as(role="system"):
                KeptHome.objects.create(name="Tarn House")
                run("select nothing from nowhere")
            row.beds = 4
            row.save()

    assert not commit_would_fail(write)


def test_each_history_row_names_who_acted_when_it_was_written(commit_would_fail):
    def write():
        row = KeptHome.objects.create(name="Beck House")
        with audit_as(OFFICER):
            row.beds = 3
            row.save()
        with audit_as(role="other"):
            row.delete()

    assert not commit_would_fail(write)


def test_announcement_that_is_sent_on_its_own_is_heard_too(monkeypatch, commit_would_fail):
    """Cursors that bind on the server take one statement a message."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite asks the process")
    monkeypatch.setattr(connection.features, "uses_server_side_binding", True)
    with audit_as(OFFICER):
        assert not commit_would_fail(lambda: KeptHome.objects.create(name="Beck House"))
