"""Database and storage know each other: nothing that goes wrong between them looks like a restore that was none."""

import datetime as dt
import uuid

import pytest
from django.core.files.storage import InMemoryStorage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_portal.core.installation import (
    Contents,
    Installation,
    Marker,
    OwnershipState,
    begin_restored,
    count_pass,
    end_restored,
    mark_as_ours,
    markers,
    ownership_of,
    storage_ownership,
    this_installation,
)
from qa_portal.core.installation.markers import KEPT, forget_older, parsed, write
from qa_portal.core.rules import Refused

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)


class Away(InMemoryStorage):
    """Answers until it is switched off."""

    off = False

    def listdir(self, path):
        if self.off:
            raise OSError("not mounted")
        return super().listdir(path)

    def _save(self, name, content):
        if self.off:
            raise OSError("not mounted")
        return super()._save(name, content)


@pytest.fixture(autouse=True)
def _nothing_seen():
    storage_ownership._seen.clear()


@pytest.fixture
def storage() -> Away:
    return Away()


@pytest.fixture
def ours(storage) -> Away:
    mark_as_ours(storage, kind="tests")
    return storage


def look(storage, files: int = 0, known: int = 0):
    return ownership_of(storage, lambda: Contents(files, known))


def a_pass(storage, capture) -> None:
    with capture(execute=True):
        count_pass(storage, kind="tests", ownership=look(storage))


@pytest.mark.parametrize(
    ("files", "known", "state"),
    [
        (0, 0, OwnershipState.FREE),
        (57, 57, OwnershipState.FREE),
        (57, 52, OwnershipState.FREE),
        (57, 51, OwnershipState.UNKNOWN),
        (57, 0, OwnershipState.UNKNOWN),
        (1, 0, OwnershipState.UNKNOWN),
    ],
)
def test_unmarked_storage_is_free_when_nine_in_ten_of_its_files_are_known(storage, files, known, state):
    found = look(storage, files, known)
    assert found.state == state
    assert bool(found.stops) is (state == OwnershipState.UNKNOWN)


def test_marked_storage_is_ours_without_counting_its_files(ours):
    def never():
        raise AssertionError("asked")

    assert ownership_of(ours, never).state == OwnershipState.OURS


def test_storage_of_another_installation_is_refused_naming_both(storage):
    other = Marker(7, uuid.uuid4(), "production", NOON)
    write(storage, other)
    row = this_installation()
    told = look(storage).stops
    assert f"production, {other.identity.hex[:8]}" in told
    assert row.identity.hex[:8] in told
    assert "adopt_storage" in told


def test_storage_that_two_installations_mark_is_refused(ours):
    write(ours, Marker(7, uuid.uuid4(), "local", NOON))
    assert look(ours).state == OwnershipState.FOREIGN


def test_disk_that_is_not_mounted_looks_empty_and_is_refused(ours):
    assert look(InMemoryStorage()).state == OwnershipState.LOST
    assert "is mounted" in look(InMemoryStorage()).stops


def test_passes_are_counted_in_both_and_a_few_marks_are_kept(ours, django_capture_on_commit_callbacks):
    for _ in range(KEPT + 3):
        a_pass(ours, django_capture_on_commit_callbacks)
    assert [one.number for one in markers(ours)] == [4, 5, 6]
    assert Installation.objects.get().passes == 6
    assert look(ours).state == OwnershipState.OURS


def test_older_database_is_restored_until_somebody_ends_it(ours, django_capture_on_commit_callbacks):
    a_pass(ours, django_capture_on_commit_callbacks)
    Installation.objects.update(passes=0, stored=0)
    found = look(ours)
    assert found.state == OwnershipState.RESTORED
    assert "is at pass 0" in found.stops
    assert "end_restored_state" in found.stops
    with pytest.raises(Refused, match="--by and --reason"):
        end_restored(ours, by=" ", reason="Looked")
    end_restored(ours, by="Helen", reason="Looked")
    assert look(ours).state == OwnershipState.OURS
    row = Installation.objects.get()
    assert (row.passes, row.restored_ended_by, row.restored_ended_reason) == (2, "Helen", "Looked")


