"""What our base model refuses in Python, before the database has to."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from simple_history.signals import pre_create_historical_record

from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.audit.models import StaleObject, UnauditedWrite
from tests.lossy.models import KeptHome, KeptRegion, Receipt

pytestmark = pytest.mark.django_db


def kept(name="Beck House", **values) -> KeptHome:
    return KeptHome.objects.create(name=name, **values)


REFUSED = {
    "update": lambda row: KeptHome.objects.filter(pk=row.pk).update(beds=2),
    "bulk_create": lambda row: KeptHome.objects.bulk_create([KeptHome(name="x")]),
    "bulk_update": lambda row: KeptHome.objects.bulk_update([row], ["beds"]),
    "_raw_delete": lambda row: KeptHome.objects.filter(pk=row.pk)._raw_delete("default"),
    "related add": lambda row: KeptRegion.objects.create(name="Eden").homes.add(row),
    "related set": lambda row: KeptRegion.objects.create(name="Eden").homes.set([row]),
    "related update": lambda row: KeptRegion.objects.create(name="Eden").homes.update(beds=2),
}


@pytest.mark.parametrize("call", REFUSED)
def test_call_that_writes_no_history_is_refused(call):
    row = kept()
    with pytest.raises(UnauditedWrite), transaction.atomic():
        REFUSED[call](row)


def test_partial_save_writes_and_records_the_whole_row():
    row = kept()
    row.beds, row.grade = 7, "poor"
    row.save(update_fields=["beds"])
    assert (row.history.first().beds, row.history.first().grade) == (7, "poor")
    assert KeptHome.objects.get(pk=row.pk).grade == "poor"


def test_second_writer_of_a_stale_row_is_told():
    key = kept().pk
    first, second = KeptHome.objects.get(pk=key), KeptHome.objects.get(pk=key)
    first.beds = 7
    first.save()
    second.beds = 3
    with (
        pytest.raises(StaleObject, match="was changed by somebody else while you had it open"),
        transaction.atomic(),
    ):
        second.save()
    assert KeptHome.objects.get(pk=key).beds == 7
    assert second.row_version == 1


def test_last_history_row_of_a_deleted_record_holds_what_was_stored():
    row = kept()
    stale = KeptHome.objects.get(pk=row.pk)
    row.beds = 9
    row.save()
    key = row.pk
    stale.delete()
    newest = KeptHome.history.filter(id=key).first()
    assert (newest.history_type, newest.beds) == ("-", 9)


def test_reason_of_one_save_does_not_stick_to_the_next():
    row = kept()
    row._change_reason = "first"
    row.beds = 2
    row.save()
    row.beds = 3
    row.save()
    assert [entry.history_change_reason for entry in row.history.all()] == [None, "first", None]


def test_history_names_who_for_whom_in_which_step_and_why():
    actor = Actor(user_id=1, person_id=2, organisation_id=3, role="contract_officer", process_id=4, task_id=5)
    with audit_as(actor, reason="Visit of 3 May"):
        row = kept()
    entry = row.history.get()
    assert (entry.history_user_id, entry.history_person_id, entry.history_organisation_id) == (1, 2, 3)
    assert (entry.history_role, entry.history_process_id, entry.history_task_id) == ("contract_officer", 4, 5)
    assert (entry.history_change_reason, entry.history_request_id) == ("Visit of 3 May", actor.request_id)


def test_bulk_writes_of_ours_are_recorded_like_saves():
    with audit_as(Actor(user_id=1, person_id=2, role="contract_officer"), reason="Import"):
        rows = KeptHome.objects.audited_create([KeptHome(name=name) for name in ("a", "b")])
        assert KeptHome.objects.filter(name="a").audited_update(beds=6) == 1
    connection.check_constraints()
    assert [entry.history_type for entry in rows[0].history.all()] == ["~", "+"]
    assert {e.history_change_reason for e in KeptHome.history.all()} == {"Import"}
    assert {e.history_person_id for e in KeptHome.history.all()} == {2}


def test_as_of_shows_one_row_when_two_changes_share_a_moment():
    row = kept(beds=5)
    moment = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    newest = row.history.first()
    for beds in (4, 5):
        newest.pk, newest.history_date, newest.beds = None, moment, beds
        newest._state.adding = True
        newest.save()
    seen = KeptHome.history.as_of(moment + dt.timedelta(seconds=1))
    assert [home.beds for home in seen] == [5]


def test_failed_history_row_takes_the_change_back(commits):
    """simple-history writes after the row is committed; here both stand in one transaction."""
    row = kept()

    def fail(**_):
        raise RuntimeError("the disk is full")

    pre_create_historical_record.connect(fail)
    try:
        row.beds = 66
        with pytest.raises(RuntimeError):
            row.save()
    finally:
        pre_create_historical_record.disconnect(fail)
    assert KeptHome.objects.get(pk=row.pk).beds == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update lossy_kepthome set beds = 9",
        "delete from lossy_kepthome",
        "insert into lossy_kepthome(name, beds, grade, row_version) values ('x', 1, 'good', 1)",
    ],
)
def test_hand_written_sql_cannot_really_commit(statement, commits):
    row = kept()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(KeptHome.objects.values_list("pk", "beds")) == [(row.pk, 1)]


@pytest.mark.parametrize("change", ["save", "delete"])
def test_append_only_row_is_refused_in_python(change):
    receipt = Receipt.objects.create(text="given")
    with pytest.raises(UnauditedWrite):
        getattr(receipt, change)()
    with pytest.raises(UnauditedWrite):
        Receipt.objects.all().delete()
    with pytest.raises(UnauditedWrite):
        Receipt.objects.update(text="forged")


@pytest.mark.parametrize(
    "statement", ["update lossy_receipt set text = 'forged'", "delete from lossy_receipt"]
)
def test_append_only_row_is_refused_by_the_database(statement):
    Receipt.objects.create(text="given")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
