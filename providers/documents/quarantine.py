"""Files that no row speaks for, kept aside: `quarantine/<day>/<name>`, until a person or a long term clears them.

The name in quarantine is the whole former one, written so that it holds no "/": one listing a day shows all.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.core.files.base import File

from providers.documents.storage import document_storage, move
from qa_portal.core.dates import today

FOLDER = "quarantine"


@dataclass(frozen=True)
class QuarantinedFile:
    """A file in quarantine: `name` is where it lies, `former` where it lay, `on` the day on which it was moved."""

    on: dt.date
    former: str

    @property
    def name(self) -> str:
        return f"{FOLDER}/{self.on.isoformat()}/{quote(self.former, safe='')}"

    @property
    def pk(self) -> str:
        """Return the words by which the log calls an item of due work."""
        return self.name


def quarantine_file(name: str) -> QuarantinedFile:
    """Move a stored file into the quarantine of today."""
    file = QuarantinedFile(today(), name)
    move(document_storage(), name, file.name)
    return file


def restore_file(file: QuarantinedFile) -> None:
    """Move it to where it lay."""
    move(document_storage(), file.name, file.former)


def quarantine_days() -> list[dt.date]:
    """Return the days with something in quarantine, the newest first."""
    folders: list[str] = []
    with suppress(FileNotFoundError):
        folders, _ = document_storage().listdir(FOLDER)
    found = []
    for folder in folders:
        with suppress(ValueError):  # not a folder of ours
            found.append(dt.date.fromisoformat(folder))
    return sorted(found, reverse=True)


def quarantined_on(day: dt.date) -> list[QuarantinedFile]:
    names: list[str] = []
    with suppress(FileNotFoundError):
        _, names = document_storage().listdir(f"{FOLDER}/{day.isoformat()}")
    return [QuarantinedFile(day, unquote(name)) for name in sorted(names)]


def all_quarantined() -> Iterator[QuarantinedFile]:
    """Return every file in quarantine, the newest day first."""
    for day in quarantine_days():
        yield from quarantined_on(day)


def find_quarantined(former: str) -> QuarantinedFile | None:
    """Return the newest file in quarantine that lay at `former`."""
    storage = document_storage()
    files = (QuarantinedFile(day, former) for day in quarantine_days())
    return next((file for file in files if storage.exists(file.name)), None)


def open_stored(name: str) -> File:
    """Open a stored file where it lies, or where it was set aside. Raise FileNotFoundError."""
    storage = document_storage()
    try:
        return storage.open(name)
    except FileNotFoundError:
        aside = find_quarantined(name)
        if aside is None:
            raise
        return storage.open(aside.name)


def delete_stored(name: str) -> None:
    """Delete the contents of a document whose row says so, wherever they lie."""
    storage = document_storage()
    storage.delete(name)
    while aside := find_quarantined(name):
        storage.delete(aside.name)
