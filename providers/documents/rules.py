"""Rules for who may do what with a document. Each raises Refused with the sentence the page shows."""

import datetime as dt

from providers.documents import access_rules
from providers.documents.document_kinds import EXPIRES, INSURANCES, DocumentKind
from providers.documents.models import Document, manages_documents
from providers.people import roles
from providers.people.models import Membership, User
from providers.people.rules import check_acts_for, check_may
from qa_portal.core.access.permissions import Permission
from qa_portal.core.rules import Refused

OWNERS = "Only the organisation that uploaded this document can do this."
NOT_SERVED = {
    Document.Scan.WAITING: "The file is still waiting to be scanned for viruses. Try again in a few minutes.",
    Document.Scan.INFECTED: "A virus was found in this file, so it cannot be downloaded."
    " Ask the person who uploaded it for a clean copy.",
    Document.Scan.FAILED: "The file could not be scanned for viruses, so it cannot be downloaded yet."
    " Tell your administrator.",
}
READABLE = frozenset(Document.Scan) - NOT_SERVED.keys()
"""States in which a document counts as evidence: one that nobody can open does not."""


def check_can_store(user: User) -> None:
    check_may(user, Permission.VIEW_DOCUMENTS)


def check_can_add_to_library(user: User) -> None:
    """Check that the user answers for a provider: councils and agencies have no library."""
    check_may(user, Permission.ANSWER_FOR_PROVIDER)


def check_details(
    kind: str, *, cover_amount: int | None, from_on: dt.date | None, expires_on: dt.date | None
) -> None:
    if kind in EXPIRES and expires_on is None:
        raise Refused("Enter the expiry date: this kind of document expires.")
    if kind in INSURANCES and (cover_amount is None or from_on is None):
        raise Refused("Enter the cover amount and the start date of the policy.")
    if cover_amount is not None and kind not in INSURANCES:
        raise Refused(f"{DocumentKind(kind).label} has no cover amount.")
    if from_on and expires_on and expires_on < from_on:
        raise Refused("The expiry date cannot be before the start date.")


def check_is_served(document: Document) -> None:
    """Check that the contents are there and safe to hand out."""
    if document.is_removed:
        raise Refused("The contents of this document were removed. Its checksum and history are kept.")
    if sentence := NOT_SERVED.get(Document.Scan(document.scan_state)):
        raise Refused(sentence)


def check_owns(user: User, document: Document) -> None:
    """Check that the user uploaded the document or manages documents where it belongs."""
    check_acts_for(user, document.organisation, otherwise=OWNERS)
    scope = user.scope
    if document.uploaded_by.person_id != scope.person_id and not manages_documents(scope):
        raise Refused("Only the person who uploaded this document, or a manager, can do this.")


def check_can_remove(user: User, document: Document) -> None:
    check_owns(user, document)
    if document.is_removed:
        raise Refused("The contents of this document are removed already.")
    if not document.identifies_child:
        check_is_not_held(document)


def check_is_not_held(document: Document) -> None:
    if Document.objects.filter(access_rules.retention_holds(), pk=document.pk).exists():
        raise Refused(
            "A decision rests on this document, so its contents stay. Ask the council that decided."
        )


def check_can_replace(user: User, document: Document) -> None:
    check_can_add_to_library(user)
    check_acts_for(user, document.organisation, otherwise=OWNERS)
    if document.identifies_child:
        raise Refused("A document that identifies a child is not replaced: upload the other one by itself.")
    if Document.objects.filter(replaces=document, removed_at=None).exists():
        raise Refused("This document is replaced already: replace the newer one.")


def check_can_mark(user: User, document: Document) -> None:
    """Check that the user may mark the document as identifying a child; nobody may undo that.

    The owner cannot hide in this way what somebody else's decision rests on: its reader says so.
    """
    if document.is_removed:
        raise Refused("The contents of this document are removed already.")
    if document.identifies_child:
        raise Refused("This document is already marked as identifying a child.")
    if not Document.objects.visible_to(user).filter(pk=document.pk).exists():
        raise Refused("You do not see this document.")
    if document.organisation_id == user.scope.organisation_id:
        check_is_not_held(document)


def check_can_name_readers(user: User, document: Document) -> None:
    check_owns(user, document)
    if not document.identifies_child:
        raise Refused("Readers are named only for a document that identifies a child.")
    if document.is_removed:
        raise Refused("The contents of this document are removed already.")


def check_can_be_reader(membership: Membership) -> None:
    granted = roles.BY_KEY[membership.role].permissions
    if not membership.is_in_force or Permission.VIEW_DOCUMENTS not in granted:
        raise Refused("This person's role does not let them read documents.")
