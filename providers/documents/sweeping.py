"""Clears files that no row speaks for: of uploads that were killed or rolled back, and of emptied documents."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from providers.documents.limits import STRAY_AFTER
from providers.documents.models import Document
from providers.documents.storage import document_storage, stored_names
from qa_portal.core import due

NAME = "clear stray files"
SWEPT = "documents-swept"


@dataclass(frozen=True)
class StrayFile:
    """`pk` is its name in storage: what the log calls an item of due work."""

    pk: str


def stray_files() -> Iterator[StrayFile]:
    """Once in so many hours, because all of the storage is looked through. Young files may still get their row."""
    if cache.add(SWEPT, True, STRAY_AFTER.total_seconds()):
        yield from look_through()


def look_through() -> Iterator[StrayFile]:
    oldest_young = timezone.now() - STRAY_AFTER
    storage = document_storage()
    for folder, names in stored_names():
        for name in set(names) - kept_among(names):
            with suppress(FileNotFoundError):
                if storage.get_modified_time(f"{folder}/{name}") < oldest_young:
                    yield StrayFile(f"{folder}/{name}")


def kept_among(names: list[str]) -> set[str]:
    ids = [found for name in names if (found := id_of(name))]
    rows = Document.objects.filter(public_id__in=ids, removed_at=None)
    return {public_id.hex for public_id in rows.values_list("public_id", flat=True)}


def id_of(name: str) -> UUID | None:
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def clear(file: StrayFile) -> None:
    """Its row may have come meanwhile: looked up once more, then gone, and harmless when gone already."""
    name = file.pk.rpartition("/")[2]
    if name not in kept_among([name]):
        document_storage().delete(file.pk)


due.register(due.DueWork(NAME, stray_files, clear))
