"""Which evidence a viewer may use; scores differ per viewer."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from providers.directory import visibility_reasons
from providers.directory.models import Provider
from providers.people.models import Organisation, Share
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today

Councils = frozenset[int] | None
"""Ids of the councils whose records count; None means every council's."""

KINDS = {
    "visits": Share.Kind.VISITS,
    "issues": Share.Kind.ISSUES,
    "ratings": Share.Kind.RATINGS,
    "applications": Share.Kind.APPLICATIONS,
}


@dataclass(frozen=True, slots=True)
class EvidenceScope:
    """The evidence a viewer may use; `whose` says it in words.

    Each kind of record is shared separately, with its actions.

    With `providers`, only records disclosed to those providers count: published visits, notified issues,
    opened actions.
    """

    whose: str
    visits: Councils = None
    issues: Councils = None
    ratings: Councils = None
    applications: Councils = None
    providers: frozenset[int] | None = None
    authority: int | None = None
    """Councils whose use of a setting counts; None means any council's."""
    may_see_use: bool = True
    """Sharing a scorecard does not reveal placements, so only the council's own people see them."""

    @classmethod
    def of_council(cls, council: Organisation, *, reader: int | None = None) -> Self:
        """Return the scope of a council's own records and those shared with it today, by kind.

        `reader` is the id of the viewer's organisation. If that is another council, it sees a third council's
        records only if those are shared with it too.
        """
        own = reader in {None, council.pk}
        told = councils_by_kind(council.pk)
        if not own:
            told = both(told, councils_by_kind(reader), council.pk)
        return cls(str(council), authority=council.authority_id, may_see_use=own, **told)

    @property
    def is_provider_view(self) -> bool:
        return self.providers is not None

    def by(self, kind: str, field: str = "council") -> Q:
        """Return a condition on a table whose `field` is the council that owns the record."""
        councils: Councils = getattr(self, kind)
        return Q() if councils is None else Q(**{f"{field}__in": councils})


EVERYBODY = EvidenceScope("All councils")
"""Every council's records. For the management command alone: no signed-in user sees them all."""


class NotReadable(LookupError):
    """Raised if the viewer may read no such scorecard: a page answers 404."""


def councils_by_kind(reader: int | None) -> dict[str, frozenset[int]]:
    """Return ids of organisations whose records `reader` may read, by kind: its own and shared ones."""
    shares = Share.objects.in_force(today()).filter(reader=reader)
    shared = set(shares.values_list("kind", "owner"))
    own = set() if reader is None else {reader}
    return {
        name: frozenset({*own, *(owner for of, owner in shared if of == kind)})
        for name, kind in KINDS.items()
    }


def both(
    told: dict[str, frozenset[int]], reader: dict[str, frozenset[int]], council: int
) -> dict[str, frozenset[int]]:
    return {kind: (told[kind] & reader[kind]) | {council} for kind in told}


def councils_readable(user) -> list[Organisation]:
    """Return the councils whose scorecard the user may open: their own first, then shared ones."""
    scope = scope_of(user)
    if not scope.may(Permission.VIEW_SCORECARDS) or scope.is_provider:
        return []
    shares = Share.objects.in_force(today()).filter(reader=scope.organisation_id, kind=Share.Kind.SCORECARDS)
    councils = Organisation.objects.councils().select_related("authority")
    own = councils.filter(pk=scope.organisation_id)
    return [*own, *councils.filter(pk__in=shares.values("owner")).order_by("name")]


def scope_for(user, council: Organisation | None = None) -> EvidenceScope:
    """Return the evidence scope of `council`, else of the first the user may read.

    Raises NotReadable if there is none.
    """
    scope = scope_of(user)
    if scope.is_provider and council is None and scope.may(Permission.VIEW_SCORECARDS):
        return scope_for_provider(scope.provider_id)
    readable = councils_readable(user)
    found = next((one for one in readable if council is None or one == council), None)
    if found is None:
        raise NotReadable("There is no scorecard here for you.")
    return EvidenceScope.of_council(found, reader=scope.organisation_id)


def scope_for_provider(provider_id: int | None) -> EvidenceScope:
    own = Provider.objects.one_with(provider_id).values_list("pk", flat=True)
    return EvidenceScope("Every council, as far as you have been told", providers=frozenset(own))


@visibility_reasons.register_case
def settings_of_shared_scorecards(user) -> Q:
    """Return a condition for settings on shared scorecards, which a partner may see by name."""
    shares = Share.objects.in_force(today()).filter(
        reader=scope_of(user).organisation_id, kind=Share.Kind.SCORECARDS
    )
    if not scope_of(user).may(Permission.VIEW_SCORECARDS):
        return visibility_reasons.NOTHING
    owners = shares.values("owner__authority")
    return Q(authority__in=owners) | Q(authority__successions__successor__in=owners)
