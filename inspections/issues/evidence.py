"""Whether what an issue was opened for is still told by one of Ofsted's files, or only by a withdrawn one."""

from collections import defaultdict
from collections.abc import Iterable

from inspections.issues.models import ContractIssue
from inspections.ofsted.deteriorations import judged_words
from inspections.ofsted.importer.results import SUSPENDED
from inspections.ofsted.models import RegisterEntry, RegisterFile
from providers.directory.fields import name_key
from qa_portal.core.present import present

Source = ContractIssue.Source
FROM_FILES = (Source.JUDGEMENT, Source.SUSPENSION)


def withdrawn_files_behind(issues: Iterable[ContractIssue]) -> dict[int, RegisterFile]:
    """Return, by issue, the withdrawn file that told what it was opened for, where no other file tells the same."""
    issues = [issue for issue in issues if issue.source in FROM_FILES and not is_recorded_by_hand(issue)]
    if not issues:
        return {}
    entries = defaultdict(list)
    told = RegisterEntry.objects.filter(setting__in={issue.setting_id for issue in issues}).defer("cells")
    for entry in told.select_related("file__withdrawal").order_by("-file__as_at", "-file"):
        entries[entry.setting_id].append(entry)
    found = {}
    for issue in issues:
        telling = [entry for entry in entries[present(issue.setting_id)] if tells(entry, issue)]
        if telling and all(hasattr(entry.file, "withdrawal") for entry in telling):
            found[issue.pk] = telling[0].file
    return found


def is_recorded_by_hand(issue: ContractIssue) -> bool:
    inspection = issue.inspection
    return bool(inspection and inspection.source == inspection.Source.RECORDED)


def tells(entry: RegisterEntry, issue: ContractIssue) -> bool:
    """Return whether the register entry says the same grade of the same inspection, or that the registration is suspended.

    Of a suspension the day does not matter.
    """
    inspection = issue.inspection
    if inspection is None:
        return name_key(entry.registration_status) == SUSPENDED
    day = inspection.inspected_on and inspection.inspected_on.isoformat()
    return any(
        (
            said["event_number"] == inspection.event_number
            if said["event_number"]
            else said["inspected_on"] == day
        )
        and judged_words(inspection, said["grade"]) == issue.title
        for said in entry.inspections
    )
