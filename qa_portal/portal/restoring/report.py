"""The report an operator reads before letting a restored database work again."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db.models import Count, Q

from providers.documents.file_records import Comparison, compare
from providers.documents.storage_guard import ownership
from providers.notifications.models import Notification
from providers.people.services.invitations import not_sent
from qa_portal.core.installation import OwnershipState, StorageOwnership
from qa_portal.core.rules import Refused

A_PASS_LASTS = dt.timedelta(hours=1)
"""At most, generously: the storage knows when its newest pass began, and mail leaves until it has ended."""


@dataclass(frozen=True)
class WaitingMail:
    """Messages of one kind that still wait here and may have left before the restore."""

    kind: str
    messages: int
    people: int
    calendar_entries: int


@dataclass(frozen=True)
class Report:
    """Names are of files and ids of documents; nobody's address is told."""

    database_pass: int
    storage_pass: int
    storage_at: dt.datetime | None
    storage_is_older: bool
    documents: Comparison
    mail: list[WaitingMail]
    invitations: int

    def as_json(self) -> dict:
        told = asdict(self)
        told["storage_at"] = self.storage_at.isoformat() if self.storage_at else None
        return told


def restored_ownership() -> StorageOwnership:
    """Return how things stand; raise Refused when this database is not restored and its storage is not old."""
    found = ownership()
    if found.state == OwnershipState.RESTORED or (
        found.state == OwnershipState.OURS and found.row and is_older(found)
    ):
        return found
    if found.stops:
        raise Refused(found.stops)
    if found.state == OwnershipState.UNREADABLE:
        raise Refused(
            "The storage of documents does not answer: see that MEDIA_ROOT can be read, and try again."
        )
    raise Refused(
        "This database is not older than its stored documents, so there is no restored state to end."
    )


def is_older(found: StorageOwnership) -> bool:
    return found.is_storage_older or bool(found.row and found.row.storage_older_at)


def build_report(found: StorageOwnership) -> Report:
    newest = found.newest
    assert found.row and newest  # noqa: S101 of `restored_ownership`
    is_database_older = found.state == OwnershipState.RESTORED
    return Report(
        database_pass=found.row.passes,
        storage_pass=newest.number,
        storage_at=newest.at,
        storage_is_older=is_older(found),
        documents=compare(),
        mail=waiting_mail(newest.at + A_PASS_LASTS) if is_database_older else [],
        invitations=not_sent().count() if is_database_older else 0,
    )


def waiting_mail(before: dt.datetime) -> list[WaitingMail]:
    rows = Notification.objects.may_have_left(before).order_by("kind").values("kind")
    counted = rows.annotate(
        messages=Count("pk"),
        people=Count("to__person", distinct=True),
        calendar_entries=Count("pk", filter=~Q(invitation="")),
    )
    return [WaitingMail(**row) for row in counted]
