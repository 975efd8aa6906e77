"""Settings that only a withdrawn file listed. Their rows stay, because that file's entries point at them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from inspections.ofsted.models import Inspection, RegisterEntry
from providers.directory import visibility_reasons
from providers.directory.models import Setting, SettingOwnership

DERIVED = (RegisterEntry, SettingOwnership)
"""Tables filled from files: a row in one is no reason to go on showing a setting."""


def told_by_withdrawn_files_alone() -> Q:
    """Match settings that only withdrawn files listed and about which nobody here recorded anything."""
    told = RegisterEntry.objects.filter(file__withdrawal__isnull=False).order_by()
    told = told.filter(
        ~Exists(RegisterEntry.objects.filter(file__withdrawal=None, setting=OuterRef("setting"))),
        *(~Exists(known) for known in what_people_know()),
        setting__working_name="",
        setting__working_address="",
    )
    return Q(pk__in=told.values("setting"))


def what_people_know() -> list[QuerySet]:
    """Return a queryset for each table that points at the outer query's setting."""
    found = []
    relations: Iterable[Any] = Setting._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        if model in DERIVED or model.__name__.startswith("Historical"):
            continue
        rows = model._base_manager.filter(**{relation.field.name: OuterRef("setting")})
        found.append(rows.recorded_by_hand() if model is Inspection else rows)
    return found


visibility_reasons.register_unlisted(told_by_withdrawn_files_alone)
