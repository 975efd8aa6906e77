"""Virus scans, where `CLAMD_URL` names a scanner. Without one, documents are "Not scanned" and say so."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from providers.documents.clamd import ScannerError, virus_in
from providers.documents.models import Document
from providers.documents.quarantine import open_stored
from qa_portal.core import due
from qa_portal.core.audit.locking import locked

NAME = "scan documents"
MOST_IN_A_PASS = 200
AGAIN_AFTER = dt.timedelta(hours=24)
Scan = Document.Scan


def first_state() -> str:
    return Scan.WAITING if settings.CLAMD_URL else Scan.NOT_SCANNED


def scan_soon() -> None:
    """Ask for a scan right after the commit, because the uploader waits to open the file."""
    if settings.CLAMD_URL:
        due.run_soon(NAME)


def to_scan():
    """Return the documents to scan: never scanned, or failed more than a day ago; without a scanner, those waiting."""
    if not settings.CLAMD_URL:
        return Document.objects.filter(scan_state=Scan.WAITING, removed_at=None)
    failed = Q(scan_state=Scan.FAILED, scanned_at__lt=timezone.now() - AGAIN_AFTER)
    open_ones = Q(scan_state__in=[Scan.WAITING, Scan.NOT_SCANNED]) | failed
    return Document.objects.filter(open_ones, removed_at=None).order_by("pk")[:MOST_IN_A_PASS]


def scan_document(document: Document) -> None:
    """Scan one document. Raise OSError when the scanner cannot be reached; the document is then due again."""
    if not settings.CLAMD_URL:
        record(document, Scan.NOT_SCANNED)
        return
    try:
        with open_stored(document.stored_name) as content:
            found = virus_in(content.chunks(), url=settings.CLAMD_URL)
    except ScannerError as error:
        record(document, Scan.FAILED, why=f"The scanner said: {error}")
    else:
        record(document, Scan.INFECTED if found else Scan.CLEAN, why=found and f"Found {found}.")


@transaction.atomic
def record(document: Document, state: str, *, why: str = "") -> None:
    """Record a scan's result, unless another pass did meanwhile or the document was emptied."""
    row = locked(document)
    if row.scan_state in {Scan.CLEAN, Scan.INFECTED} or row.is_removed:
        return
    row.scan_state = state
    row.scanned_at = None if state == Scan.NOT_SCANNED else timezone.now()
    row._change_reason = why or "Virus scan."
    row.save()


due.register(due.DueWork(NAME, to_scan, scan_document))
