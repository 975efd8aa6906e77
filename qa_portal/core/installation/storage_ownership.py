"""Whose a storage is: the database's own, one from before or after a restore, or another installation's."""

import enum
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.storage import Storage
from django.db import DatabaseError
from django.utils import timezone

from qa_portal.core.installation.markers import Marker, markers
from qa_portal.core.installation.models import Installation, short

KNOWN_SHARE = 0.9
"""A storage without a mark is taken for the database's own when rows speak for so much of what lies in it. Ours:
crashed uploads leave a few files without a row in years; a foreign database knows none, for names are random."""
HOW = "docs/operating.md, “After a restore”, says how."
log = logging.getLogger("qa.installation")


class OwnershipState(enum.Enum):
    OURS = "ok"
    FREE = "ok, and carries no mark yet"
    RESTORED = "restored"
    FOREIGN = "another installation's"
    LOST = "without our mark"
    UNKNOWN = "of unknown origin"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Contents:
    """How many files lie in a storage, and for how many of them a row of this database speaks."""

    files: int
    known: int

    @property
    def is_known(self) -> bool:
        return self.known >= KNOWN_SHARE * self.files


@dataclass(frozen=True)
class StorageOwnership:
    """`found` is every marker in the storage; `is_storage_older` when it has lost passes that it had."""

    state: OwnershipState
    row: Installation | None = None
    found: tuple[Marker, ...] = ()
    contents: Contents | None = None
    is_storage_older: bool = False

    @property
    def newest(self) -> Marker | None:
        """The newest marker of this installation."""
        own = [one for one in self.found if self.row and one.identity == self.row.identity]
        return own[-1] if own else None

    @property
    def others(self) -> list[Marker]:
        """The newest marker of each other installation."""
        ours = self.row.identity if self.row else None
        return list({one.identity: one for one in self.found if one.identity != ours}.values())

    @property
    def stops(self) -> str | None:
        """The sentence for which the portal writes nothing, or None."""
        sentence = _SENTENCES.get(self.state)
        return sentence(self) if sentence else None


_seen: dict[uuid.UUID, Marker] = {}
"""The newest marker that this process has read: what is known of a storage that does not answer now."""


def ownership_of(storage: Storage, contents: Callable[[], Contents]) -> StorageOwnership:
    """Compare this database with `storage`; `contents` is asked only where the storage carries no mark.

    Writes nothing. The row is read before the listing, and once more when the storage seems to be ahead: a pass
    is counted in the database before the storage hears of it, so neither order of two workers misleads.
    """
    row = Installation.objects.first()
    try:
        found = tuple(markers(storage))
        return _ownership(row, found, contents)
    except DatabaseError:
        raise
    except Exception as error:  # whatever a storage raises, it is away
        log.warning("the storage does not answer: %s", type(error).__name__)
        return _unreadable(row)


def _ownership(
    row: Installation | None, found: tuple[Marker, ...], contents: Callable[[], Contents]
) -> StorageOwnership:
    ownership = StorageOwnership(OwnershipState.OURS, row, found)
    if ownership.others:
        return StorageOwnership(OwnershipState.FOREIGN, row, found)
    newest = ownership.newest
    if row and newest:
        _seen[row.identity] = newest
        passes = row.passes
        if newest.number > passes:
            passes = Installation.objects.values_list("passes", flat=True).get()
        state = OwnershipState.RESTORED if newest.number > passes else OwnershipState.OURS
        return StorageOwnership(state, row, found, is_storage_older=newest.number < row.stored)
    if row and row.adopted_at:
        return StorageOwnership(OwnershipState.LOST, row, found)
    lying = contents()
    return StorageOwnership(
        OwnershipState.FREE if lying.is_known else OwnershipState.UNKNOWN, row, found, lying
    )


def _unreadable(row: Installation | None) -> StorageOwnership:
    seen = _seen.get(row.identity) if row else None
    if row and seen and seen.number > row.passes:
        return StorageOwnership(OwnershipState.RESTORED, row, (seen,))
    return StorageOwnership(OwnershipState.UNREADABLE, row, (seen,) if seen else ())


def _restored(ownership: StorageOwnership) -> str:
    row, newest = ownership.row, ownership.newest
    assert row and newest  # noqa: S101 of this state
    when = timezone.localtime(newest.at)
    return (
        f"This database is older than its stored documents: it is at pass {row.passes:,} of the background "
        f"work, and the storage at pass {newest.number:,}, of {when:%-d %B %Y at %H:%M}. It was restored from a "
        "backup, so everything can be read, but nothing is saved and no mail leaves until the operator has run "
        f"manage.py end_restored_state. {HOW}"
    )


def _ours(ownership: StorageOwnership) -> str:
    return f"this database ({short(ownership.row.identity)})" if ownership.row else "this database"


def _foreign(ownership: StorageOwnership) -> str:
    whose = " and ".join(one.whose for one in ownership.others)
    words = "also belong to" if ownership.newest else "belong to"
    return (
        f"The stored documents {words} another installation ({whose}); {_ours(ownership)} is a different one. "
        "Nothing is saved and no mail leaves. Point MEDIA_ROOT at this installation's own folder, or look at "
        "what lies there and take it over with manage.py adopt_storage."
    )


def _lost(ownership: StorageOwnership) -> str:
    row = ownership.row
    assert row and row.adopted_at  # noqa: S101 of this state
    return (
        f"The stored documents do not carry the mark of {_ours(ownership)}, which they had since "
        f"{timezone.localtime(row.adopted_at):%-d %B %Y}. Nothing is saved and no mail leaves. See that the disk "
        "is mounted and MEDIA_ROOT is right; if the files were lost or replaced, run manage.py adopt_storage."
    )


def _unknown(ownership: StorageOwnership) -> str:
    lying = ownership.contents
    assert lying  # noqa: S101 of this state
    return (
        f"{lying.files:,} files are stored, and this database knows {lying.known:,} of them, so they seem to be "
        "another installation's. Nothing is saved and no mail leaves. Point MEDIA_ROOT at a folder of this "
        "installation's own, or look at what lies there and take it over with manage.py adopt_storage."
    )


_SENTENCES: dict[OwnershipState, Callable[[StorageOwnership], str]] = {
    OwnershipState.RESTORED: _restored,
    OwnershipState.FOREIGN: _foreign,
    OwnershipState.LOST: _lost,
    OwnershipState.UNKNOWN: _unknown,
}
