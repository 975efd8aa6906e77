"""What an import changes, as a page tells it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """`urns` is left out where a list of thousands would tell nobody anything."""

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
    "gone": ("Gone from the file", "In the file before it, and not in this one. This closes nothing."),
    "moved": ("Moved", "Under another authority than before. Their past stays where it was."),
    "flagged": ("Flagged", "Published grades that break Ofsted’s own limiting rules. Kept as published."),
    "changed": ("Changed", "Any difference from the file before it."),
    "unchanged": ("Unchanged", "The same as in the file before it."),
}


def parts_of(result: Mapping[str, list]) -> list[Part]:
    return [
        Part(label, meaning, len(result[key]), [] if key == "unchanged" else result[key])
        for key, (label, meaning) in PARTS.items()
    ]
