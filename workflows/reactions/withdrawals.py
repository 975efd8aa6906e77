"""A withdrawn file of Ofsted's undoes no decision: the councils whose issues rest on it are told, and so are importers."""

from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse

from inspections.issues.evidence import FROM_FILES, withdrawn_files_behind
from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.withdrawing import Withdrawn, withdraw_file
from inspections.ofsted.models import RegisterFile
from providers.notifications.kinds import COUNCIL, MessageKind, register
from providers.notifications.services import About, notify_all, notify_holders
from providers.people.models import User
from providers.people.selectors import holders_anywhere
from qa_portal.core.access.permissions import Permission

FILE_WITHDRAWN = register(
    MessageKind(
        key="ofsted_file_withdrawn",
        label="An Ofsted file was withdrawn",
        text="An imported Ofsted file was withdrawn. Its page says who withdrew it, why, and what that changed.",
        audience=COUNCIL,
    )
)
EVIDENCE_WITHDRAWN = register(
    MessageKind(
        key="issue_evidence_withdrawn",
        label="The Ofsted file behind a contract issue was withdrawn",
        text=(
            "The Ofsted file that this issue rests on was withdrawn. Nothing was undone: deadlines still run."
            " Decide whether to keep the issue open, and any suspension of placements with it."
        ),
        urgent=True,
        compulsory=True,
        audience=COUNCIL,
    )
)


@dataclass
class WithdrawnWithIssues:
    """The withdrawal, and the open issues that rest on the file."""

    withdrawn: Withdrawn
    issues: list[ContractIssue] = field(default_factory=list)


@transaction.atomic
def withdraw_and_notify(*, by: User | None, file: RegisterFile, reason: str) -> WithdrawnWithIssues:
    withdrawn = withdraw_file(by=by, file=file, reason=reason)
    if not withdrawn.is_new:
        return WithdrawnWithIssues(withdrawn)
    issues = issues_resting_on(file)
    for issue in issues:
        notify_holders(
            permission=Permission.HANDLE_ISSUES,
            organisation=issue.council,
            key=f"{EVIDENCE_WITHDRAWN.key}:{file.public_id}:{issue.public_id}",
            kind=EVIDENCE_WITHDRAWN,
            about=About(
                path=reverse("issue", args=[issue.public_id]),
                council=issue.council,
                setting=issue.setting,
                subject_kind="issue",
                subject_id=issue.public_id,
            ),
        )
    importers = holders_anywhere(Permission.IMPORT_REGISTER)
    notify_all(
        to=importers.exclude(person=by.person_id) if by else importers,
        key=f"{FILE_WITHDRAWN.key}:{file.public_id}",
        kind=FILE_WITHDRAWN,
        about=About(path=reverse("ofsted_file", args=[file.public_id])),
        facts={"on": file.as_at},
    )
    return WithdrawnWithIssues(withdrawn, issues)


def issues_resting_on(file: RegisterFile) -> list[ContractIssue]:
    """Open ones, of settings in the file, that no other file bears out."""
    issues = ContractIssue.objects.open().filter(source__in=FROM_FILES)
    issues = issues.filter(setting__in=file.entries.order_by().values("setting"))
    issues = list(issues.select_related("council", "setting", "inspection__inspection_type").order_by("pk"))
    behind = withdrawn_files_behind(issues)
    return [issue for issue in issues if issue.pk in behind]
