"""Memberships as the pages and the engine ask for them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q

from providers.directory.models import Provider, Setting
from providers.people import roles
from providers.people.models import Absence, Membership, Organisation, Person, SettingLead, Share, User
from providers.people.models.memberships import MembershipQuerySet
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.timeline import By, Names
from qa_portal.core.dates import today


def memberships_of(user: User) -> list[Membership]:
    """Return the memberships the person may act for today, by organisation and role."""
    rows = Membership.objects.in_force().filter(person=user.person_id).with_names()
    return sorted(rows, key=lambda row: (row.organisation.name, row.get_role_display()))


def holds(user: User, permission: str, organisation: Organisation) -> bool:
    """Return whether any membership in force at `organisation` grants it, for work outside a request."""
    held = Membership.objects.in_force().filter(person=user.person_id, organisation=organisation)
    return any(permission in roles.BY_KEY[row.role].permissions for row in held)


def holders_anywhere(permission: Permission) -> MembershipQuerySet:
    """Memberships in force whose role grants `permission`, at any organisation."""
    granting = [role.key for role in roles.ALL if permission in role.permissions]
    return Membership.objects.in_force().filter(role__in=granting)


def holders(permission: Permission, organisation: Organisation) -> MembershipQuerySet:
    """Memberships in force at `organisation` whose role grants `permission`."""
    return holders_anywhere(permission).filter(organisation=organisation)


def who_answers_for(provider: Provider) -> MembershipQuerySet:
    """Memberships at the provider whose holders may answer in the portal; none while it has no people there."""
    organisation = Organisation.objects.filter(provider=provider.present).first()
    if organisation is None:
        return Membership.objects.none()
    return holders(Permission.ANSWER_FOR_PROVIDER, organisation)


def owners_shared_with(user: User, kind: str, on: dt.date | None = None) -> set[int]:
    """Organisations whose cases of `kind` the user's council may read: its own, and those shared with it."""
    scope = user.scope
    if not scope.is_council:
        return set()
    shared = Share.objects.in_force(on or today()).filter(reader=scope.organisation_id, kind=kind)
    return {scope.organisation_id, *shared.values_list("owner", flat=True)}


def owned_or_shared(user: User, kind: str, field: str = "council") -> Q:
    """Return `owners_shared_with` as a condition on the organisation in `field`, which runs no query itself."""
    shared = Share.objects.in_force(today()).filter(reader=user.scope.organisation_id, kind=kind)
    return Q(**{field: user.scope.organisation_id}) | Q(**{f"{field}__in": shared.values("owner")})


def absent_on(on: dt.date) -> MembershipQuerySet:
    """Memberships whose holders are away that day."""
    return Membership.objects.filter(pk__in=Absence.objects.in_force(on).values("membership"))


def officers_for(council: Organisation, settings: Iterable[Setting], on: dt.date) -> dict[int, Membership]:
    """Key of each setting and who looks after it that day: the lead, else the deputy; nobody, no entry."""
    named = SettingLead.objects.in_force(on).filter(council=council, setting__in=list(settings))
    named = list(named)
    asked = {key for row in named for key in (row.lead_id, row.deputy_id) if key}
    there = Membership.objects.in_force(on).exclude(pk__in=absent_on(on).values("pk"))
    present = there.with_names().in_bulk(asked)
    found = {row.setting_id: present.get(row.lead_id) or present.get(row.deputy_id) for row in named}
    return {setting: officer for setting, officer in found.items() if officer}


def officer_for(council: Organisation, setting: Setting, on: dt.date) -> Membership | None:
    """Return who does the council's work on the setting that day; None if it stays with everybody who may do it."""
    return officers_for(council, [setting], on).get(setting.pk)


def possible_leads(council: Organisation) -> MembershipQuerySet:
    """Those whose role sees the council's cases."""
    return holders(Permission.VIEW_CASES, council)


def without_second_factor(memberships: Any) -> dict[str, int]:
    """Count the `people` and how many are `without` an app that gives codes."""
    app = Authenticator.objects.filter(user__person=OuterRef("person"), type=Authenticator.Type.TOTP)
    counted = memberships.order_by().annotate(has_app=Exists(app))
    without = Count("person", distinct=True, filter=Q(has_app=False))
    return counted.aggregate(people=Count("person", distinct=True), without=without)


def told_names(rows: Iterable) -> list[By]:
    """Return names for history rows: who acted, and as what for whom.

    Two queries, whatever the number of rows.
    """
    rows = list(rows)
    people = Person.objects.select_related("details").in_bulk({r.history_person_id for r in rows} - {None})
    organisations = Organisation.objects.in_bulk({r.history_organisation_id for r in rows} - {None})
    return [
        By(
            people[r.history_person_id].name if r.history_person_id in people else "The system",
            acting_words(r.history_role, organisations.get(r.history_organisation_id)),
        )
        for r in rows
    ]


def names_told_to(user: User) -> Names:
    """People are named, and their reasons told, to their own organisation; to others, what they act as."""
    own = scope_of(user).organisation_id

    def told(rows: list) -> list[By]:
        return [
            by if row.history_organisation_id in {None, own} else By(by.acting_for, "", tells_why=False)
            for row, by in zip(rows, told_names(rows), strict=True)
        ]

    return told


def acting_words(role: str, organisation: Organisation | None) -> str:
    label = roles.BY_KEY[role].label if role in roles.BY_KEY else ""
    return ", ".join(part for part in (label, organisation.name if organisation else "") if part)
