"""What the database's planner is told of tables that a transaction has just filled."""

from django.db import connection
from django.db.models import Model


def analyze_tables(*models: type[Model]) -> None:
    """PostgreSQL counts the rows of a table some time after a transaction has ended. What the same transaction
    reads next, and what follows it at once, would be planned as for the empty table of before: a join of
    a register's judgements then takes minutes in place of a tenth of a second. The tables of history are counted
    with their own: the audit guard looks into them for every row at the commit.

    A table that somebody maintains at that moment keeps its old count: no import fails for want of a count.
    SQLite plans without counts, and does nothing here.
    """
    if connection.vendor != "postgresql":
        return
    histories = [model.history.model for model in models if hasattr(model, "history")]
    names = [one._meta.db_table for one in (*models, *histories)]
    with connection.cursor() as cursor:
        cursor.execute("select audit_analyze_tables(%s)", [names])  # audit-ok: counts, changes no row
