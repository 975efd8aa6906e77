"""Sets aside files that no row speaks for, and ends what a kill left half done. Destroys nothing it has no row for.

A file without a row comes of an upload that was killed or rolled back. It may also be the only copy of evidence
whose row a restored database lacks, so it is moved to the quarantine and never deleted here.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from providers.documents import quarantine, storage_guard
from providers.documents.file_limits import MOST_STRAYS, MOST_STRAYS_SHARE, STRAY_AFTER
from providers.documents.file_records import with_contents, with_emptied_document
from providers.documents.quarantine import QuarantinedFile
from providers.documents.storage import document_storage, stored_names
from qa_portal.core import due
from qa_portal.core.dates import today
from qa_portal.core.installation import Installation, OwnershipState

NAME = "set stray files aside"
SWEPT = "documents-swept"
log = logging.getLogger("qa.documents")


@dataclass(frozen=True)
class StrayFile:
    """`pk` is its name in storage: what the log calls an item of due work."""

    pk: str


@dataclass(frozen=True)
class SweepResult:
    """What one look through the storage found: `strays` have no row, `leftovers` a row that says "emptied"."""

    stored: int
    strays: list[StrayFile]
    leftovers: list[StrayFile]

    @property
    def is_too_much(self) -> bool:
        return len(self.strays) > max(MOST_STRAYS, MOST_STRAYS_SHARE * self.stored)


def to_sweep() -> Iterator[StrayFile | QuarantinedFile]:
    """Return what to sweep: once in so many hours, because it reads all of the storage, and only in our own."""
    if storage_guard.ownership().state not in {OwnershipState.OURS, OwnershipState.FREE}:
        return
    if not cache.add(SWEPT, True, STRAY_AFTER.total_seconds()):
        return
    found = find_strays()
    record_result(found)
    yield from found.leftovers
    if not found.is_too_much:
        yield from found.strays
    yield from to_settle()


def find_strays() -> SweepResult:
    """Return files without a row; young ones are left out, because their row may still come."""
    oldest_young = timezone.now() - STRAY_AFTER
    storage = document_storage()
    found = SweepResult(0, [], [])
    stored = 0
    for folder, names in stored_names():
        stored += len(names)
        gone, kept = with_emptied_document(names), with_contents(names)
        for name in sorted(set(names) - kept):
            with suppress(FileNotFoundError):
                if storage.get_modified_time(f"{folder}/{name}") < oldest_young:
                    kind = found.leftovers if name in gone else found.strays
                    kind.append(StrayFile(f"{folder}/{name}"))
    return SweepResult(stored, found.strays, found.leftovers)


def record_result(found: SweepResult) -> None:
    """Keep for the administrator what was found, and says it in the log when it is too much to be right."""
    told = {
        "at": timezone.now().isoformat(),
        "stored": found.stored,
        "strays": len(found.strays),
        "stopped": found.is_too_much,
    }
    Installation.objects.update(sweep=told)  # audit-ok: operational table
    if found.is_too_much:
        log.error("%s", stopped_sentence(told))


def stopped_sentence(told: dict) -> str:
    """Say what a sweep found that was stopped, and what to do."""
    return (
        f"{told['strays']:,} of {told['stored']:,} stored files belong to no document of this database, which is too "
        "many to be uploads that were cut off, so none was moved. See whether an older database was restored or "
        "MEDIA_ROOT is another installation's; manage.py quarantine strays lists them, and quarantine sweep "
        "sets them aside after all."
    )


def to_settle() -> Iterator[QuarantinedFile]:
    """Yield quarantined files whose document came back or was emptied, and those whose term is over."""
    for day in quarantine.quarantine_days():
        files = quarantine.quarantined_on(day)
        names = [file.former.rpartition("/")[2] for file in files]
        rows = with_contents(names) | with_emptied_document(names)
        for file, name in zip(files, names, strict=True):
            if name in rows or is_over(file):
                yield file


def is_over(file: QuarantinedFile) -> bool:
    return file.on + dt.timedelta(days=settings.QUARANTINE_DAYS) < today()


def settle(item: StrayFile | QuarantinedFile) -> None:
    """Ask the rows once more: what was true of the file when it was listed may have changed."""
    if isinstance(item, StrayFile):
        quarantine_stray(item)
    else:
        settle_quarantined(item)


def quarantine_stray(file: StrayFile) -> None:
    name = file.pk.rpartition("/")[2]
    if name in with_contents([name]):
        return
    if name in with_emptied_document([name]):
        document_storage().delete(file.pk)
        return
    with suppress(FileNotFoundError):  # gone already
        quarantine.quarantine_file(file.pk)
        log.warning("%s has no row and was set aside", file.pk)


def settle_quarantined(file: QuarantinedFile) -> None:
    name = file.former.rpartition("/")[2]
    if name in with_contents([name]):
        with suppress(FileNotFoundError):  # another worker was quicker
            quarantine.restore_file(file)
            log.warning("%s has a row again and was brought back", file.former)
    elif name in with_emptied_document([name]) or is_over(file):
        document_storage().delete(file.name)


due.register(due.DueWork(NAME, to_sweep, settle))
