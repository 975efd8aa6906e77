"""Compares what two people wrote on one row with the version that both started from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from providers.people.models import Person


class MergeOutcome(Enum):
    LEAVE = "leave"
    WRITE = "write"
    CONFLICT = "conflict"


def merge_edit(*, base: Mapping, mine: Mapping, theirs: Mapping) -> MergeOutcome:
    """Keep the side that alone changed; where both changed differently, a person must choose."""
    if mine in (theirs, base):
        return MergeOutcome.LEAVE
    return MergeOutcome.WRITE if theirs == base else MergeOutcome.CONFLICT


@dataclass(frozen=True)
class EditConflict:
    """Two different edits of one row.

    `key` names the row on the page; `version` is that of the other edit.
    """

    key: str
    label: str
    mine: Mapping
    theirs: Mapping
    version: int
    who: str
    when: dt.datetime


def values_of(row, columns) -> dict:
    return {column: getattr(row, column) for column in columns}


def base_values(row, version: int, columns, blank: Mapping) -> Mapping:
    """Return the values of a row at `version`, from which the page was drawn; blank for version 0."""
    if row.pk is None or version == 0:
        return blank
    if version == row.row_version:
        return values_of(row, columns)
    then = type(row).history.filter(**{row._meta.pk.attname: row.pk}, row_version=version).first()
    return values_of(then, columns) if then else blank


def edit_conflict(row, *, key: str, label: str, mine: Mapping, columns) -> EditConflict:
    """Build the conflict, with who wrote the other value and when from the row's history."""
    latest = row.history.latest()
    person = Person.objects.select_related("details").filter(pk=latest.history_person_id).first()
    return EditConflict(
        key=key,
        label=label,
        mine=mine,
        theirs=values_of(row, columns),
        version=row.row_version,
        who=person.name if person else "The system",
        when=latest.history_date,
    )
