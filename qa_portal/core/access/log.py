"""The access log: who looked at what is restricted. Written before the answer leaves."""

from qa_portal.core.access.models import AccessEvent
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.rules import Refused


def record_access(
    *, by, item: str, item_id: str | int, purpose: str = AccessEvent.Purpose.VIEWED
) -> AccessEvent:
    """`item` is the record's kind in words ("call-back record"); never a name or an address."""
    scope = scope_of(by)
    if scope.person_id is None or scope.organisation_id is None:
        raise Refused("Choose whom you are acting for first.")
    who = {
        "user_id": by.pk,
        "person_id": scope.person_id,
        "organisation_id": scope.organisation_id,
        "role": scope.role,
    }
    with audit_as(**who) as actor:  # the database takes a row only from the author that it names
        return AccessEvent.objects.create(
            **who, purpose=purpose, item=item, item_id=str(item_id), request_id=actor.request_id
        )
