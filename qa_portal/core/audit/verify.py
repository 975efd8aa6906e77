"""Does every live row equal its newest history row? Asked after every migrate."""

from django.core.management.base import CommandError

from qa_portal.core.audit.tables import TrackedTable, tracked_tables

SHOWN = 5


class HistoryDiffers(CommandError):
    """Live rows that no history row explains."""


def differing_rows(connection, table: TrackedTable) -> list[int]:
    """Keys whose live row and newest history row differ, or of which only one stands."""
    same = "is" if connection.vendor == "sqlite" else "is not distinct from"
    equal = " and ".join(f'live."{column}" {same} newest."{column}"' for column in table.columns)
    newest = (
        f'(select * from "{table.history}" entry where not exists (select 1 from "{table.history}" later'
        f' where later."{table.key}" = entry."{table.key}" and later.history_id > entry.history_id))'
    )
    statement = (
        f'select live."{table.key}" from "{table.base}" live left join {newest} newest'
        f' on newest."{table.key}" = live."{table.key}"'
        f" where newest.history_id is null or newest.history_type = '-' or not ({equal})"
        f' union all select newest."{table.key}" from {newest} newest left join "{table.base}" live'
        f' on live."{table.key}" = newest."{table.key}"'
        f" where newest.history_type <> '-' and live.\"{table.key}\" is null"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)  # audit-ok: reads only
        return [key for (key,) in cursor.fetchall()]


def check_live_rows(connection) -> None:
    """Raise HistoryDiffers naming the tables and the first keys; migrate then ends with an error."""
    faults = {table.base: differing_rows(connection, table) for table in tracked_tables(connection)}
    told = [
        f"{name}: {len(keys)} row(s), first {', '.join(map(str, keys[:SHOWN]))}"
        for name, keys in faults.items()
        if keys
    ]
    if told:
        raise HistoryDiffers(
            "The audit history does not explain what stands in " + "; ".join(told) + "."
            " A migration or a hand changed rows without history: restore them, or save them through a service."
        )
