"""A lock that waits a bounded time in the database, instead of sleeping up to ten seconds in the worker."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import DatabaseError, connections, router, transaction
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task

LOCK_MILLISECONDS = 3000


class BoundedRowLock:
    """SELECT FOR UPDATE on the process; PostgreSQL's lock_timeout bounds the wait, here and to the commit.

    On SQLite the transaction opened here is IMMEDIATE (settings) and is itself the lock.
    """

    @contextmanager
    def __call__(self, flow_class, process_pk) -> Iterator[None]:
        model = flow_class.process_class
        using = router.db_for_write(model)
        # Inside a transaction a savepoint, so that a refused lock does not spoil what is around it.
        nested = connections[using].in_atomic_block
        with transaction.atomic(using=using):
            try:
                with transaction.atomic(using=using) if nested else nullcontext():
                    self.take(model, using, process_pk)
            except DatabaseError as error:
                raise FlowLockFailed(f"process {process_pk} is busy") from error
            yield

    def take(self, model, using: str, process_pk) -> None:
        connection = connections[using]
        if connection.vendor != "postgresql":
            return
        rows = model._default_manager.using(using).filter(pk=process_pk).order_by()
        with connection.cursor() as cursor:
            wait = f"{LOCK_MILLISECONDS}ms"
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [wait])  # audit-ok: a lock
        list(rows.select_for_update(of=("self",)).values_list("pk"))


bounded_row_lock = BoundedRowLock()


@contextmanager
def opened(task) -> Iterator:
    """The activation of `task`, read anew with its process and case under the process's lock.

    What was read before the lock was held is never trusted; one statement reads it all.
    """
    with task.flow_task.flow_class.lock(task.process_id):
        task.refresh_from_db(from_queryset=Task._base_manager.select_related("process__case__council"))
        task.was = (task.status, task.owner_id)
        yield task.flow_task.activation_class(task)
