"""The counter of passes, and the acts that settle whose a storage is."""

import logging
import uuid

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from qa_portal.core.installation.markers import Marker, forget_older, markers, now, write
from qa_portal.core.installation.models import Installation
from qa_portal.core.installation.storage_ownership import StorageOwnership
from qa_portal.core.rules import Refused

log = logging.getLogger("qa.installation")


def this_installation() -> Installation:
    return Installation.objects.get_or_create(pk=1)[0]


def adopt(storage: Storage, *, kind: str) -> None:
    """Mark `storage` as this installation's, once the caller has seen that it may.

    The row is committed before the mark is written, and says last that the mark stands: killed anywhere in
    between, the storage is either unmarked as before or marked as ours.
    """
    with transaction.atomic():
        this_installation()
        transaction.on_commit(lambda: mark_as_ours(storage, kind=kind))


def mark_as_ours(storage: Storage, *, kind: str) -> None:
    """`adopt` for a caller whose transaction may be long: the mark stands at once, even if that is undone."""
    row = this_installation()
    marker = Marker(row.passes, row.identity, kind, now())
    try:
        write(storage, marker)
    except FileExistsError:  # another process adopts at the same moment
        pass
    except Exception as error:  # whatever a storage raises: it stays unmarked, and the next pass tries again
        log.warning("the storage does not take a mark: %s", type(error).__name__)
        return
    Installation.objects.update(  # audit-ok: operational table
        adopted_at=timezone.now(), stored=marker.number, storage_older_at=None
    )


@transaction.atomic
def mark_restored_from(identity: uuid.UUID) -> None:
    """Make this database the older copy of the installation `identity`, whose storage it has: it is restored."""
    this_installation()
    Installation.objects.update(  # audit-ok: operational table
        identity=identity, passes=0, stored=0, adopted_at=timezone.now(), storage_older_at=None
    )


def count_pass(storage: Storage, *, kind: str, ownership: StorageOwnership) -> None:
    """Count the pass that begins: committed in the database first, then written to the storage.

    So the storage is never ahead of a database that was not restored. A storage that does not take it is told
    in the log and hears of the next pass.
    """
    newest = ownership.newest
    with transaction.atomic():
        row = Installation.objects.select_for_update().get()
        row.passes += 1
        row.stored = max(row.stored, newest.number if newest else 0)
        row.adopted_at = row.adopted_at or (timezone.now() if newest else None)
        if ownership.is_storage_older and not row.storage_older_at:
            row.storage_older_at = timezone.now()
        row.save(update_fields=["passes", "stored", "adopted_at", "storage_older_at"])
        marker = Marker(row.passes, row.identity, kind, now())
        transaction.on_commit(lambda: mark(storage, marker, list(ownership.found)))


def mark(storage: Storage, marker: Marker, found: list[Marker]) -> None:
    try:
        write(storage, marker)
        forget_older(storage, found, marker)
    except Exception as error:  # whatever a storage raises: the pass goes on without it
        log.warning("pass %s is not marked in the storage: %s", marker.number, type(error).__name__)


@transaction.atomic
def end_restored(storage: Storage, *, by: str, reason: str) -> Installation:
    """Set the counter past the storage's, and keeps who ended the restored state and why.

    Also ends what is told of a storage that is older than the database: somebody has looked.
    """
    if not by.strip() or not reason.strip():
        raise Refused("Say who ends the restored state and why: --by and --reason.")
    row = Installation.objects.select_for_update().get()
    newest = max((one.number for one in markers(storage) if one.identity == row.identity), default=0)
    row.stored = newest
    row.passes = max(row.passes, newest + 1)
    row.storage_older_at = None
    row.restored_ended_at = timezone.now()
    row.restored_ended_by, row.restored_ended_reason = by.strip()[:200], reason.strip()[:500]
    row.save()
    return row


def begin_restored(storage: Storage, *, kind: str) -> None:
    """Set the storage ahead of the database, as it is after a restore: for copies of both made at one moment."""
    row = this_installation()
    write(storage, Marker(row.passes + 1, row.identity, kind, now()))
