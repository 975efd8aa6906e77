"""What no row speaks for is set aside after a day and never deleted; what one does, and what is young, stays."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError, call_command

from providers.documents import quarantine, sweeping
from providers.documents.file_limits import MOST_STRAYS
from providers.documents.quarantine import open_stored
from providers.documents.services import remove_contents
from providers.documents.storage import document_storage, move, name_for
from qa_portal.core.due import run_due
from qa_portal.core.installation import Installation
from qa_portal.portal.health import checks
from tests.factories.documents import a_document
from tests.factories.storage import adopt_now, age, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules", "_ours")]


@pytest.fixture
def _ours(db):
    adopt_now()


def stray(*, hours: float, name: str = "") -> Path:
    return stored(name or name_for(uuid.uuid4()), hours=hours)


def sweep() -> int:
    cache.clear()
    [done] = run_due(sweeping.NAME)
    assert not done.failed
    return done.done


def set_aside() -> list[str]:
    return [file.former for file in quarantine.all_quarantined()]


def test_old_files_without_a_row_are_set_aside_and_others_stay(world, caplog):
    kept = a_document(world.as_("provider_manager_x"))
    age(Path(document_storage().path(kept.stored_name)), 99)
    old, young = stray(hours=25), stray(hours=23)
    partial = stray(hours=25, name="documents/ab/.part-x8d7")
    foreign = stray(hours=25, name="documents/ab/notes.txt")
    assert sweep() == 3
    assert not (old.exists() or partial.exists() or foreign.exists())
    assert {"documents/ab/.part-x8d7", "documents/ab/notes.txt"} <= set(set_aside())
    assert len(set_aside()) == 3
    assert "has no row and was set aside" in caplog.text
    assert young.exists()
    assert document_storage().exists(kept.stored_name)
    assert sweep() == 0


def test_file_of_an_emptied_document_that_was_left_behind_is_deleted_for_its_row_says_so(world):
    """The portal was killed between the commit and the deletion."""
    document = a_document(world.as_("provider_manager_x"))
    content = open_stored(document.stored_name).read()
    remove_contents(by=world.as_("provider_manager_x"), document=document, reason="Wrong file")
    document_storage().delete(document.stored_name)
    left = stored(document.stored_name, content, hours=25)
    assert sweep() == 1
    assert not left.exists()
    assert set_aside() == []


def test_emptied_document_leaves_nothing_in_quarantine_either(world):
    document = a_document(world.as_("provider_manager_x"))
    quarantine.quarantine_file(document.stored_name)
    quarantine.delete_stored(document.stored_name)
    assert set_aside() == []
    with pytest.raises(FileNotFoundError):
        open_stored(document.stored_name)


def test_storage_is_looked_through_once_a_day(world):
    assert sweep() == 0
    stray(hours=25)
    assert run_due(sweeping.NAME)[0].done == 0
    assert sweep() == 1


def test_file_whose_row_came_meanwhile_stays(world):
    document = a_document(world.as_("provider_manager_x"))
    sweeping.settle(sweeping.StrayFile(document.stored_name))
    assert document_storage().exists(document.stored_name)


def test_file_that_is_gone_already_harms_nothing():
    sweeping.settle(sweeping.StrayFile(name_for(uuid.uuid4())))


def test_nothing_stored_yet_is_nothing_to_sweep():
    assert sweep() == 0


def strays_told():
    return next(one for one in checks() if one.name == "Stored files")


@pytest.mark.parametrize("many", [MOST_STRAYS, MOST_STRAYS + 1])
def test_too_many_strays_stop_the_sweep_and_are_told_with_what_to_do(many, caplog):
    for _ in range(many):
        stray(hours=25)
    if many == MOST_STRAYS:
        assert sweep() == many
        assert strays_told().ok
        return
    assert sweep() == 0
    assert set_aside() == []
    assert f"{many} of {many} stored files belong to no document" in caplog.text
    assert not strays_told().ok
    assert "quarantine strays" in strays_told().to_do


def test_person_who_has_looked_sets_strays_aside_however_many_they_are():
    for _ in range(MOST_STRAYS + 1):
        stray(hours=25)
    sweep()
    call_command("quarantine", "sweep", yes=True)
    assert len(set_aside()) == MOST_STRAYS + 1
    assert strays_told().ok


def test_document_whose_contents_were_set_aside_is_opened_from_there_and_brought_back(world):
    """Its row came with a newer backup."""
    document = a_document(world.as_("provider_manager_x"), text="Evidence")
    quarantine.quarantine_file(document.stored_name)
    assert not document_storage().exists(document.stored_name)
    client = world.client("provider_manager_x")
    answer = client.get(f"/documents/{document.public_id}/download/")
    assert b"".join(answer.streaming_content) == b"Evidence"
    assert sweep() == 1
    assert document_storage().exists(document.stored_name)
    assert set_aside() == []


def test_quarantine_is_cleared_after_its_long_term_and_not_before(settings):
    stray(hours=25)
    sweep()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=settings.QUARANTINE_DAYS)):
        assert sweep() == 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=settings.QUARANTINE_DAYS + 2)):
        assert sweep() == 1
    assert set_aside() == []


def test_person_clears_the_quarantine_but_never_what_a_document_has(world, monkeypatch, capsys):
    document = a_document(world.as_("provider_manager_x"))
    quarantine.quarantine_file(document.stored_name)
    gone = stray(hours=25)
    quarantine.quarantine_file(gone.relative_to(Path(document_storage().location)).as_posix())
    monkeypatch.setattr("builtins.input", lambda _: "n")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("quarantine", "clear")
    assert len(set_aside()) == 2
    call_command("quarantine", "clear", older_than=1, yes=True)
    assert len(set_aside()) == 2
    call_command("quarantine", "clear", yes=True)
    assert set_aside() == [document.stored_name]
    assert "1 files were deleted, 1 kept" in capsys.readouterr().out


def test_person_brings_a_file_back_and_another_file_in_its_place_is_not_written_over(capsys):
    former = "documents/ab/notes.txt"
    path = stray(hours=25, name=former)
    sweep()
    stored(former, b"newer")
    with pytest.raises(CommandError, match="was not brought back"):
        call_command("quarantine", "restore", former)
    assert path.read_bytes() == b"newer"
    assert set_aside() == [former]
    path.unlink()
    call_command("quarantine", "restore", former)
    assert path.read_bytes() == b"x"
    call_command("quarantine", "list")
    assert "0 files in quarantine" in capsys.readouterr().out


def test_person_who_asks_for_an_unknown_name_is_told_where_names_are():
    with pytest.raises(CommandError, match="quarantine list shows what is"):
        call_command("quarantine", "restore", "documents/ab/nothing")


def test_move_that_was_killed_in_the_middle_is_ended_by_the_next():
    """The file then lies under both names."""
    path = stray(hours=25, name="documents/ab/both")
    target = Path(document_storage().path("quarantine/2026-01-01/both"))
    target.parent.mkdir(parents=True)
    target.hardlink_to(path)
    move(document_storage(), "documents/ab/both", "quarantine/2026-01-01/both")
    assert (path.exists(), target.read_bytes()) == (False, b"x")


def test_storage_that_cannot_rename_gets_a_whole_copy_first_or_keeps_the_file(monkeypatch):
    storage = InMemoryStorage()
    storage.save("a", ContentFile(b"evidence"))
    move(storage, "a", "b")
    assert (storage.exists("a"), storage.open("b").read()) == (False, b"evidence")
    storage.save("c", ContentFile(b"half"))
    with pytest.raises(OSError, match="not a whole copy"):
        move(storage, "b", "c")
    assert storage.open("b").read() == b"evidence"


def test_sweep_moves_nothing_in_a_storage_that_is_not_ours():
    Installation.objects.update(identity=uuid.uuid4())
    path = stray(hours=25)
    assert list(sweeping.to_sweep()) == []
    assert path.exists()
