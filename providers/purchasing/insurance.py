"""What a lot asks of insurance, held against what the provider sent.

Limits of the Cheshire East framework: public liability without an abuse exclusion or an inner limit (facts 2.3
[32]). Amounts are whole pounds.
"""

import datetime as dt

from providers.documents.document_kinds import INSURANCES, DocumentKind
from providers.documents.models import Document
from providers.purchasing.models import ApplicationLot, RequiredDocument

EXCLUDES_ABUSE = "The public liability policy excludes abuse."
INNER_LIMIT = "The public liability policy has an inner limit for abuse."


def insurance_asked_for(application_lot: ApplicationLot) -> list[tuple[RequiredDocument, Document | None]]:
    """Each policy that the lot asks for, with the one sent: of several the one that runs longest."""
    sent: dict[str, Document] = {}
    rows = application_lot.application.documents.filter(document__kind__in=INSURANCES)
    for row in rows.select_related("document").order_by("document__expires_on", "pk"):
        sent[row.document.kind] = row.document
    asked = RequiredDocument.objects.filter(lot=application_lot.lot_id, kind__in=INSURANCES)
    return [(required, sent.get(required.kind)) for required in asked]


def insurance_faults(application_lot: ApplicationLot, on: dt.date) -> list[str]:
    """Return a sentence for each policy that is missing, too low or not in force.

    An optional policy may be missing.
    """
    return [
        fault
        for required, document in insurance_asked_for(application_lot)
        if (fault := policy_fault(required, document, on))
    ]


def policy_fault(required: RequiredDocument, document: Document | None, on: dt.date) -> str:
    name = DocumentKind(required.kind).label
    if document is None:
        return f"{name} was not sent." if required.is_compulsory else ""
    if document.from_on and document.from_on > on:
        return f"{name} begins on {document.from_on:%-d %B %Y}."
    if document.expires_on and document.expires_on < on:
        return f"{name} expired on {document.expires_on:%-d %B %Y}."
    least, cover = required.minimum_cover or 0, document.cover_amount or 0
    if cover < least:
        return f"{name} covers £{cover:,}; the lot asks for £{least:,}."
    return ""


def asks_for_public_liability(application_lot: ApplicationLot) -> bool:
    asked = RequiredDocument.objects.filter(lot=application_lot.lot_id, kind=DocumentKind.PUBLIC_LIABILITY)
    return asked.exists()


def wording_faults(*, excludes_abuse: bool | None, has_inner_limit: bool | None) -> list[str]:
    """Return a sentence for each fault that an officer read in the policy's wording."""
    found = [EXCLUDES_ABUSE] if excludes_abuse else []
    return found + ([INNER_LIMIT] if has_inner_limit else [])
