"""Which settings are in use: 3,900 rows of a register are not 3,900 pieces of work."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from providers.contracts.models import PlacingCount
from providers.directory import knowing
from providers.directory.models import Setting
from qa_portal.core.access.scope import Scope
from qa_portal.core.dates import today


def is_placed_at(on: dt.date, authority_id: int | None = None) -> Q:
    """A condition on Setting: the latest count of any authority, or of one, is above 0."""
    counts = PlacingCount.objects.latest(on).filter(setting=OuterRef("pk"), count__gt=0)
    return Q(Exists(counts.filter(placing_authority=authority_id) if authority_id else counts))


USES = (is_placed_at,)
"""Each kind of use is a condition of the same signature; one of them is enough."""


def use(on: dt.date, authority_id: int | None = None) -> Q:
    used = Q(pk__in=[])
    for kind in USES:
        used |= kind(on, authority_id)
    return used


def in_use(on: dt.date, authority_id: int | None = None):
    """Settings in use on a day by any authority, or by one."""
    return Setting.objects.filter(use(on, authority_id))


@knowing.register_own_word
def used_settings(scope: Scope) -> Q:
    return use(today(), scope.authority_id) if scope.is_council else Q(pk__in=[])
