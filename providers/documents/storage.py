"""The storage of contents. Another backend is a setting (`STORAGES["documents"]`); nothing else knows of files."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.core.files.storage import FileSystemStorage, Storage, storages

FOLDER = "documents"


class WholeFileStorage(FileSystemStorage):
    """All of a file under its name, or nothing; and a name that stands is never written again.

    The contents go to a file beside it, which is linked to the name when the disk has it.
    """

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.link(partial, target)
        finally:
            Path(partial).unlink()
        sync_folder(target.parent)
        return name

    def move(self, name: str, to: str) -> None:
        """Give the file its other name before the first is taken away: killed in between, it has both."""
        source, target = Path(self.path(name)), Path(self.path(to))
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.link(source, target)
        if not target.samefile(source):
            raise FileExistsError(f"another file lies at {to}")
        sync_folder(target.parent)
        source.unlink()
        sync_folder(source.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder to disk, so that the name outlives a power cut as the contents do."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(storage: Storage, name: str, to: str) -> None:
    """Move a stored file. A storage that cannot rename gets a copy, which is read back before the first goes."""
    if isinstance(storage, WholeFileStorage):
        storage.move(name, to)
        return
    if not storage.exists(to):
        with storage.open(name) as content:
            storage.save(to, content)
    if checksum_of(storage, name) != checksum_of(storage, to):
        raise OSError(f"{to} is not a whole copy of {name}")
    storage.delete(name)


def checksum_of(storage: Storage, name: str) -> str:
    found = hashlib.sha256()
    with storage.open(name) as content:
        for chunk in content.chunks():
            found.update(chunk)
    return found.hexdigest()


def document_storage() -> Storage:
    return storages["documents"]


def name_for(public_id: UUID) -> str:
    """Return the stored name: random, as the id is, in one of 256 folders so that none grows long."""
    return f"{FOLDER}/{public_id.hex[:2]}/{public_id.hex}"


def stored_names() -> Iterator[tuple[str, list[str]]]:
    """Yield (folder, names in it) of everything that is stored."""
    storage = document_storage()
    folders: list[str] = []
    with suppress(FileNotFoundError):
        folders, _ = storage.listdir(FOLDER)
    for folder in sorted(folders):
        _, names = storage.listdir(f"{FOLDER}/{folder}")
        yield f"{FOLDER}/{folder}", names
