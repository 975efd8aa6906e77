"""Rows that are read again and locked, so that what a rule finds stays true until it is written."""

from typing import TypeVar

from django.db import models

from qa_portal.core.audit.models import StaleObject

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, *related: str, version: int | None = None) -> Row:
    """Return `row` as it is now, locked until the transaction ends, with its `related` rows (not locked).

    Raise StaleObject where somebody saved it since the page showed `version`, and DoesNotExist where it is gone.

    The lock is taken before the rows are joined. PostgreSQL gives whoever waited the row as it is now and the
    joined rows as they were before the wait: where the row points elsewhere by now, it would find nothing.
    """
    rows = type(row)._default_manager
    fresh = rows.select_for_update().get(pk=row.pk)
    if related:
        fresh = rows.select_related(*related).get(pk=row.pk)
    if version is not None and fresh.row_version != version:  # type: ignore[attr-defined]  # audited rows have it
        raise StaleObject.of(fresh)
    return fresh
