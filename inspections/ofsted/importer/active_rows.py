"""Rows of the register after some files: the last whole file, and the partial ones that came after it."""

from collections.abc import Sequence

from inspections.ofsted.importer.completing import completed, lacks
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reader.cells import owner_key
from providers.directory.fields import name_key

Held = tuple[RegisterFile, RegisterEntry]
HEAVY = ("cells", "enforcement")


def active_rows(
    files: Sequence[RegisterFile], older: Sequence[RegisterFile] | None = None, *, said: bool = False
) -> dict[str, Held]:
    """Return rows by URN, with the file each is from; `files` in their order, without corrected ones.

    `older` has the corrected ones too: if a correction lacks a column, they still supply it. With `said`,
    each row has its inspections.
    """
    rows: dict[str, Held] = {}
    for file in from_last_whole(files):
        if file.is_whole:
            rows = {}
        else:
            rows = {urn: held for urn, held in rows.items() if not is_covered(file, held[1])}
        for entry in rows_of(file, files if older is None else older, said=said):
            rows.pop(entry.urn, None)
            rows[entry.urn] = file, entry
    return rows


def from_last_whole(files: Sequence[RegisterFile]) -> Sequence[RegisterFile]:
    start = max((index for index, file in enumerate(files) if file.is_whole), default=0)
    return files[start:]


def rows_of(file: RegisterFile, files: Sequence[RegisterFile], *, said: bool = False) -> list[RegisterEntry]:
    """Return the file's entries, completed from those of `files` that come before it."""
    older = [one for one in files if order(one) < order(file)]
    incomplete = lacks(file, older)
    entries = list(
        RegisterEntry.objects.filter(file=file)
        .defer(*HEAVY, *(() if said or incomplete else ("inspections",)))
        .order_by("line", "pk")
    )
    return completed(entries, file, older) if incomplete else entries


def order(file: RegisterFile) -> tuple:
    return file.as_at, file.pk


def is_covered(file: RegisterFile, entry: RegisterEntry) -> bool:
    return file.covers(name_key(entry.local_authority), owner_key(entry.owner))


def uncorrected(files: Sequence[RegisterFile]) -> list[RegisterFile]:
    """Return the files that no later one of the same day and scope corrects: `in_force` of a list."""
    return [
        file
        for file in files
        if not any(
            later.as_at == file.as_at
            and later.pk > file.pk
            and (later.is_whole or (later.scope_kind, later.scope_name) == (file.scope_kind, file.scope_name))
            for later in files
        )
    ]
