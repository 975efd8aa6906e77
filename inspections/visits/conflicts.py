"""What two people wrote on one row, compared with what both began from. Nothing is overwritten unseen."""

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
    """Only one side changed: that one counts. Both changed, and differently: a person must choose."""
    if mine in (theirs, base):
        return MergeOutcome.LEAVE
    return MergeOutcome.WRITE if theirs == base else MergeOutcome.CONFLICT


@dataclass(frozen=True)
class EditConflict:
    """`key` names the row on the page; `version` is theirs, for the choice that follows."""

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
    """The values at `version` of a row, blank for version 0: what the page was drawn from."""
    if row.pk is None or version == 0:
        return blank
    if version == row.row_version:
        return values_of(row, columns)
    then = type(row).history.filter(**{row._meta.pk.attname: row.pk}, row_version=version).first()
    return values_of(then, columns) if then else blank


def edit_conflict(row, *, key: str, label: str, mine: Mapping, columns) -> EditConflict:
    """With who wrote what stands now, and when, from its history."""
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
