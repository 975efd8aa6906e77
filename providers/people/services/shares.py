from typing import Any

from django.db import transaction

from providers.people.models import Organisation, Share, User
from providers.people.rules import check_may, own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


@transaction.atomic
def share_cases(*, by: User, reader: Organisation, kind: str, from_on: Any, reason: str) -> Share:
    """Share the acting council's cases of `kind` with `reader` from a day on; an agency gets scorecards alone."""
    check_may(by, Permission.MANAGE_SHARES)
    owner = own_organisation(by)
    if reader.pk == owner.pk:
        raise Refused("A council sees its own cases already: choose another council.")
    if reader.kind != OrganisationKind.COUNCIL and kind != Share.Kind.SCORECARDS:
        raise Refused("A partner agency reads scorecards only: cases are shared with councils.")
    if Share.objects.filter(owner=owner, reader=reader, kind=kind, to_on=None).exists():
        raise Refused(f"{Share.Kind(kind).label} are already shared with {reader}.")
    share = Share(owner=owner, reader=reader, kind=kind, from_on=from_on)
    share._change_reason = reason
    share.save()
    return share


@transaction.atomic
def end_share(*, by: User, share: Share, reason: str) -> None:
    """End the share from today; what was read before stays in the access log."""
    check_may(by, Permission.MANAGE_SHARES)
    if share.owner_id != by.scope.organisation_id:
        raise Refused("Only the council that shares can end it.")
    if share.to_on:
        raise Refused("This share has already ended.")
    share.to_on, share._change_reason = max(today(), share.from_on), reason
    share.save()
