"""Words for the changes an import makes, as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.ofsted.importer.import_requests import ImportRequest
from providers.directory.models import Setting
from qa_portal.core.present import present

NAMED = 5


@dataclass(frozen=True)
class ChangeKind:
    """One kind of change. `urns` is left out if a list of thousands would be of no use."""

    label: str
    meaning: str
    count: int
    urns: list[str]


PARTS = {
    "new": ("New", "Not in the file before it."),
    "newly_inadequate": ("Newly inadequate", "Now in the lowest grade of their scale."),
    "declined": ("Declined", "A lower grade than before, on the same scale."),
    "improved": ("Improved", "A higher grade than before, on the same scale."),
    "suspended": ("Suspended", "Registration newly suspended."),
    "gone": (
        "Removed from Ofsted’s list",
        "On the list before, but not in this file. This does not close the setting.",
    ),
    "moved": ("Moved", "Now under another authority. Their history stays with the old one."),
    "flagged": ("Flagged", "Published grades that break Ofsted’s own limiting rules. Kept as published."),
    "changed": ("Changed", "Any difference from the file before it."),
    "unchanged": ("Unchanged", "The same as in the file before it."),
}


@dataclass(frozen=True)
class GoneWarning:
    """Warning before an import that would remove much of Ofsted's list.

    `first` are the first to be removed.
    """

    leaving: int
    listed: int
    first: list[Setting]

    @property
    def share(self) -> str:
        return f"{self.leaving / self.listed:.0%}"

    @property
    def more(self) -> int:
        return self.leaving - len(self.first)


def warning_of(asked: ImportRequest) -> GoneWarning | None:
    if not asked.takes_too_many:
        return None
    result = present(asked.result)
    leaving = result["leaving"]
    first = Setting.objects.filter(urn__in=leaving[:NAMED]).select_related("provision_type")
    return GoneWarning(len(leaving), result["listed"], list(first))


def parts_of(result: Mapping[str, list]) -> list[ChangeKind]:
    return [
        ChangeKind(label, meaning, len(result[key]), [] if key == "unchanged" else result[key])
        for key, (label, meaning) in PARTS.items()
    ]


WITHDRAWAL_PARTS = {
    "back": ("Back on Ofsted’s list", "Not in the withdrawn file, and on the list without it."),
    "gone": ("No longer on Ofsted’s list", "Only the withdrawn file listed them."),
    "changed": ("Settings changed", "Their details now follow the other files."),
    "owners": ("Owners changed", "Their owners now follow the other files."),
    "inspections": (
        "Inspections removed",
        "Only the withdrawn file had these inspections.",
    ),
    "inspections_changed": ("Inspections changed", "The other files have different details."),
}


def withdrawal_parts(result: Mapping[str, list]) -> list[ChangeKind]:
    return [
        ChangeKind(label, meaning, len(result[key]), result[key])
        for key, (label, meaning) in WITHDRAWAL_PARTS.items()
    ]
