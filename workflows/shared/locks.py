"""A lock that waits a bounded time in the database, instead of sleeping up to ten seconds in the worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections, router, transaction
from viewflow.workflow.exceptions import FlowLockFailed

LOCK_MILLISECONDS = 3000


class BoundedRowLock:
    """SELECT FOR UPDATE on the process; PostgreSQL's lock_timeout bounds the wait.

    On SQLite FOR UPDATE does nothing: the transaction opened here is IMMEDIATE (settings) and takes the
    write lock itself.
    """

    @contextmanager
    def __call__(self, flow_class, process_pk) -> Iterator[None]:
        model = flow_class.process_class
        using = router.db_for_write(model)
        with transaction.atomic(using=using):
            try:
                # A savepoint of its own, so that a refused lock does not spoil a transaction around it.
                with transaction.atomic(using=using):
                    self.take(model, using, process_pk)
            except DatabaseError as error:
                raise FlowLockFailed(f"process {process_pk} is busy") from error
            yield

    def take(self, model, using: str, process_pk) -> None:
        connection = connections[using]
        rows = model._default_manager.using(using).filter(pk=process_pk).values_list("pk", flat=True)
        if connection.vendor != "postgresql":
            list(rows.select_for_update())
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")  # audit-ok: a lock
            [before] = cursor.fetchone()
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_MILLISECONDS}ms"]
            )  # audit-ok: a lock
            list(rows.select_for_update(of=("self",)))
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])  # audit-ok: a lock


bounded_row_lock = BoundedRowLock()


@contextmanager
def opened(task) -> Iterator:
    """The activation of `task`, read anew under its process's lock, with what the log compares it to."""
    with task.activation() as activation:
        activation.task.was = (activation.task.status, activation.task.owner_id)
        yield activation
