"""Acts by which an installation takes a storage: an operator's, and a fresh demo's. Nothing that lies there is lost."""

from dataclasses import dataclass

from django.conf import settings

from providers.documents import quarantine
from providers.documents.file_records import contents, with_contents
from providers.documents.models import Document
from providers.documents.storage import document_storage, stored_names
from providers.documents.storage_guard import ownership
from qa_portal.core import stops
from qa_portal.core.installation import (
    Contents,
    OwnershipState,
    StorageOwnership,
    adopt,
    mark_as_ours,
    mark_restored_from,
)
from qa_portal.core.installation.storage_ownership import KNOWN_SHARE
from qa_portal.core.rules import Refused

NOTHING_TO_TAKE = {
    OwnershipState.OURS: "The stored documents are this installation's already; nothing was changed.",
    OwnershipState.RESTORED: "The stored documents are this installation's already. The database is older than they are: "
    "run manage.py end_restored_state.",
    OwnershipState.UNREADABLE: "The storage of documents does not answer. See that the disk is mounted and MEDIA_ROOT can "
    "be read, and run this again.",
}


@dataclass(frozen=True)
class Takeover:
    """What `adopt_storage` would take: how things stand, what lies there, and whether it is an older copy's own."""

    ownership: StorageOwnership
    contents: Contents
    is_older_copy: bool


def preview_takeover() -> Takeover:
    """Raise Refused where there is nothing to take."""
    found = ownership()
    if found.state in NOTHING_TO_TAKE:
        raise Refused(NOTHING_TO_TAKE[found.state])
    return Takeover(found, found.contents or contents(), is_older_copy(found))


def is_older_copy(found: StorageOwnership) -> bool:
    """Return whether this database, which never had a storage of its own, was copied before the storage got its mark.

    Names of files are random, so only documents of the same installation are found in it.
    """
    if len(found.others) != 1 or found.newest or (found.row and found.row.adopted_at):
        return False
    lying = sum(len(with_contents(names)) for _, names in stored_names())
    return lying > 0 and lying >= KNOWN_SHARE * Document.objects.filter(removed_at=None).count()


def adopt_storage() -> Takeover:
    """Take the storage as it lies there; the marks of others are set aside, their documents stay.

    An older copy of the installation that the storage belongs to becomes that installation, restored.
    """
    taken = preview_takeover()
    if taken.is_older_copy:
        mark_restored_from(taken.ownership.others[0].identity)
    else:
        for marker in taken.ownership.found:
            if marker in taken.ownership.others or marker.identity != _identity(taken.ownership):
                quarantine.quarantine_file(marker.name)
        adopt(document_storage(), kind=settings.INSTALLATION_KIND)
    stops.forget()
    return taken


def _identity(found: StorageOwnership):
    return found.row.identity if found.row else None


def adopt_for_a_fresh_demo() -> int:
    """Take the demo's storage for a database that holds nothing yet. Return how many old files were set aside.

    Raises Refused over a storage that is not a demo's. The mark stands at once: a demo that is killed while it
    is built leaves a storage that the next one may take.
    """
    found, moved = ownership(), 0
    if found.state == OwnershipState.FOREIGN and all(
        one.kind == settings.INSTALLATION_KIND for one in found.others
    ):
        moved = _set_all_aside(found)
    elif found.stops and found.state != OwnershipState.LOST:
        raise Refused(found.stops)
    mark_as_ours(document_storage(), kind=settings.INSTALLATION_KIND)
    stops.forget()
    return moved


def _set_all_aside(found: StorageOwnership) -> int:
    names = [f"{folder}/{name}" for folder, names in stored_names() for name in names]
    for name in names:
        quarantine.quarantine_file(name)
    for marker in found.found:  # last: killed before, the storage is still the old demo's
        quarantine.quarantine_file(marker.name)
    return len(names)
