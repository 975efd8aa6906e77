"""Whose evidence counts for a reader: the same setting has another score for whoever is told other things."""

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
"""Organisation ids of the councils whose records count; None: every council's."""

KINDS = {
    "visits": Share.Kind.VISITS,
    "issues": Share.Kind.ISSUES,
    "ratings": Share.Kind.RATINGS,
    "applications": Share.Kind.APPLICATIONS,
}


@dataclass(frozen=True, slots=True)
class EvidenceScope:
    """`whose` says it in words. Each kind of record is shared by itself, with the actions that came from it.

    With `providers` only what those were told counts: published visits, issues told, opened actions.
    """

    whose: str
    visits: Councils = None
    issues: Councils = None
    ratings: Councils = None
    applications: Councils = None
    providers: frozenset[int] | None = None
    authority: int | None = None
    """Whose use of a setting counts; None: anybody's."""
    may_see_use: bool = True
    """A share of the scorecard is none of where the council places children: that is told to its own people."""

    @classmethod
    def of_council(cls, council: Organisation, *, reader: int | None = None) -> Self:
        """Its own records, and those that other councils share with it today, kind by kind.

        `reader` is the id of the organisation that looks; another than its own is told of a third council's
        records only where that one shares them with the reader too.
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
        """A condition on a table whose `field` is the council that a record is of."""
        councils: Councils = getattr(self, kind)
        return Q() if councils is None else Q(**{f"{field}__in": councils})


EVERYBODY = EvidenceScope("All councils")
"""For the command alone: nobody signed in sees every council's records."""


class NotReadable(LookupError):
    """The reader has no scorecard there: a page answers 404."""


def councils_by_kind(reader: int | None) -> dict[str, frozenset[int]]:
    """Ids of the organisations whose records of each kind `reader` may read: its own, and what is shared with it."""
    shares = Share.objects.in_force(today()).filter(reader=reader)
    shared = set(shares.values_list("kind", "owner"))
    own = {reader} - {None}
    return {
        name: frozenset({*own, *(owner for of, owner in shared if of == kind)})
        for name, kind in KINDS.items()
    }


def both(
    told: dict[str, frozenset[int]], reader: dict[str, frozenset[int]], council: int
) -> dict[str, frozenset[int]]:
    return {kind: (told[kind] & reader[kind]) | {council} for kind in told}


def councils_readable(user) -> list[Organisation]:
    """Whose scorecard the reader may open: their own council's first, then those shared with them today."""
    scope = scope_of(user)
    if not scope.may(Permission.VIEW_SCORECARDS) or scope.is_provider:
        return []
    shares = Share.objects.in_force(today()).filter(reader=scope.organisation_id, kind=Share.Kind.SCORECARDS)
    councils = Organisation.objects.councils().select_related("authority")
    own = councils.filter(pk=scope.organisation_id)
    return [*own, *councils.filter(pk__in=shares.values("owner")).order_by("name")]


def scope_for(user, council: Organisation | None = None) -> EvidenceScope:
    """Through the eyes of `council`, else of the reader's first. Raises NotReadable where there is none."""
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
    """A partner who is shown a council's scorecard speaks of its homes with others who know them."""
    shares = Share.objects.in_force(today()).filter(
        reader=scope_of(user).organisation_id, kind=Share.Kind.SCORECARDS
    )
    if not scope_of(user).may(Permission.VIEW_SCORECARDS):
        return visibility_reasons.NOTHING
    owners = shares.values("owner__authority")
    return Q(authority__in=owners) | Q(authority__successions__successor__in=owners)
