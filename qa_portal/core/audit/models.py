"""The two kinds of table that cannot lose a change: audited facts and append-only events."""

from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_update_with_history

from qa_portal.core.rules import Conflict
from qa_portal.core.stops import check_may_write


class UnauditedWrite(RuntimeError):
    """A call that would change audited rows without writing their history."""


class StaleObject(Conflict):
    """Somebody else saved this row since it was read."""

    @classmethod
    def of(cls, row: models.Model) -> "StaleObject":
        """Return the refusal for `row`, named as its pages name it."""
        return cls(
            f"This {row._meta.verbose_name} was changed by somebody else while you had it open."
            " Your changes were not saved: look at it again, then make them once more."
        )


def plain_manager(model: type[models.Model]) -> models.Manager:
    """Return a manager without our refusals, for the audited bulk writes below and nothing else."""
    manager: models.Manager = models.Manager()
    manager.model = model
    return manager


class AuditedQuerySet(models.QuerySet):
    model: Any  # each has managers and columns of its own

    def _refuse(self, call: str):
        raise UnauditedWrite(
            f"{self.model.__name__}.objects.{call}() writes no history;"
            " use save(), audited_update() or audited_create()"
        )

    def update(self, **values):
        self._refuse("update")

    def bulk_create(self, *args, **options):
        self._refuse("bulk_create")

    def bulk_update(self, *args, **options):
        self._refuse("bulk_update")

    def _raw_delete(self, using):
        self._refuse("_raw_delete")

    update.alters_data = bulk_create.alters_data = bulk_update.alters_data = True  # type: ignore[attr-defined]  # Django reads it off the function

    def audited_update(self, *, reason: str = "", **values) -> int:
        """Set `values` on every row, with one history row each; rows are locked and read whole first."""
        check_may_write()
        with transaction.atomic():
            rows = list(self.select_for_update())
            for row in rows:
                for name, value in values.items():
                    setattr(row, name, value)
                row.row_version += 1  # type: ignore[attr-defined]  # audited rows have it
            if rows:
                bulk_update_with_history(
                    rows,
                    self.model,
                    [*values, "row_version"],
                    batch_size=500,
                    default_change_reason=reason,
                    manager=plain_manager(self.model),
                )
        return len(rows)

    def audited_create(self, rows, *, reason: str = "") -> list:
        """Insert `rows` with their history: two statements a batch of 500."""
        check_may_write()
        with transaction.atomic():
            plain = plain_manager(self.model)
            created = plain.bulk_create(rows, batch_size=500)  # audit-ok: history is the next statement
            history = self.model.history
            history.bulk_history_create(created, batch_size=500, default_change_reason=reason)
        return created

    audited_update.alters_data = audited_create.alters_data = True  # type: ignore[attr-defined]  # Django reads it off the function


class AuditedModel(models.Model):
    """A fact whose every state is kept. `history = history()` stands on each concrete model.

    The base manager is ours too, so that related `.add()`, `.set()`, `.clear()` are refused like `.update()`.
    """

    row_version = models.PositiveIntegerField(default=0, editable=False)
    _change_reason: str

    objects = AuditedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **options):
        """Write and record the whole row, or raise StaleObject when it changed since it was read.

        `update_fields` is dropped: a partial save with another changed field makes history false.
        """
        check_may_write()
        options.pop("update_fields", None)
        if deferred := self.get_deferred_fields():
            self.refresh_from_db(fields=deferred)
        before = self.row_version
        try:
            # Without a savepoint: it would cost two statements, and a failed save must fail the service.
            with transaction.atomic(savepoint=False):
                self.row_version = before + 1
                super().save(*args, **options)
        except BaseException:
            self.row_version = before
            raise
        # simple-history reads it at save and leaves it for the next one, whose reason it is not.
        self.__dict__.pop("_change_reason", None)

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):  # type: ignore[override]  # the stubs are of a newer Django
        current = base_qs.filter(row_version=self.row_version - 1)
        updated = super()._do_update(current, using, pk_val, values, update_fields, forced_update)  # type: ignore[call-arg]  # as above
        if not updated and base_qs.filter(pk=pk_val).exists():
            raise StaleObject.of(self)
        return updated

    def delete(self, *args, **options):
        check_may_write()
        with transaction.atomic():
            self.refresh_from_db()  # else the last history row would hold what was in memory
            return super().delete(*args, **options)


class AppendOnlyQuerySet(models.QuerySet):
    model: Any  # each has managers and columns of its own

    def bulk_create(self, *args, **options):
        if not self.model.goes_on_while_stopped:
            check_may_write()
        return super().bulk_create(*args, **options)

    bulk_create.alters_data = True  # type: ignore[attr-defined]  # Django reads it off the function

    def update(self, **values):
        raise UnauditedWrite(f"{self.model.__name__} is append-only: rows are never changed")

    def delete(self):
        raise UnauditedWrite(f"{self.model.__name__} is append-only: rows are never deleted")


class AppendOnlyModel(models.Model):
    """An event or a receipt: written once. The database refuses a change too (`guard`)."""

    goes_on_while_stopped = False
    """Whether rows are written while the portal writes no records (`stops`)."""
    is_stamped_when_written = True
    """Whether its moment, a field that is by default now, is always that of writing: the database then asks."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if not self._state.adding:
            raise UnauditedWrite(f"{type(self).__name__} is append-only: rows are never changed")
        if not self.goes_on_while_stopped:
            check_may_write()
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise UnauditedWrite(f"{type(self).__name__} is append-only: rows are never deleted")
