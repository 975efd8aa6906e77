"""Comparison of a file that is not stored yet with the files that are."""

from collections.abc import Sequence
from typing import cast

from inspections.ofsted.importer.active_rows import active_rows, is_covered, uncorrected
from inspections.ofsted.importer.completing import completed
from inspections.ofsted.importer.covered_fields import spoken_anywhere
from inspections.ofsted.importer.results import FeedResult, compare, urns_of
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reader.shapes import FileKind, FileScope, RowFault


def compare_with_active(
    file: RegisterFile, entries: Sequence[RegisterEntry], refused: Sequence[RowFault]
) -> FeedResult:
    """Return what the file changes since the day before it, and which settings would leave the list of its day."""
    older = list(RegisterFile.objects.active().before(file.as_at).light().in_order())
    earlier = [one for one in uncorrected(older) if not corrects(file, one)]
    held = {urn: entry for urn, (_, entry) in active_rows(earlier, older, said=True).items()}
    result = compare(
        as_at=file.as_at,
        entries=completed(entries, file, older),
        refused=refused,
        earlier=held if earlier else None,
        has_previous=any(field.startswith("previous:") for field in spoken_anywhere(file)),
        is_covered=lambda entry: is_covered(file, entry),
    )
    present = urns_of(entries, refused)
    if any(corrects(file, one) for one in older):
        held = {urn: entry for urn, (_, entry) in active_rows(uncorrected(older), older).items()}
    listed = [urn for urn, entry in held.items() if is_covered(file, entry)]
    result.scope = FileScope(cast(FileKind, file.scope_kind), file.scope_name)
    result.listed, result.leaving = len(listed), [urn for urn in listed if urn not in present]
    return result


def corrects(file: RegisterFile, other: RegisterFile) -> bool:
    """Return whether the file replaces one of its own day."""
    same_scope = (file.scope_kind, file.scope_name) == (other.scope_kind, other.scope_name)
    return file.as_at == other.as_at and (file.is_whole or same_scope)
