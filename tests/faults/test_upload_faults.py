"""A disk that fills up and a process that is killed in the middle of an upload.

No row without its file, no half file under a name, and nothing left that the sweep does not set aside. Each has
a control: Django's own storage, which does leave half a file.
"""

import errno
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

from providers.documents import sweeping
from providers.documents.document_kinds import DocumentKind
from providers.documents.file_limits import MEGABYTE
from providers.documents.file_records import id_of
from providers.documents.models import Document
from providers.documents.services import store_document
from providers.documents.storage import document_storage, name_for
from providers.documents.validation.file_check import CheckedFile
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories.storage import adopt_now
from tests.needed import missing

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


class FullDisk(ContentFile):
    """Gives one chunk; at the next the disk has no room."""

    def chunks(self, chunk_size=None) -> Iterator[bytes]:
        yield b"x" * 4096
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def tiny_disk(settings, tmp_path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    disk = tmp_path / "tiny"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True
    )
    if mounted.returncode:
        missing(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    settings.MEDIA_ROOT = disk
    yield disk
    subprocess.run(["umount", disk], check=True)


def left_in(folder: Path) -> list[Path]:
    """Files, but for the marks that say whose the storage is."""
    return [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "installation"]


def store(world, content: bytes) -> Document:
    return store_document(
        by=world.as_("provider_manager_x"),
        upload=CheckedFile("a.txt", "text/plain", files.upload(content, "a.txt").file),
        kind=DocumentKind.OTHER,
        identifies_child=False,
    )


def test_control_django_s_own_storage_leaves_half_a_file(media):
    with pytest.raises(OSError, match="No space left"):
        FileSystemStorage().save("naive.pdf", FullDisk(b""))
    assert [path.stat().st_size for path in left_in(media)] == [4096]


def test_disk_full_in_the_middle_leaves_no_file(media):
    with pytest.raises(OSError, match="No space left"):
        document_storage().save(name_for(uuid.uuid4()), FullDisk(b""))
    assert left_in(media) == []


def test_control_on_a_real_full_disk_half_a_file_is_left(tiny_disk):
    with pytest.raises(OSError, match="No space left"):
        FileSystemStorage().save("naive.pdf", ContentFile(b"x" * 3 * MEGABYTE))
    [half] = left_in(tiny_disk)
    assert 0 < half.stat().st_size <= MEGABYTE


def test_real_full_disk_leaves_no_row_and_no_file_and_the_next_upload_works(tiny_disk, world, caplog):
    with pytest.raises(Refused, match="could not be stored, so nothing was saved"):
        store(world, b"x" * 3 * MEGABYTE)
    assert left_in(tiny_disk) == []
    assert not Document.objects.exists()
    assert "No space left" in caplog.text, "the operator is told why"
    assert store(world, b"small").size == 5
    assert len(left_in(tiny_disk)) == 1


def test_name_that_stands_is_never_written_again(media):
    name = name_for(uuid.uuid4())
    storage = document_storage()
    storage.save(name, ContentFile(b"evidence"))
    with pytest.raises(FileExistsError):
        storage._save(name, File(ContentFile(b"forged").file))
    assert Path(storage.path(name)).read_bytes() == b"evidence"
    assert len(left_in(media)) == 1


SLOW = """
import os, sys, time, django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from providers.documents.storage import WholeFileStorage

class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"x" * 1_000_000
        print("half", flush=True)
        time.sleep(60)

storage, name = {"whole": WholeFileStorage, "naive": FileSystemStorage}[sys.argv[1]](), sys.argv[2]
if sys.argv[3] == "half":
    storage.save(name, Slow(b""))
else:
    storage.save(name, ContentFile(b"x" * 1_000_000))
    print("whole", flush=True)
    time.sleep(60)
"""


def killed_upload(media: Path, kind: str, when: str) -> None:
    """Another process uploads, and is killed as soon as it says how far it is."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "qa_portal.settings",
        "QA_ENV": "local",
        "MEDIA_ROOT": str(media),
        "PYTHONPATH": str(ROOT),
    }
    name = name_for(uuid.uuid4())
    command = [sys.executable, "-c", SLOW, kind, name, when]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == when
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def days_later(media: Path) -> None:
    then = time.time() - 25 * 3600
    for path in left_in(media):
        os.utime(path, (then, then))
    cache.clear()


def test_control_killed_upload_leaves_half_a_file_under_its_name_with_django_s_own_storage(media):
    killed_upload(media, "naive", "half")
    [half] = left_in(media)
    assert id_of(half.name), "whoever looks for it finds half of it"


@pytest.mark.parametrize("when", ["half", "whole"])
def test_killed_upload_leaves_nothing_that_the_sweep_does_not_set_aside(media, when):
    """Killed while it writes, and between the file and its row."""
    killed_upload(media, "whole", when)
    adopt_now()
    [left] = left_in(media)
    assert left.name.startswith(".part-") == (when == "half")
    assert not Document.objects.exists()
    cache.clear()
    assert run_due(sweeping.NAME)[0].done == 0, "it may be an upload that is still under way"
    days_later(media)
    assert run_due(sweeping.NAME)[0].done == 1
    assert [path.parent.parent.name for path in left_in(media)] == ["quarantine"]
