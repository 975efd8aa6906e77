"""Turns a membership into what the rest of the portal reads: a scope on the user and an actor for history."""

from providers.people import roles
from providers.people.models import Membership, User
from qa_portal.core.access.scope import NO_SCOPE, OrganisationKind, Scope
from qa_portal.core.audit.audit_context import Actor


def scope_for(membership: Membership | None) -> Scope:
    if membership is None or not membership.is_in_force:
        return NO_SCOPE
    organisation = membership.organisation
    return Scope(
        person_id=membership.person_id,
        organisation_id=organisation.pk,
        kind=OrganisationKind(organisation.kind),
        role=membership.role,
        permissions=roles.BY_KEY[membership.role].permissions,
        authority_id=organisation.authority_id,
        provider_id=organisation.provider_id,
    )


def activate_membership(user: User, membership: Membership | None) -> Actor:
    """Let `user` act for `membership` from now on; return whom history will name."""
    user.membership = membership
    user.scope = scope_for(membership)
    return Actor(
        user_id=user.pk,
        person_id=user.person_id,
        organisation_id=user.scope.organisation_id,
        role=user.scope.role,
    )
