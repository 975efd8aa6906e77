"""The history of any audited record, told in words: who, for whom, when, what changed, why."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import formats, timezone

QUIET_FIELDS = {"id", "row_version", "public_id"}
VERBS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class TimelineEntry:
    when: dt.datetime
    who: str
    acting_for: str
    headline: str
    changes: list[Change] = field(default_factory=list)
    why: str = ""


class By(NamedTuple):
    """`tells_why` is False where the reason given is that organisation's own."""

    who: str
    acting_for: str
    tells_why: bool = True


Names = Callable[[list], list[By]]
"""Of each history row."""


def timeline(*records: models.Model, names: Names, limit: int = 50) -> list[TimelineEntry]:
    """Newest first, over records that are read as one. Two queries for each model, and those of `names`."""
    by_model: dict[type[models.Model], list] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record.pk)
    rows = [pair for model, keys in by_model.items() for pair in _with_previous(model, keys, limit)]
    rows.sort(key=lambda pair: (pair[0].history_date, pair[0].history_id), reverse=True)
    rows = rows[:limit]
    told = names([row for row, _ in rows])
    return [_entry(row, previous, by) for (row, previous), by in zip(rows, told, strict=True)]


def _with_previous(model, keys: list, limit: int) -> list[tuple]:
    """Return the newest history rows of `keys`, each with the previous row of the same record."""
    history, key = model.history, model._meta.pk.name
    before = history.filter(**{key: OuterRef(key)}, history_id__lt=OuterRef("history_id"))
    related = getattr(model, "timeline_related", [f.name for f in model._meta.fields if f.is_relation])
    rows = (
        history.filter(**{f"{key}__in": keys})
        .annotate(before_id=Subquery(before.order_by("-history_id").values("history_id")[:1]))
        .select_related(*related)
        .order_by("-history_id")[:limit]
    )
    rows = list(rows)
    earlier = history.select_related(*related).in_bulk({row.before_id for row in rows} - {None})
    return [(row, earlier.get(row.before_id)) for row in rows]


def _entry(row, previous, by: By) -> TimelineEntry:
    return TimelineEntry(
        when=row.history_date,
        who=by.who,
        acting_for=by.acting_for,
        headline=_headline(row),
        changes=[] if row.history_type == "-" else _changes(row, previous),
        why=(row.history_change_reason or "") if by.tells_why else "",
    )


def _headline(row) -> str:
    """Return what happened and, where the model names its rows, to which record."""
    model = row.instance_type
    told = f"{str(model._meta.verbose_name).capitalize()} {VERBS[row.history_type]}"
    return f"{told}: {model.timeline_subject(row)}" if hasattr(model, "timeline_subject") else told


def _changes(row, previous) -> list[Change]:
    """Columns in a model's `timeline_quiet` go with another that tells the same."""
    changes, quiet = [], QUIET_FIELDS | set(getattr(row.instance_type, "timeline_quiet", ()))
    for column in row.tracked_fields:
        if column.name in quiet:
            continue
        new, old = _words(row, column), _words(previous, column) if previous else ""
        if new != old:
            changes.append(Change(label=str(column.verbose_name).capitalize(), old=old, new=new))
    return changes


def _words(row, column) -> str:
    value = getattr(row, column.attname)
    if value is None or value == "":
        return ""
    if column.is_relation:
        return _related_words(row, column)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, dt.date):
        return formats.date_format(value, "j F Y")
    return str(value)


def _related_words(row, column) -> str:
    """Return the name of the related record, which may be gone: history keeps its number without a constraint."""
    try:
        target = getattr(row, column.name)
    except column.remote_field.model.DoesNotExist:
        target = None
    return str(target) if target is not None else f"number {getattr(row, column.attname)}"
