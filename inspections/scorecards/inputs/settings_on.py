"""Settings registered on a day, as plain values.

A row of the table is wide, and a score needs little of it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, F, Q, Value, When

from providers.directory.models import withheld_name


@dataclass(frozen=True, slots=True)
class RegisteredSetting:
    """A registered setting.

    `ref` is the public id; `provision_type` and `authority` are names, empty if unknown.
    """

    pk: int
    ref: str
    urn: str
    name: str
    provision_type: str
    authority: str
    registered_on: dt.date | None
    closed_on: dt.date | None

    def was_there(self, on: dt.date) -> bool:
        begun = self.registered_on is None or self.registered_on <= on
        return begun and (self.closed_on is None or self.closed_on > on)


def registered(on: dt.date) -> Q:
    """Return a condition on Setting: registered that day, as far as its dates show."""
    return (Q(registered_on=None) | Q(registered_on__lte=on)) & (Q(closed_on=None) | Q(closed_on__gt=on))


def read(settings) -> list[RegisteredSetting]:
    """Read a queryset of Setting in one query.

    Uses working names if the queryset has no name rule or it allows them.
    """
    told: F | Case = F("working_name")
    if "may_know_name" in settings.query.annotations:
        told = Case(When(may_know_name=True, then=told), default=Value(""))
    rows = settings.annotate(told_name=told).values_list(
        *("pk", "public_id", "urn", "told_name", "ofsted_name", "provision_type__label"),
        *("authority__name", "registered_on", "closed_on"),
    )
    return [
        RegisteredSetting(
            pk, str(ref), urn, own or ofsted or withheld_name(kind or "", urn), kind or "", host or "", *span
        )
        for pk, ref, urn, own, ofsted, kind, host, *span in rows
    ]
