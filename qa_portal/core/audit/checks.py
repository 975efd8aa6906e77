"""System checks: an audited model must not be declared in a way that loses history."""

from collections.abc import Sequence

from django.apps import apps
from django.core import checks
from django.db import connections, models
from simple_history.utils import get_history_manager_for_model

from qa_portal.core.audit.models import AuditedModel
from qa_portal.core.audit.tables import append_only_tables, is_tracked, tracked_tables

KEEPS_HISTORY = {models.PROTECT, models.RESTRICT}


@checks.register
def audited_models_keep_their_history(app_configs=None, **_) -> list[checks.CheckMessage]:
    return [
        fault
        for model in apps.get_models()
        if issubclass(model, AuditedModel)
        for fault in (*_history_faults(model), *_relation_faults(model))
    ]


def _history_faults(model) -> list[checks.CheckMessage]:
    if not is_tracked(model):
        return [checks.Error(f"{model._meta.label} has no history = history().", id="audit.E001")]
    records = get_history_manager_for_model(model).model
    if {field.name for field in model._meta.concrete_fields} != {f.name for f in records.tracked_fields}:
        return [checks.Error(f"{model._meta.label} leaves fields out of its history.", id="audit.E002")]
    return []


def _relation_faults(model) -> Sequence[checks.CheckMessage]:
    many = [
        checks.Error(
            f"{model._meta.label}.{field.name} is many-to-many: history cannot see it; use a model of its own.",
            id="audit.E003",
        )
        for field in model._meta.local_many_to_many
    ]
    emptied = [
        checks.Error(
            f"{model._meta.label}.{field.name} must be PROTECT: other rules change rows behind the history.",
            id="audit.E004",
        )
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete not in KEEPS_HISTORY
    ]
    return many + emptied


@checks.register(checks.Tags.database, deploy=True)
def guard_is_installed(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    from qa_portal.core.audit import guard

    faults: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        wanted = {table.base for table in tracked_tables(connection)} | set(append_only_tables(connection))
        for name in sorted(wanted - guard.installed(connection)):
            faults.append(
                checks.Error(f"{name} has no audit guard.", hint="Run manage.py migrate.", id="audit.E005")
            )
    return faults
