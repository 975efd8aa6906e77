"""Which tables the guard watches, as plain names read from the models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from qa_portal.core.audit.models import AppendOnlyModel

AUTHOR = ("user_id", "person_id", "organisation_id", "role")
"""Columns of an author, in the order of `Actor.author`; those of history begin with `history_`."""
ColumnsByTable = Mapping[str, frozenset[str]]
"""Names of columns, by table, as they stand in the database."""


@dataclass(frozen=True)
class WrittenOnce:
    """A table whose rows are never changed. `author` and `moment` are columns, or empty where there are none."""

    name: str
    author: tuple[str, ...]
    moment: str


@dataclass(frozen=True)
class TrackedTable:
    base: str
    key: str
    history: str
    columns: tuple[str, ...]
    written: WrittenOnce


def is_tracked(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute") and not model._meta.proxy


def columns_by_table(connection) -> ColumnsByTable:
    """Return the columns of every table, in one statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(  # audit-ok: reads the catalogue
                "select tables.name, columns.name from sqlite_master tables, pragma_table_info(tables.name) columns"
                " where tables.type = 'table'"
            )
        else:
            cursor.execute(  # audit-ok: reads the catalogue
                "select relname, attname from pg_class join pg_attribute on attrelid = pg_class.oid"
                " where relkind in ('r', 'p') and attnum > 0 and not attisdropped"
                " and relnamespace = current_schema()::regnamespace"
            )
        found: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}


def tracked_tables(connection, present: ColumnsByTable | None = None) -> Iterator[TrackedTable]:
    """Tracked tables that stand in the database with every column the models name.

    In the middle of a partial migration a table may be older than its model; it is left out until its turn.
    """
    present = columns_by_table(connection) if present is None else present
    for model in apps.get_models():
        if not is_tracked(model):
            continue
        history = get_history_manager_for_model(model).model
        columns = tuple(field.column for field in history.tracked_fields)
        table = TrackedTable(
            model._meta.db_table,
            str(model._meta.pk.column),
            history._meta.db_table,
            columns,
            written_once(history, "history_", "history_date"),
        )
        if _columns_of(present, table.base) >= set(columns) <= _columns_of(present, table.history):
            yield table


def append_only_tables(connection, present: ColumnsByTable | None = None) -> Iterator[WrittenOnce]:
    """Tables of append-only models; history tables are not named here, they follow their base table."""
    present = columns_by_table(connection) if present is None else present
    for model in apps.get_models():
        if issubclass(model, AppendOnlyModel):
            stamps = [str(field.column) for field in model._meta.concrete_fields if is_stamp(field)]
            moment = stamps[0] if stamps and model.is_stamped_when_written else ""
            table = written_once(model, "", moment)
            if table.name in present and present[table.name] >= {*table.author, table.moment} - {""}:
                yield table


def is_stamp(field: models.Field) -> bool:
    """Return whether the field holds the moment at which its row was written."""
    return isinstance(field, models.DateTimeField) and field.default is timezone.now


def written_once(model: type[models.Model], prefix: str, moment: str) -> WrittenOnce:
    columns = {field.column for field in model._meta.concrete_fields}
    author = tuple(f"{prefix}{name}" for name in AUTHOR)
    return WrittenOnce(model._meta.db_table, author if columns >= set(author) else (), moment)


def tables_written_once() -> frozenset[str]:
    """Names of all history and append-only tables, as the models name them."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, AppendOnlyModel) or hasattr(model, "tracked_fields")
    )


def _columns_of(present: ColumnsByTable, table: str) -> frozenset[str]:
    return present.get(table, frozenset())
