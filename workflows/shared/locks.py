"""A lock that waits a bounded time in the database, instead of sleeping up to ten seconds in the worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from django.db import DatabaseError, connections, router, transaction
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.lock import lock_scope
from viewflow.workflow.models import Process, Task


@contextmanager
def held(process_pk, take: Callable[[], object]) -> Iterator[None]:
    """One transaction, in which `take` has locked the process; settings.LOCK_SECONDS bounds the wait.

    On SQLite the transaction opened here is IMMEDIATE (settings) and is itself the lock.
    """
    using = router.db_for_write(Process)
    # Inside a transaction a savepoint, so that a refused lock does not spoil what is around it.
    nested = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        try:
            with transaction.atomic(using=using) if nested else nullcontext():
                take()
        except DatabaseError as error:
            raise FlowLockFailed(f"process {process_pk} is busy") from error
        yield


def bounded_row_lock(flow_class, process_pk):
    """Lock the process for who needs it alone, as `flow_class.lock(pk)`, and wait only so long."""
    rows = Process._base_manager.filter(pk=process_pk).order_by()
    return held(process_pk, lambda: list(rows.select_for_update(no_key=True).values_list("pk")))


def tasks_locking_their_case():
    """Return tasks that are read and locked with their process and case, the process first.

    Who waits here is given each locked row as the one before them left it, but a row that is only
    joined as it was before the wait: so each row that a step may change is locked. A council's own is
    not.
    """
    whole = Task._base_manager.filter(process__case__isnull=False).select_related("process__case__council")
    return whole.select_for_update(of=("process", "self", "process__case"), no_key=True)


@contextmanager
def opened(task) -> Iterator:
    """Yield the activation of `task`, read anew with its process and case under the process's lock.

    Nothing read before the lock is trusted; one statement locks and reads it all.
    """
    flow_class = task.flow_task.flow_class
    read = partial(task.refresh_from_db, from_queryset=tasks_locking_their_case())
    with lock_scope(lambda _, pk: held(pk, read), flow_class, task.process_id):
        task.was = (task.status, task.owner_id)
        yield task.flow_task.activation_class(task)
