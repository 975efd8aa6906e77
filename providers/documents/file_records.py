"""Matches stored files with the documents they belong to, for the sweep, the commands and the health page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from providers.documents import quarantine
from providers.documents.models import Document
from providers.documents.storage import name_for, stored_names
from qa_portal.core.installation import Contents


def id_of(name: str) -> UUID | None:
    """Return the id of the document that a file of this name belongs to, or None for a name that is no id."""
    try:
        return UUID(hex=name.rpartition("/")[2])
    except ValueError:
        return None


def _ids_of(names: Iterable[str]) -> list[UUID]:
    return [found for name in names if (found := id_of(name))]


def with_contents(names: Iterable[str]) -> set[str]:
    """Return those of `names` (the last parts) whose document has contents, as its row says."""
    rows = Document.objects.filter(public_id__in=_ids_of(names), removed_at=None)
    return {public_id.hex for public_id in rows.values_list("public_id", flat=True)}


def with_emptied_document(names: Iterable[str]) -> set[str]:
    """Return those of `names` whose document was emptied: its row says that the contents may go."""
    rows = Document.objects.filter(public_id__in=_ids_of(names), removed_at__isnull=False)
    return {public_id.hex for public_id in rows.values_list("public_id", flat=True)}


def contents() -> Contents:
    """Count the stored files, and those that any row of this database knows."""
    files = known = 0
    for _, names in stored_names():
        files += len(names)
        known += Document.objects.filter(public_id__in=_ids_of(names)).count()
    return Contents(files, known)


@dataclass(frozen=True)
class Comparison:
    """Files without a row, by name in storage; and documents whose contents lie nowhere, by id."""

    without_row: list[str]
    without_file: list[str]
    in_quarantine: list[str]


def compare() -> Comparison:
    """Look through all of the storage and all documents that have contents."""
    lying: set[str] = set()
    without_row: list[str] = []
    for folder, names in stored_names():
        known = with_contents(names)
        lying |= known
        without_row += [f"{folder}/{name}" for name in sorted(set(names) - known)]
    aside = {file.former for file in quarantine.all_quarantined()}
    missing: list[str] = []
    set_aside: list[str] = []
    for public_id in _documents_with_contents():
        if public_id.hex not in lying:
            (set_aside if name_for(public_id) in aside else missing).append(str(public_id))
    return Comparison(without_row, missing, set_aside)


def _documents_with_contents() -> Iterator[UUID]:
    rows = Document.objects.filter(removed_at=None).order_by("pk")
    return rows.values_list("public_id", flat=True).iterator()
