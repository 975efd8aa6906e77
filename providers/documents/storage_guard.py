"""Guards the storage: are the stored documents this installation's? Asked before writing and as passes begin."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, transaction

from providers.documents.file_records import contents
from providers.documents.storage import document_storage
from qa_portal.core import due, stops
from qa_portal.core.installation import OwnershipState, StorageOwnership, adopt, count_pass, ownership_of

AWAY = (
    "The storage of documents does not answer, so the portal cannot tell whether this database is older than it. "
    "No background work is done until it answers. See that the disk is mounted and MEDIA_ROOT can be read."
)
NOT_OURS = {OwnershipState.FOREIGN, OwnershipState.UNKNOWN}


def ownership() -> StorageOwnership:
    return ownership_of(document_storage(), contents)


def reason_not_to_write() -> str | None:
    return ownership().stops


def begin_pass(whole: bool) -> None:
    """Adopt a storage that is free, and counts a whole pass.

    Raises WritesStopped while the storage is another's, and when it is away and this process has never read it:
    a restored database would send its mail again. One that has read it goes on by what it read.
    """
    found = ownership()
    if found.stops or (found.state == OwnershipState.UNREADABLE and not found.newest):
        raise stops.WritesStopped(found.stops or AWAY)
    if found.state == OwnershipState.FREE:
        adopt(document_storage(), kind=settings.INSTALLATION_KIND)
    if whole:
        count_pass(document_storage(), kind=settings.INSTALLATION_KIND, ownership=found)


def adopt_before_forking() -> None:
    """Adopt a free storage as the pages start, before anything is uploaded.

    Raises ImproperlyConfigured in production over the storage of another installation. A database that does
    not answer, or has no tables yet, is told elsewhere.
    """
    try:
        with transaction.atomic():  # a table that is missing breaks nothing else
            found = ownership()
            if found.state == OwnershipState.FREE:
                adopt(document_storage(), kind=settings.INSTALLATION_KIND)
    except DatabaseError:
        return
    finally:
        connections.close_all()  # else every worker would share it
    if settings.PRODUCTION and found.state in NOT_OURS:
        raise ImproperlyConfigured(found.stops)


stops.register(stops.Stop("storage", reason_not_to_write))
due.before_each(begin_pass)
