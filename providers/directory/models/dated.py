"""Facts that hold between two days. `to_on` is the first day on which they no longer do."""

from django.db import models
from django.db.models import F, Q

from qa_portal.core.audit.models import AuditedQuerySet


def in_force(on) -> Q:
    return (Q(from_on=None) | Q(from_on__lte=on)) & (Q(to_on=None) | Q(to_on__gt=on))


class DatedQuerySet(AuditedQuerySet):
    def in_force(self, on):
        return self.filter(in_force(on))


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name=name)
