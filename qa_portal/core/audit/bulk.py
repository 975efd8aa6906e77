"""Many rows, each with values of its own, written or deleted with their history."""

from collections.abc import Mapping, Sequence

from django.db import models, transaction

from qa_portal.core.audit.models import plain_manager
from qa_portal.core.stops import check_may_write

BATCH = 500


def set_values(row: models.Model, values: Mapping[str, object]) -> set[str]:
    """Set the values and return the names of the fields that changed. Relations are compared by key, without a query."""
    names = set()
    for name, value in values.items():
        column = row._meta.get_field(name).attname  # type: ignore[union-attr]  # named fields have a column
        key = value.pk if isinstance(value, models.Model) else value
        if getattr(row, column) != key:
            setattr(row, name, value)
            names.add(name)
    return names


def audited_save(rows: Sequence, fields: Sequence[str], *, reason: str = "") -> None:
    """Write `fields` of rows that the caller read and locked in this transaction: two statements a batch.

    An upsert, because `bulk_update` builds a CASE of every row for every field.
    """
    if not rows:
        return
    check_may_write()
    model = type(rows[0])
    for row in rows:
        row.row_version += 1
    with transaction.atomic():
        plain_manager(model).bulk_create(  # audit-ok: history is the next statement
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=[*fields, "row_version"],
        )
        model.history.bulk_history_create(rows, batch_size=BATCH, update=True, default_change_reason=reason)


def audited_delete(rows: Sequence) -> None:
    """Delete rows that the caller read and locked in this transaction: two statements a batch.

    Nothing cascades: the database refuses a row that others point at.
    """
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        model = type(batch[0])
        with transaction.atomic():
            doomed = plain_manager(model).filter(pk__in=[row.pk for row in batch])
            doomed._raw_delete(doomed.db)  # audit-ok: history is the next statement
            model.history.bulk_history_delete(batch, batch_size=BATCH)