def test_copies_of_one_moment_are_told_to_be_restored_by_the_operator(ours):
    begin_restored(ours, kind="tests")
    assert look(ours).state == OwnershipState.RESTORED


def test_older_storage_is_told_and_stops_nothing(ours, django_capture_on_commit_callbacks):
    for _ in range(9):
        a_pass(ours, django_capture_on_commit_callbacks)
    older = Away()
    write(older, Marker(3, Installation.objects.get().identity, "tests", NOON))
    found = look(older)
    assert (found.state, found.is_storage_older, found.stops) == (OwnershipState.OURS, True, None)
    a_pass(older, django_capture_on_commit_callbacks)
    assert Installation.objects.get().storage_older_at
    end_restored(older, by="Helen", reason="Looked")
    assert Installation.objects.get().storage_older_at is None


def test_storage_that_is_away_costs_a_mark_and_not_the_pass(ours, django_capture_on_commit_callbacks, caplog):
    found = look(ours)
    ours.off = True
    with django_capture_on_commit_callbacks(execute=True):
        count_pass(ours, kind="tests", ownership=found)
    assert "pass 1 is not marked" in caplog.text
    ours.off = False
    assert (look(ours).state, look(ours).is_storage_older) == (OwnershipState.OURS, False)


def test_storage_that_is_away_is_judged_by_what_this_process_has_read(
    ours, django_capture_on_commit_callbacks
):
    a_pass(ours, django_capture_on_commit_callbacks)
    look(ours)
    ours.off = True
    assert look(ours).newest
    assert look(ours).stops is None
    Installation.objects.update(passes=0, stored=0)
    assert look(ours).state == OwnershipState.RESTORED
    storage_ownership._seen.clear()
    assert (look(ours).state, look(ours).newest) == (OwnershipState.UNREADABLE, None)


def test_clock_that_is_set_back_changes_no_order():
    one = uuid.uuid4()
    assert Marker(2, one, "tests", NOON - dt.timedelta(days=400)) > Marker(1, one, "tests", NOON)


@pytest.mark.parametrize("name", [".part-x8d7", "notes.txt", "a-b-1-2"])
def test_file_that_is_no_mark_is_passed_over(ours, name):
    from django.core.files.base import ContentFile

    ours.save(f"installation/{name}", ContentFile(b""))
    assert parsed(name) is None
    assert look(ours).state == OwnershipState.OURS


def test_mark_is_read_as_it_was_written():
    marker = Marker(12, uuid.uuid4(), "production", NOON)
    assert parsed(marker.name.removeprefix("installation/")) == marker


STEPS = st.lists(st.tuples(st.sampled_from("cwka-"), st.integers(0, 3)), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_order_of_workers_kills_and_outages_looks_like_a_restore(steps):
    """c: a worker counts its pass; w: one of those counted is marked; k: its worker is killed; a: the storage
    goes away or comes back. Workers are as many as have counted and not marked, and mark in any order."""
    storage, waiting = fresh()
    for step, which in steps:
        if step == "a":
            storage.off = not storage.off
        elif step == "c":
            Installation.objects.update(passes=Installation.objects.get().passes + 1)
            waiting.append((Installation.objects.get().passes, list(look(storage).found)))
        elif waiting and step in "wk":
            number, seen = waiting.pop(which % len(waiting))
            if step == "w" and not storage.off:
                marker = Marker(number, Installation.objects.get().identity, "tests", NOON)
                write(storage, marker)
                forget_older(storage, seen, marker)
        found = look(storage)
        if found.state == OwnershipState.OURS:
            assert not found.is_storage_older
            Installation.objects.update(stored=max(Installation.objects.get().stored, found.newest.number))
        assert found.state in {OwnershipState.OURS, OwnershipState.UNREADABLE}


def fresh() -> tuple[Away, list]:
    storage_ownership._seen.clear()
    Installation.objects.all().delete()
    storage = Away()
    mark_as_ours(storage, kind="tests")
    return storage, []


def test_control_marking_before_counting_does_look_like_a_restore():
    storage, _ = fresh()
    write(storage, Marker(1, Installation.objects.get().identity, "tests", NOON))
    assert look(storage).state == OwnershipState.RESTORED
