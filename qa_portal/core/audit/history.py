"""What we add to django-simple-history: columns that say who, an order that ties cannot break, an index."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.utils import timezone
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from qa_portal.core.audit.audit_context import current_actor


class WhoAndWhy(models.Model):
    """Columns of every history table. Plain numbers, so that no deletion can blank them."""

    history_change_reason: str | None

    history_person_id = models.BigIntegerField(null=True, db_index=True)
    history_organisation_id = models.BigIntegerField(null=True)
    history_role = models.CharField(max_length=40, blank=True)
    history_request_id = models.UUIDField(null=True)
    history_process_id = models.BigIntegerField(null=True)
    history_task_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class TieSafeQuerySet(HistoricalQuerySet):
    """`as_of` never shows one object twice: of rows with the same moment the later one counts.

    simple-history compares the date alone and keeps both rows of a tie (its issue 1602).
    """

    def latest_of_each(self):
        same = Q(**{self._pk_attr: OuterRef(self._pk_attr)})
        later = Q(history_date__gt=OuterRef("history_date")) | Q(
            history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
        )
        return self.filter(~Exists(self.filter(same & later).order_by()))


class AuditHistoryManager(HistoryManager):
    def bulk_history_create(self, objs, **options):
        """Write the history of bulk rows with who and why, because the package sends no signal for them."""
        actor = current_actor()
        options["custom_historical_attrs"] = actor.history_columns() | (
            options.get("custom_historical_attrs") or {}
        )
        options["default_change_reason"] = options.get("default_change_reason") or actor.reason or None
        return super().bulk_history_create(objs, **options)

    def bulk_history_delete(self, objs, *, batch_size: int | None = None):
        """Record that each of `objs` was deleted; the package records deletions one by one only."""
        actor, now = current_actor(), timezone.now()
        rows = [
            self.model(
                history_date=now,
                history_user=self.model.get_default_history_user(instance),
                history_type="-",
                history_change_reason=actor.reason or None,
                **{field.attname: getattr(instance, field.attname) for field in self.model.tracked_fields},
                **actor.history_columns(),
            )
            for instance in objs
        ]

        return self.model.objects.bulk_create(rows, batch_size=batch_size)  # audit-ok: history itself


class AuditRecords(HistoricalRecords):
    """One index of its own on each history table: a record's versions in order, with their dates for `as_of`.

    The guard asks for the newest version of every changed row at commit, so the version comes first.
    The package indexes every key and the date: each costs every write, and none is read by.
    """

    def copy_fields(self, model):
        fields = super().copy_fields(model)
        for column in fields.values():
            column.db_index = False
        return fields

    def get_meta_options(self, model):
        options = super().get_meta_options(model)
        fields = [model._meta.pk.name, "history_id", "history_date"]
        options["indexes"] = [models.Index(fields=fields)]
        return options


def history(**options) -> HistoricalRecords:
    """Return the `history` attribute of an audited model."""
    return AuditRecords(
        bases=[WhoAndWhy],
        history_id_field=models.BigAutoField(),
        history_user_id_field=models.BigIntegerField(null=True),
        history_manager=AuditHistoryManager,
        historical_queryset=TieSafeQuerySet,
        **options,
    )


@receiver(pre_create_historical_record, dispatch_uid="audit-who-and-why")
def record_who_and_why(sender, history_instance=None, **_) -> None:
    if not isinstance(history_instance, WhoAndWhy):
        return
    actor = current_actor()
    for column, value in actor.history_columns().items():
        setattr(history_instance, column, value)
    history_instance.history_change_reason = history_instance.history_change_reason or actor.reason or None
