"""The filtered register as rows of a file: what the page shows, and no address."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from qa_portal.portal.directory.selectors import with_grades

if TYPE_CHECKING:
    from qa_portal.portal.directory.selectors import DirectoryRow

HEADER = (
    "URN",
    "Name",
    "Type",
    "Registration",
    "Authority",
    "Owner",
    "Current grade",
    "Scale",
    "Date of inspection",
    "Places",
    "In use",
)
AT_A_TIME = 500


def directory_rows(settings) -> Iterator[tuple]:
    """Read in pages, because the grades of a page are one query."""
    for page in Paginator(settings, AT_A_TIME):
        yield from map(register_row, with_grades(page.object_list))


def register_row(setting: "DirectoryRow") -> tuple:
    current = setting.current
    return (
        setting.urn,
        setting.display_name,
        str(setting.provision_type or ""),
        str(setting.registration_state or ""),
        str(setting.authority or ""),
        setting.owner_name or "",
        setting.grade,
        current.scale.label if current else "",
        current.inspected_on if current else None,
        setting.places,
        "Yes" if setting.in_use else "Not confirmed yet" if setting.is_declared else "",
    )
