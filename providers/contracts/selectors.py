"""Which settings are in use: 3,900 rows of a register are not 3,900 pieces of work."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from providers.contracts.models import PlacingCount, PlacingCountQuerySet
from providers.directory import visibility_reasons
from providers.directory.models import Setting
from providers.directory.models.settings import SettingQuerySet
from providers.people.models import Person, User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope, scope_of
from qa_portal.core.dates import today


def is_placed_at(on: dt.date, authority_id: int | None = None) -> Q:
    """Return a condition on Setting: the latest confirmed count of any authority, or of one, is above 0."""
    counts = PlacingCount.objects.holding(on).filter(setting=OuterRef("pk"), count__gt=0)
    return Q(Exists(counts.filter(placing_authority=authority_id) if authority_id else counts))


USES = (is_placed_at,)
"""Each kind of use is a condition of the same signature; one of them is enough."""


def use(on: dt.date, authority_id: int | None = None) -> Q:
    used = Q(pk__in=[])
    for kind in USES:
        used |= kind(on, authority_id)
    return used


def in_use(on: dt.date, authority_id: int | None = None) -> SettingQuerySet:
    """Return the settings in use on a day by any authority, or by one."""
    return Setting.objects.filter(use(on, authority_id))


def is_declared_at(on: dt.date, authority_id: int | None) -> Q:
    """Return a condition on Setting: a declaration of the authority waits for a colleague, and no use is confirmed."""
    waiting = PlacingCount.objects.waiting(on).filter(placing_authority=authority_id)
    return Q(Exists(waiting.filter(setting=OuterRef("pk")))) & ~use(on, authority_id)


@visibility_reasons.register_use
def used_settings(scope: Scope) -> Q:
    return use(today(), scope.authority_id) if scope.is_council else visibility_reasons.NOTHING


def to_confirm(user: User) -> PlacingCountQuerySet:
    """Return the declarations of the user's council that wait for a second person, newest day first."""
    scope = scope_of(user)
    if not (scope.is_council and scope.may(Permission.RECORD_PLACING_COUNTS)):
        return PlacingCount.objects.none()
    own = PlacingCount.objects.visible_to(user).filter(placing_authority=scope.authority_id)
    return own.waiting(today()).order_by("-as_at", "setting__urn")


def with_declarers(counts: Sequence[PlacingCount]) -> Sequence[PlacingCount]:
    """Fill in, from the history, who declared rows that are older than the column."""
    unknown = {count.pk: count for count in counts if count.declared_by_id is None}
    rows = PlacingCount.history.filter(id__in=unknown).order_by("history_id")
    newest = {row.id: row for row in rows if row.history_person_id}
    people = Person.objects.select_related("details").in_bulk(
        {row.history_person_id for row in newest.values()}
    )
    for key, row in newest.items():
        unknown[key].declared_by = people.get(row.history_person_id)
        unknown[key].declared_at = row.history_date
    return counts
