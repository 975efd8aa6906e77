"""What no row speaks for goes after a day; what one does, and what is young, stays."""

import os
import time
import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from providers.documents import sweeping
from providers.documents.services import remove_contents
from providers.documents.storage import document_storage, name_for
from qa_portal.core.due import run_due
from tests.factories.documents import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]


def stray(*, hours: float, name: str = "") -> Path:
    storage = document_storage()
    stored = storage.save(name or name_for(uuid.uuid4()), ContentFile(b"x"))
    path = Path(storage.path(stored))
    age(path, hours)
    return path


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def sweep() -> int:
    cache.clear()
    [done] = run_due(sweeping.NAME)
    assert not done.failed
    return done.done


def test_old_files_without_a_row_are_cleared_and_others_stay(world):
    kept = a_document(world.as_("provider_manager_x"))
    age(Path(document_storage().path(kept.stored_name)), 99)
    old, young = stray(hours=25), stray(hours=23)
    partial = stray(hours=25, name="documents/ab/.part-x8d7")
    foreign = stray(hours=25, name="documents/ab/notes.txt")
    assert sweep() == 3
    assert not (old.exists() or partial.exists() or foreign.exists())
    assert young.exists()
    assert document_storage().exists(kept.stored_name)
    assert sweep() == 0


def test_file_of_an_emptied_document_that_was_left_behind_is_cleared(world):
    """The portal was killed between the commit and the deletion."""
    manager = world.as_("provider_manager_x")
    document = a_document(manager)
    remove_contents(by=manager, document=document, reason="Wrong file")
    age(Path(document_storage().path(document.stored_name)), 25)
    assert sweep() == 1
    assert not document_storage().exists(document.stored_name)


def test_storage_is_looked_through_once_a_day(world):
    assert sweep() == 0
    stray(hours=25)
    assert run_due(sweeping.NAME)[0].done == 0
    assert sweep() == 1


def test_file_whose_row_came_meanwhile_stays(world):
    document = a_document(world.as_("provider_manager_x"))
    sweeping.clear(sweeping.StrayFile(document.stored_name))
    assert document_storage().exists(document.stored_name)


def test_file_that_is_gone_already_harms_nothing():
    sweeping.clear(sweeping.StrayFile(name_for(uuid.uuid4())))


def test_nothing_stored_yet_is_nothing_to_sweep():
    assert sweep() == 0
