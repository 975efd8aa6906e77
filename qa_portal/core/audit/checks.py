"""System checks: an audited model must not be declared in a way that loses history."""

from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from simple_history.utils import get_history_manager_for_model

from qa_portal.core.audit import guard
from qa_portal.core.audit.models import AuditedModel
from qa_portal.core.audit.privileges import faults_of_the_role
from qa_portal.core.audit.tables import is_tracked

TWO_ROLES = "It could switch the audit guard off. Run manage.py database_roles, as docs/operating.md tells."
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


def answers(alias: str) -> bool:
    """Return whether the database stands and answers. Asked of SQLite, a file that is not there is not made."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return connection.connection is not None or Path(connection.settings_dict["NAME"]).is_file()
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


@checks.register(checks.Tags.database)
def guard_is_whole(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    """Presence, state and body of every part, compared with what the models say."""
    return [
        checks.Error(fault, hint=guard.WHAT_TO_DO, id="audit.E005")
        for alias in databases or []
        for fault in guard.faults(connections[alias])
    ]


@checks.register(deploy=True)
def database_was_asked(app_configs=None, **_) -> list[checks.CheckMessage]:
    """Tells no warning from no answer: without a database, nothing below was looked at."""
    if answers(DEFAULT_DB_ALIAS):
        return []
    return [
        checks.Warning(
            "The database does not answer, so neither the audit guard nor the portal's role was looked at.",
            hint="Start it, or correct DATABASE_URL, and run this check again.",
            id="audit.W007",
        )
    ]


@checks.register(checks.Tags.database, deploy=True)
def portal_owns_nothing(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    """Warn when the portal's role owns tables: whoever owns a table can switch its guard off."""
    return [
        checks.Warning(fault, hint=TWO_ROLES, id="audit.W006")
        for alias in databases or []
        for fault in faults_of_the_role(connections[alias])
    ]
