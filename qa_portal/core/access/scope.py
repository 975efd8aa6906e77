"""What one person, acting for one organisation, may see: a plain value that lower layers can use."""

from dataclasses import dataclass
from enum import StrEnum

from qa_portal.core.access.permissions import Permission


class OrganisationKind(StrEnum):
    COUNCIL = "council"
    PROVIDER = "provider"
    AGENCY = "agency"


@dataclass(frozen=True)
class Scope:
    person_id: int | None = None
    organisation_id: int | None = None
    kind: OrganisationKind | None = None
    role: str = ""
    permissions: frozenset[Permission] = frozenset()
    authority_id: int | None = None
    provider_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Return whether the role at the organisation acted for allows it; `user.has_perm` answers for another."""
        return permission in self.permissions

    @property
    def is_council(self) -> bool:
        return self.kind is OrganisationKind.COUNCIL

    @property
    def is_provider(self) -> bool:
        return self.kind is OrganisationKind.PROVIDER

    @property
    def is_agency(self) -> bool:
        return self.kind is OrganisationKind.AGENCY


NO_SCOPE = Scope()


def scope_of(user) -> Scope:
    """Return the scope that the middleware put on the user; without one, nothing can be seen."""
    return getattr(user, "scope", NO_SCOPE) if getattr(user, "is_active", False) else NO_SCOPE
