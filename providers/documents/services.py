"""Store, replace, mark and empty documents. The file is written before its row and deleted after it."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from providers.documents import access_rules, scanning
from providers.documents.document_kinds import DocumentKind
from providers.documents.file_limits import CHILD_IDENTIFIED_RETENTION
from providers.documents.models import Document, DocumentReader
from providers.documents.quarantine import delete_stored
from providers.documents.rules import (
    check_can_be_reader,
    check_can_mark,
    check_can_name_readers,
    check_can_remove,
    check_can_replace,
    check_can_store,
    check_details,
)
from providers.documents.storage import document_storage
from providers.documents.validation.file_check import CheckedFile, check_file
from providers.documents.validation.names import extension_of
from providers.people.models import Membership, User
from providers.people.rules import own_organisation
from qa_portal.core import due, stops
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

log = logging.getLogger("qa.documents")


def store_document(
    *,
    by: User,
    upload: UploadedFile | CheckedFile,
    kind: str,
    identifies_child: bool,
    cover_amount: int | None = None,
    from_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    replaces: Document | None = None,
) -> Document:
    """Store a document for the organisation acted for. An `UploadField` gives a file that is checked already.

    Not one transaction: files are slow, and a caller's own transaction may hold a lock. When that one is
    rolled back later, the file that is left behind is cleared by the sweep.
    """
    check_can_store(by)
    check_details(kind, cover_amount=cover_amount, from_on=from_on, expires_on=expires_on)
    file = upload if isinstance(upload, CheckedFile) else check_file(upload)
    document = Document(
        organisation=own_organisation(by),
        kind=kind,
        filename=filename_without_child_name(kind, file.filename) if identifies_child else file.filename,
        content_type=file.content_type,
        size=file.content.seek(0, 2),
        sha256=checksum(file.content),
        uploaded_by=by.membership,
        uploaded_at=timezone.now(),
        identifies_child=identifies_child,
        keep_until_on=today() + CHILD_IDENTIFIED_RETENTION if identifies_child else None,
        cover_amount=cover_amount,
        from_on=from_on,
        expires_on=expires_on,
        scan_state=scanning.first_state(),
    )
    with stored_contents(document, file.content), transaction.atomic():
        if replaces:
            document.replaces = locked_document(replaces)
            check_can_replace(by, document.replaces)
        document.save()
        scanning.scan_soon()
    return document


def checksum(content: IO[bytes]) -> str:
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # every file of Django has readinto


def filename_without_child_name(kind: str, filename: str) -> str:
    """Return a neutral file name, because one given by hand may hold a child's and history keeps it for ever."""
    return DocumentKind(kind).label + extension_of(filename)


@contextmanager
def stored_contents(document: Document, content: IO[bytes]) -> Iterator[None]:
    """Store the contents for the block, and delete them if the row cannot be written. Raise Refused on a full disk.

    Raises WritesStopped, and stores nothing, over a storage that is not this installation's.
    """
    stops.check_may_write()
    storage = document_storage()
    try:
        storage.save(document.stored_name, File(content))
    except OSError as error:
        log.exception("document not stored")
        raise Refused(
            "The file could not be stored, so nothing was saved. Try again later, or tell your administrator."
        ) from error
    try:
        yield
    except BaseException:
        storage.delete(document.stored_name)
        raise


def locked_document(document: Document) -> Document:
    return locked(document, "uploaded_by", "organisation")


@transaction.atomic
def remove_contents(*, by: User, document: Document, reason: str) -> None:
    """Delete the file; keep its checksum, name, the reason and who removed it."""
    document = locked_document(document)
    check_can_remove(by, document)
    _empty(document, reason, by.membership)


def _empty(document: Document, reason: str, membership: Membership | None) -> None:
    document.removed_at, document.removed_by = timezone.now(), membership
    document.removal_reason = document._change_reason = reason
    document.save()
    transaction.on_commit(lambda: delete_stored(document.stored_name), robust=True)


@transaction.atomic
def remove_expired_contents(document: Document) -> None:
    """Empty a document whose time is over (due work); does nothing if it is emptied already."""
    document = locked_document(document)
    if not document.is_removed and document.keep_until_on and document.keep_until_on < today():
        _empty(document, "Kept for a set time because it identifies a child; that time is over.", None)


@transaction.atomic
def mark_identifies_child(*, by: User, document: Document) -> None:
    """Mark a document as identifying a child: others lose it, the person who marks it stays a reader."""
    document = locked_document(document)
    check_can_mark(by, document)
    document.identifies_child = True
    document.keep_until_on = today() + CHILD_IDENTIFIED_RETENTION
    document.filename = filename_without_child_name(document.kind, document.filename)
    document._change_reason = "Marked as identifying a child."
    document.save()
    if document.organisation_id != by.scope.organisation_id:
        _name(document, by.membership, by.membership)


@transaction.atomic
def name_reader(*, by: User, document: Document, membership: Membership) -> DocumentReader:
    """Name a reader, of any organisation: the slice that takes an upload names the officer it is for."""
    document = locked_document(document)
    check_can_name_readers(by, document)
    check_can_be_reader(membership)
    if named := document.readers.open().filter(membership=membership).first():
        return named
    return _name(document, membership, by.membership)


def _name(document: Document, membership: Membership | None, by: Membership | None) -> DocumentReader:
    """Record a reader. A rule has seen before that both act for somebody."""
    assert membership and by  # noqa: S101 of the rules
    return DocumentReader.objects.create(
        document=document, membership=membership, named_at=timezone.now(), named_by=by
    )


@transaction.atomic
def end_reader(*, by: User, reader: DocumentReader) -> None:
    """Take a named reader's access away from now on."""
    document = locked_document(reader.document)
    check_can_name_readers(by, document)
    reader = locked(reader)
    if reader.ended_at:
        raise Refused("This reader was removed already.")
    reader.ended_at, reader.ended_by = timezone.now(), by.membership
    reader.save()


due.register(
    due.DueWork(
        "documents past their time",
        lambda: Document.objects.filter(removed_at=None, keep_until_on__lt=today()).exclude(
            access_rules.retention_holds()
        ),
        remove_expired_contents,
    )
)
