"""Who may do what to whom. Each rule raises Refused with the sentence the page shows; `can` makes it a bool."""

from typing import Any

from providers.directory.models import Provider, Setting
from providers.directory.models.dated import in_force
from providers.directory.selectors import has_settings, looks_after, uses
from providers.people import roles
from providers.people.models import Invitation, Membership, Organisation, Partnership, User
from providers.people.selectors import holders, possible_leads
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind, scope_of
from qa_portal.core.access.stand_ins import may_act_for
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

NOT_ALLOWED = "Your role does not allow this. Ask your administrator."


def can(rule: Any, *args: Any) -> bool:
    try:
        rule(*args)
    except Refused:
        return False
    return True


def own_organisation(user: User) -> Organisation:
    if user.membership is None:
        raise Refused("Choose whom you are acting for first.")
    return user.membership.organisation


def own_membership(user: User) -> Membership:
    """Return the membership that the user acts by."""
    if user.membership is None:
        raise Refused("Choose whom you are acting for first.")
    return user.membership


def check_may(user: User, permission: Permission) -> None:
    """Raise Refused unless the user's role at the organisation acted for allows it."""
    if not user.has_perm(permission, own_organisation(user)):
        raise Refused(NOT_ALLOWED)


def check_acts_for(
    user: User,
    organisation: Organisation | None,
    permission: Permission | None = None,
    *,
    otherwise: str = "",
) -> None:
    """Raise Refused unless the user acts for `organisation`, or stands in there, in a role that allows it.

    A share gives no right to change anything. `otherwise` is the sentence for people of other organisations.
    Without `permission` the role is not asked: another rule has asked for it.
    """
    if organisation is None or not may_act_for(user, organisation.pk):
        raise Refused(otherwise or f"Only {organisation} can do this.")
    if permission and not scope_of(user).may(permission):
        raise Refused(NOT_ALLOWED)


def check_acts_for_provider(
    user: User, provider_id: int | None, permission: Permission, *, otherwise: str
) -> None:
    """Raise Refused unless the user acts for the provider, under any name it had, in a role that allows it."""
    own = Provider.objects.one_with(user.scope.provider_id).filter(pk=provider_id)
    if not (user.scope.is_provider and own.exists()):
        raise Refused(otherwise)
    if not user.scope.may(permission):
        raise Refused(NOT_ALLOWED)


def roles_to_invite(user: User, organisation: Organisation) -> list[type[roles.Role]]:
    """Return the roles that `user` may give at `organisation`; empty when none."""
    offered = roles.roles_for(organisation.kind)
    if user.scope.may(Permission.MANAGE_INSTALLATION):
        administrators = (roles.CouncilAdministrator, roles.InstallationAdministrator)
        own = organisation.pk == user.scope.organisation_id
        return [role for role in offered if own or role in administrators]
    ordinary = [role for role in offered if role is not roles.InstallationAdministrator]
    if looks_after_people_of(user, organisation):
        return ordinary
    return [roles.ProviderManager] if may_bring_in(user, organisation) else []


def looks_after_people_of(user: User, organisation: Organisation) -> bool:
    """Return whether the user manages the people there: colleagues or, for a council, its providers and agencies."""
    scope = user.scope
    if organisation.pk == scope.organisation_id:
        return scope.may(Permission.MANAGE_COLLEAGUES)
    if not scope.is_council:
        return False
    if organisation.kind == OrganisationKind.PROVIDER:
        provider = organisation.provider
        return bool(provider and scope.may(Permission.INVITE_PROVIDER_PEOPLE) and looks_after(user, provider))
    return scope.may(Permission.INVITE_AGENCY_PEOPLE) and works_with(organisation, scope.organisation_id)


def may_bring_in(user: User, organisation: Organisation) -> bool:
    """Return whether the user's council may invite a provider's first manager: it has a confirmed use of a setting.

    So may any council where the provider has no setting that somebody could host or use. Use is the council's own
    word still, if that of two people: with more, it could let itself in at any provider of the country.
    """
    scope, provider = user.scope, organisation.provider
    if provider is None or not (scope.is_council and scope.may(Permission.INVITE_PROVIDER_PEOPLE)):
        return False
    others = Invitation.objects.open().filter(organisation=organisation)
    invited = others.exclude(responsible__organisation=scope.organisation_id)
    if holders(Permission.MANAGE_COLLEAGUES, organisation).exists() or invited.exists():
        return False
    return uses(user, provider) or not has_settings(provider)


def works_with(agency: Organisation, council_id: int | None) -> bool:
    return Partnership.objects.filter(in_force(today()), agency=agency, council=council_id).exists()


def check_can_rename(user: User, organisation: Organisation) -> None:
    """Raise Refused unless its own people, the council that looks after it or an installation administrator asks."""
    if organisation.kind == OrganisationKind.COUNCIL:
        raise Refused("A council's name comes from its authority record.")
    scope = user.scope
    own = organisation.pk == scope.organisation_id and scope.may(Permission.MANAGE_COLLEAGUES)
    if own or scope.may(Permission.MANAGE_INSTALLATION):
        return
    check_may(user, Permission.MANAGE_ORGANISATIONS)
    if organisation.kind == OrganisationKind.AGENCY:
        dealt_with = scope.is_council and works_with(organisation, scope.organisation_id)
    else:
        dealt_with = organisation.provider is not None and looks_after(user, organisation.provider)
    if not dealt_with:
        raise Refused(
            f"Only the people of {organisation}, and the council that hosts or works with it, can change its name."
            " Ask them, or an installation administrator."
        )


