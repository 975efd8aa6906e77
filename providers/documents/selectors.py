"""Queries about documents that other slices use."""

import datetime as dt

from providers.documents.models import Document, DocumentQuerySet, DocumentReader
from providers.people.models import Membership, User
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today

SOON = dt.timedelta(days=60)


def expiring(on: dt.date, within_days: int) -> DocumentQuerySet:
    """Return current documents that expire on a day or within the days after it, soonest first."""
    return Document.objects.current().expiring(on, within_days).soonest_first()


def same_contents(document: Document, user: User) -> DocumentQuerySet:
    """Return other documents with the same checksum that the user may see: one file given twice."""
    alike = Document.objects.visible_to(user).filter(sha256=document.sha256)
    return alike.exclude(pk=document.pk)


def readers_of(document: Document, user: User) -> list[tuple[DocumentReader, str]]:
    """Return the readers named now with their words: colleagues by name, others by what they act as."""
    readers = DocumentReader.objects.visible_to(user).filter(document=document).open().with_names()
    return [(reader, reader_words(reader.membership, user)) for reader in readers]


def reader_words(membership: Membership, user: User) -> str:
    own = membership.organisation_id == scope_of(user).organisation_id
    return f"{membership.person}, {membership.get_role_display()}" if own else str(membership)


def expiry_words(document: Document) -> tuple[str, str]:
    """Return (level of `rag`, words) for a document's expiry date."""
    if document.expires_on is None:
        return "none", "No expiry date"
    left = (document.expires_on - today()).days
    if left < 0:
        return "red", "Expired"
    if left > SOON.days:
        return "green", "In date"
    return "amber", {0: "Expires today", 1: "1 day left"}.get(left, f"{left} days left")
