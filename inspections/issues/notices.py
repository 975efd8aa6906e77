"""Letters about a stage: drafted when the stage is reached, sent by a person, never by the portal alone."""

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from inspections.issues.models import IssueNotice, StageMove
from inspections.issues.rules import check_council_may
from providers.directory.models import AgencyKind
from providers.people.models import User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.rules import Refused

OFSTED = "Ofsted"


def draft_notices(move: StageMove) -> list[IssueNotice]:
    """One for each of those whom the stage tells. Nothing in it but what the provider is told too."""
    labels = {kind.code: kind.label for kind in AgencyKind.objects.in_force(move.on)}
    drafted = []
    for kind in move.to_stage.notify:
        to = labels.get(kind, OFSTED if kind == "ofsted" else kind.replace("_", " ").capitalize())
        body = render_to_string("letters/issue_notice.txt", {"move": move, "issue": move.issue, "to": to})
        subject = f"{move.to_stage.name}: {move.issue.about}"[:200]
        drafted.append(
            IssueNotice.objects.create(
                issue=move.issue, move=move, to_kind=to, subject=subject, body=body.strip()
            )
        )
    return drafted


@transaction.atomic
def record_notice_sent(*, by: User, notice: IssueNotice, not_needed_reason: str = "") -> IssueNotice:
    """Sent by whatever means, or not needed and why not: either way somebody has seen to it."""
    notice = locked(notice, "issue__council")
    check_council_may(by, Permission.HANDLE_ISSUES, notice.issue)
    if notice.sent_at:
        raise Refused("Somebody has seen to this letter already.")
    notice.sent_by, notice.sent_at = by.membership, timezone.now()
    notice.not_needed_reason = not_needed_reason
    notice.save()
    return notice
