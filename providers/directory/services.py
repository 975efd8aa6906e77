"""What people change in the directory; imports have their own service above."""

import datetime as dt
from typing import Any

from django.db import transaction

from providers.directory.models import (
    ContactNote,
    Premises,
    Provider,
    ProviderMerger,
    Setting,
    SettingContact,
)
from providers.directory.selectors import is_a_mere_name, looks_after
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.core.rules import Refused


def check_can_edit(by: Any, setting: Setting) -> None:
    """Raise Refused unless its people, its host or a council with a confirmed use may keep its contacts and notes."""
    check_role(by)
    if not Setting.objects.known_to(by).filter(pk=setting.pk).exists():
        raise Refused(
            "Only its provider, and councils that host this setting or have a confirmed use of it, can change this."
        )


def check_can_change_place(by: Any, setting: Setting) -> None:
    """Raise Refused unless its own provider or host asks: every council shares its name and addresses."""
    check_role(by)
    if not Setting.objects.looked_after_by(by).filter(pk=setting.pk).exists():
        raise Refused(
            "Only its provider and the council that hosts this setting can change its name and addresses."
            " Ask one of them."
        )


def check_role(by: Any) -> None:
    if not scope_of(by).may(Permission.EDIT_SETTINGS):
        raise Refused("Your role does not allow this. Ask your administrator.")


def check_not_in_future(on: dt.date) -> None:
    if on > today():
        raise Refused("The day cannot be in the future.")


@transaction.atomic
def change_working_details(*, by: Any, setting: Setting, name: str, address: str, postcode: str) -> Setting:
    check_can_change_place(by, setting)
    setting.working_name, setting.working_address, setting.working_postcode = name, address, postcode
    setting.save()
    return setting


@transaction.atomic
def add_premises(
    *,
    by: Any,
    setting: Setting,
    address: str,
    postcode: str,
    from_on: dt.date,
    name: str = "",
    category: str = "",
) -> Premises:
    check_can_change_place(by, setting)
    check_not_in_future(from_on)
    return Premises.objects.create(
        setting=setting, name=name, address=address, postcode=postcode, category=category, from_on=from_on
    )


@transaction.atomic
def end_premises(*, by: Any, premises: Premises, on: dt.date) -> None:
    check_can_change_place(by, premises.setting)
    check_can_end(premises, on)
    premises.to_on = on
    premises.save()


def check_can_end(dated: Any, on: dt.date) -> None:
    check_not_in_future(on)
    if dated.to_on:
        raise Refused("This has already ended.")
    if on < dated.from_on:
        raise Refused(f"It began on {dated.from_on:%-d %B %Y}: the end cannot be earlier.")


@transaction.atomic
def set_contact(
    *,
    by: Any,
    setting: Setting,
    kind: str,
    from_on: dt.date,
    name: str = "",
    telephone: str = "",
    email: str = "",
) -> SettingContact:
    """Record a contact in place of the one of the same kind, which is kept with its dates."""
    check_can_edit(by, setting)
    check_not_in_future(from_on)
    if before := setting.contacts.filter(kind=kind, to_on=None).first():
        check_can_end(before, from_on)
        before.to_on = from_on
        before.save()
    return SettingContact.objects.create(
        setting=setting, kind=kind, name=name, telephone=telephone, email=email, from_on=from_on
    )


@transaction.atomic
def end_contact(*, by: Any, contact: SettingContact, on: dt.date) -> None:
    """Somebody left and nobody has followed: a vacancy begins."""
    check_can_edit(by, contact.setting)
    check_can_end(contact, on)
    contact.to_on = on
    contact.save()


@transaction.atomic
def note_contact(*, by: Any, setting: Setting, on: dt.date, text: str) -> ContactNote:
    scope = scope_of(by)
    if not scope.is_council:
        raise Refused("Contact notes are a council's own.")
    check_can_edit(by, setting)
    check_not_in_future(on)
    return ContactNote.objects.create(
        setting=setting, authority_id=present(scope.authority_id), on=on, text=text
    )


@transaction.atomic
def merge_providers(*, by: Any, merged: Provider, into: Provider, reason: str) -> ProviderMerger:
    """Merge two names that a person has checked are one provider. Earlier mergers into `merged` follow it."""
    # Locked in one order, so that A into B and B into A at once take turns.
    list(Provider.objects.select_for_update().filter(pk__in=[merged.pk, into.pk]).order_by("pk"))
    check_can_merge(by, merged, into)
    for earlier in merged.mergers.all():
        earlier.into, earlier._change_reason = into, reason
        earlier.save()
    return ProviderMerger.objects.create(merged=merged, into=into, on=today(), reason=reason)


def check_can_merge(by: Any, merged: Provider, into: Provider) -> None:
    for provider in (merged, into):
        check_can_merge_something(by, provider)
    if merged.pk == into.pk:
        raise Refused("Choose two different providers.")
    if merged.company_number and into.company_number:
        raise Refused("They have two company numbers, so they are two providers.")


def check_can_merge_something(by: Any, provider: Provider) -> None:
    """Check either of the two providers: a merger shows one provider's homes to the other's people."""
    if not scope_of(by).may(Permission.MERGE_PROVIDERS):
        raise Refused("Your role does not allow this. Ask your administrator.")
    if provider.present != provider:
        raise Refused(f"{provider} was merged into {provider.present} already.")
    if not (looks_after(by, provider) or is_a_mere_name(provider)):
        raise Refused(f"Your council hosts none of the settings of {provider}.")
