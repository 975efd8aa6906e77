"""Which tables the guard watches, as plain names read from the models."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from simple_history.utils import get_history_manager_for_model

from qa_portal.core.audit.models import AppendOnlyModel


@dataclass(frozen=True)
class TrackedTable:
    base: str
    key: str
    history: str
    columns: tuple[str, ...]


def is_tracked(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute") and not model._meta.proxy


def tracked_tables(connection) -> Iterator[TrackedTable]:
    """Tracked tables that stand in the database with every column the models name.

    In the middle of a partial migration a table may be older than its model; it is left out until its turn.
    """
    for model in apps.get_models():
        if not is_tracked(model):
            continue
        history = get_history_manager_for_model(model).model
        columns = tuple(field.column for field in history.tracked_fields)
        key = str(model._meta.pk.column)
        table = TrackedTable(model._meta.db_table, key, history._meta.db_table, columns)
        if _columns(connection, table.base) >= set(columns) <= _columns(connection, table.history):
            yield table


def append_only_tables(connection) -> Iterator[str]:
    """Tables of append-only models; history tables are not named here, they follow their base table."""
    for model in apps.get_models():
        if issubclass(model, AppendOnlyModel) and _columns(connection, model._meta.db_table):
            yield model._meta.db_table


def _columns(connection, table: str) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select name from pragma_table_info(%s)", [table])  # audit-ok: reads the catalogue
        else:
            cursor.execute(  # audit-ok: reads the catalogue
                "select column_name from information_schema.columns"
                " where table_schema = current_schema() and table_name = %s",
                [table],
            )
        return {name for (name,) in cursor.fetchall()}
