"""The guard around migrations, the check of live rows, and the commands that must refuse."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from qa_portal.core.audit import guard
from qa_portal.core.audit.verify import HistoryDiffers, check_live_rows
from tests.lossy.models import Home, KeptHome


@pytest.mark.django_db
def test_migrate_fails_when_a_live_row_has_no_equal_history():
    Home.objects.create(name="a")
    bad = Home.objects.create(name="b")
    check_live_rows(connection)
    guard.unlock(connection)
    Home.objects.filter(pk=bad.pk).update(beds=9)
    with pytest.raises(HistoryDiffers, match=rf"lossy_home: 1 row\(s\), first {bad.pk}\."):
        call_command("migrate", verbosity=0)
    guard.unlock(connection)
    Home.objects.filter(pk=bad.pk).update(beds=1)
    check_live_rows(connection)


@pytest.mark.django_db
def test_row_that_vanished_without_history_is_named():
    row = Home.objects.create(name="a")
    guard.unlock(connection)
    Home.objects.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises(HistoryDiffers, match=f"first {row.pk}"):
        check_live_rows(connection)


@pytest.mark.django_db(transaction=True)
def test_schema_change_of_a_guarded_table_goes_through_and_is_guarded_again(commits):
    """SQLite remakes the table, PostgreSQL keeps the old column list: migrate unlocks and installs."""
    KeptHome.objects.create(name="Beck House")
    field = models.IntegerField(null=True)
    field.set_attributes_from_name("staff")
    guard.unlock(connection)
    with connection.schema_editor() as editor:
        editor.add_field(KeptHome, field)
        editor.add_field(KeptHome.history.model, field)
    guard.install(connection)
    assert guard.faults(connection) == []
    guard.unlock(connection)
    with connection.schema_editor() as editor:
        editor.remove_field(KeptHome, field)
        editor.remove_field(KeptHome.history.model, field)
    guard.install(connection)


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history"])
def test_command_that_would_delete_history_refuses(command):
    with pytest.raises(CommandError, match="Refuses: history is kept"):
        call_command(command)


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history"])
def test_command_refuses_with_the_package_s_own_options_too(command, capsys):
    from django.core.management import execute_from_command_line

    with pytest.raises(SystemExit):
        execute_from_command_line(["manage.py", command, "--auto", "--days", "0"])
    assert "history is kept" in capsys.readouterr().err
