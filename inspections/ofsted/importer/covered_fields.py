"""Fields that a file's columns cover. A field without a column is unknown from that file, never blank."""

import re
from functools import lru_cache

from inspections.ofsted.models import RegisterFile
from inspections.ofsted.reader.columns import columns_of

TOLD_APART = re.compile(r" \(column \d+\)$")
NUMBER, DAY = "event_number", "inspected_on"


def fields_by_cell(file: RegisterFile, sheet: str) -> tuple[str, ...]:
    """Return our name for each cell of an entry of this sheet, in order; "" for a column unread.

    Files imported before `fields` was kept are read again by their headings.
    """
    kept = file.fields.get(sheet)
    return tuple(kept) if kept is not None else _read_again(tuple(file.headings.get(sheet, ())))


@lru_cache(maxsize=256)
def _read_again(headings: tuple[str, ...]) -> tuple[str, ...]:
    columns = columns_of([TOLD_APART.sub("", heading) for heading in headings], [])
    by_index = {column.index: column.field or "" for column in columns}
    return tuple(by_index.get(index, "") for index in range(len(headings)))


def spoken_by_sheet(file: RegisterFile) -> dict[str, frozenset[str]]:
    sheets = file.fields or file.headings
    return {sheet: frozenset(fields_by_cell(file, sheet)) - {""} for sheet in sheets}


def spoken_anywhere(file: RegisterFile) -> frozenset[str]:
    return frozenset().union(*spoken_by_sheet(file).values())


def is_unidentified(kind: str, number: str, day: object, speaks: frozenset[str]) -> bool:
    """Return whether the column that identifies the inspection is missing in this file."""
    lacks = not {f"{kind}:{NUMBER}", f"{kind}:{DAY}"} <= speaks
    return lacks and not number and not day
