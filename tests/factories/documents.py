"""Documents stored by the service, as a page would."""

from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.services import store_document
from providers.people.models import User
from qa_portal.core.audit.audit_context import audit_as
from tests.factories import files


def a_document(
    by: User, *, text: str = "Nothing in particular", name: str = "policy.txt", **facts
) -> Document:
    facts = {"kind": DocumentKind.OTHER_POLICY, "identifies_child": False} | facts
    with audit_as(person_id=by.person_id, organisation_id=by.scope.organisation_id, role=by.scope.role):
        return store_document(by=by, upload=files.upload(text.encode(), name), **facts)