def check_can_invite(user: User, organisation: Organisation, role: str) -> None:
    if role not in {allowed.key for allowed in roles_to_invite(user, organisation)}:
        raise Refused(f"You cannot give this role at {organisation}.")


def check_can_end(user: User, membership: Membership) -> None:
    """Raise Refused unless the user looks after the people there; nobody ends their own membership."""
    if not roles_to_invite(user, membership.organisation) or (
        membership.organisation_id != user.scope.organisation_id
        and not (
            user.scope.may(Permission.MANAGE_COLLEAGUES)
            or membership.organisation.kind == OrganisationKind.AGENCY
        )
    ):
        raise Refused("You do not look after the people of this organisation.")
    check_role_is_within_reach(user, membership)
    if membership.person_id == user.person_id:
        raise Refused("You cannot end your own membership. Ask a colleague with the same role to do it.")
    if not membership.is_in_force:
        raise Refused("This membership has already ended.")
    check_somebody_is_left(membership)


def check_somebody_is_left(membership: Membership) -> None:
    """Raise Refused if a council or the installation would be left without an administrator to invite people.

    A provider's last manager may leave: a council can invite another.
    """
    if membership.role not in (roles.CouncilAdministrator.key, roles.InstallationAdministrator.key):
        return
    if membership.role == roles.CouncilAdministrator.key:
        others = holders(Permission.MANAGE_COLLEAGUES, membership.organisation)
    else:
        others = Membership.objects.in_force().filter(role=membership.role)
    others = others.exclude(pk=membership.pk)
    if not others.exists():
        role = membership.get_role_display().lower()
        raise Refused(f"This is the only {role}. Invite another before you end this one.")


def check_role_is_within_reach(user: User, membership: Membership) -> None:
    """Raise Refused unless the user could give this role: otherwise they cannot end it or reset its holder's account."""
    if membership.role not in {role.key for role in roles_to_invite(user, membership.organisation)}:
        raise Refused("You do not look after the holders of this role.")


def check_can_reset_second_factor(user: User, membership: Membership) -> None:
    """Raise Refused unless their own manager or administrator asks or, for providers and agencies, a council that looks after them."""
    if not user.scope.may(Permission.RESET_SECOND_FACTOR):
        raise Refused(NOT_ALLOWED)
    own = membership.organisation_id == user.scope.organisation_id
    if not own and not looks_after_people_of(user, membership.organisation):
        raise Refused("You do not look after the people of this organisation.")
    check_role_is_within_reach(user, membership)
    if membership.person_id == user.person_id:
        raise Refused(
            "You cannot reset your own two-step verification. Use a recovery code, or ask a colleague."
        )
    if not membership.is_in_force:
        raise Refused("This membership has ended.")
    check_no_council_trusts_them_too(membership)


def check_no_council_trusts_them_too(membership: Membership) -> None:
    """Raise Refused if the person also acts for a council: a provider must not weaken a council officer's sign-in."""
    elsewhere = Membership.objects.in_force().filter(person=membership.person)
    elsewhere = elsewhere.exclude(organisation=membership.organisation)
    if membership.organisation.kind == OrganisationKind.COUNCIL:
        administrators = (roles.CouncilAdministrator.key, roles.InstallationAdministrator.key)
        elsewhere = elsewhere.filter(role__in=administrators)
    else:
        elsewhere = elsewhere.filter(organisation__kind=OrganisationKind.COUNCIL)
    if trusted := elsewhere.select_related("organisation").first():
        raise Refused(
            f"They also act for {trusted.organisation}: only its administrator can reset their two-step verification."
        )


def check_can_reassign(user: User, membership: Membership) -> None:
    sentence = "You can share out the work of your own organisation only."
    check_acts_for(user, membership.organisation, Permission.REASSIGN_WORK, otherwise=sentence)


def check_knows(user: User, setting: Setting) -> None:
    """Raise Refused unless the council hosts the setting or uses it, as two of its people say (ADR 19)."""
    if not Setting.objects.known_to(user).filter(pk=setting.pk).exists():
        raise Refused(
            f"Your council neither hosts {setting.urn} nor has a confirmed use of it. Record how many children are"
            " placed there and ask a colleague to confirm it."
        )


def check_deals_with(user: User, provider: Provider, setting: Setting | None) -> None:
    """Raise Refused unless the council knows the setting or, where none is named, one of the provider's."""
    if setting is not None:
        check_knows(user, setting)
    elif not (uses(user, provider) or looks_after(user, provider)):
        raise Refused(f"Your council neither hosts nor has a confirmed use of a setting of {provider}.")


def check_can_name_lead(user: User, *settings: Setting) -> None:
    """Raise Refused unless the council hosts or uses every one of the settings."""
    check_may(user, Permission.MANAGE_LEADS)
    asked = {setting.pk: setting for setting in settings}
    known = Setting.objects.known_to(user).filter(pk__in=asked).values_list("pk", flat=True)
    for unknown in asked.keys() - set(known):
        raise Refused(f"{asked[unknown].urn} is neither in your area nor in confirmed use by your council.")


def check_can_lead(council: Organisation, *officers: Membership) -> None:
    asked = {officer.pk for officer in officers}
    if possible_leads(council).filter(pk__in=asked).count() != len(asked):
        raise Refused("Choose a colleague who is in post and whose role sees the council's cases.")


def check_can_record_absence(user: User, membership: Membership) -> None:
    """Raise Refused unless it is the user's own absence, or a colleague's and the user names the leads."""
    sentence = "You can record absences of your own organisation only."
    check_acts_for(user, membership.organisation, otherwise=sentence)
    if membership.person_id != user.person_id:
        check_may(user, Permission.MANAGE_LEADS)
    if not membership.is_in_force:
        raise Refused("This membership has ended.")
