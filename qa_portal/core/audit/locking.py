"""Rows that are read again and locked, so that what a rule finds stays true until it is written."""

from typing import TypeVar

from django.db import models

from qa_portal.core.audit.models import StaleObject

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, *related: str, version: int | None = None) -> Row:
    """Return `row` as it is now, locked until the transaction ends, with its `related` rows (not locked).

    Raise StaleObject where somebody saved it since the page showed `version`, and DoesNotExist where it is gone.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",))
    fresh = (rows.select_related(*related) if related else rows).get(pk=row.pk)
    if version is not None and fresh.row_version != version:  # type: ignore[attr-defined]
        raise StaleObject.of(fresh)
    return fresh
