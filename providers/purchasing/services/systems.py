"""Setting up what councils buy through."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from providers.directory.models import ProvisionType
from providers.people.models import Organisation, User
from providers.people.rules import check_may, own_membership, own_organisation
from providers.purchasing.models import (
    ConditionsVersion,
    Lot,
    PurchasingSystem,
    RequiredDocument,
    SystemParticipant,
)
from providers.purchasing.rules import check_can_manage
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


def locked_system(by: User, system: PurchasingSystem) -> PurchasingSystem:
    """Read anew and held, so that what a change rests on stays true until it is written."""
    system = locked(system, "council")
    check_can_manage(by, system)
    return system


def check_names_are_free(council: Organisation, name: str, reference: str, system: Any = None) -> None:
    others = PurchasingSystem.objects.exclude(pk=system.pk if system else 0)
    if others.filter(council=council, name__iexact=name).exists():
        raise Refused(f"Your council has a system called {name} already.")
    if others.filter(reference=reference).exists():
        raise Refused(f"The reference {reference} is taken. Choose another.")


def check_days(opens_on: dt.date, closes_on: dt.date | None, ends_on: dt.date | None) -> None:
    if closes_on and closes_on < opens_on:
        raise Refused("The last day for applications cannot be before the first.")
    if ends_on and ends_on < (closes_on or opens_on):
        raise Refused("The system cannot end before its last day for applications.")


@transaction.atomic
def add_system(*, by: User, name: str, reference: str, regime: str, **values: Any) -> PurchasingSystem:
    """`values` are the model's other columns. Nobody else sees the system until it is published."""
    check_may(by, Permission.MANAGE_PURCHASING)
    council = own_organisation(by)
    check_names_are_free(council, name, reference)
    check_days(values["opens_on"], values.get("closes_on"), values.get("ends_on"))
    return PurchasingSystem.objects.create(
        council=council, name=name, reference=reference, regime=regime, **values
    )


@transaction.atomic
def change_system(
    *,
    by: User,
    system: PurchasingSystem,
    row_version: int,
    name: str,
    reference: str,
    regime: str,
    **values: Any,
) -> None:
    """`row_version` is the one the person saw, so that two people at once are told apart."""
    system = locked_system(by, system)
    system.row_version = row_version
    check_names_are_free(system.council, name, reference, system)
    check_days(values["opens_on"], values.get("closes_on"), values.get("ends_on"))
    if system.published_at and (reference, regime) != (system.reference, system.regime):
        raise Refused("The reference and the legal regime are fixed once a system is published.")
    for column, value in {"name": name, "reference": reference, "regime": regime, **values}.items():
        setattr(system, column, value)
    system.save()


@transaction.atomic
def publish_system(*, by: User, system: PurchasingSystem) -> None:
    """Publish the system, to which providers may apply from its first day.

    It needs a lot and conditions for membership.
    """
    system = locked_system(by, system)
    if system.published_at:
        raise Refused("This system is published already.")
    if not system.lots.exists():
        raise Refused("Add a lot first: providers apply for lots.")
    if not system.conditions.exists():
        raise Refused("Write the conditions for membership first: every application counts under them.")
    system.published_at, system.published_by = timezone.now(), own_membership(by)
    system.save()


@transaction.atomic
def set_conditions(*, by: User, system: PurchasingSystem, text: str, from_on: dt.date) -> ConditionsVersion:
    """Add a version of the conditions; applications sent before keep theirs.

    Raise Refused for a dynamic market (Procurement Act 2023) and for a day before the last version's.
    """
    system = locked_system(by, system)
    if system.conditions_are_fixed:
        raise Refused(
            "The conditions of a dynamic market cannot change during its life (Procurement Act 2023)."
            " A change needs a new market."
        )
    newest = system.conditions.aggregate(number=Max("number"), from_on=Max("from_on"))
    if newest["from_on"] and from_on < newest["from_on"]:
        raise Refused(f"The version before is in force from {newest['from_on']:%-d %B %Y}: start no earlier.")
    return ConditionsVersion.objects.create(
        system=system, number=(newest["number"] or 0) + 1, text=text, from_on=from_on
    )


def check_lot(
    system: PurchasingSystem, code: str, provision_type: Any, category: str, lot: Lot | None = None
) -> None:
    if system.lots.exclude(pk=lot.pk if lot else 0).filter(code__iexact=code).exists():
        raise Refused(f"This system has a lot {code} already.")
    if category and provision_type.code != "supported_accommodation":
        raise Refused("Only supported accommodation has categories 1 to 4.")


@transaction.atomic
def add_lot(
    *,
    by: User,
    system: PurchasingSystem,
    code: str,
    name: str,
    provision_type: ProvisionType,
    category: str = "",
) -> Lot:
    system = locked_system(by, system)
    check_lot(system, code, provision_type, category)
    return Lot.objects.create(
        system=system, code=code, name=name, provision_type=provision_type, category=category
    )


@transaction.atomic
def change_lot(
    *, by: User, lot: Lot, code: str, name: str, provision_type: ProvisionType, category: str = ""
) -> None:
    """Change the lot. Once somebody has applied for it, only its name can change."""
    system = locked_system(by, lot.system)
    lot = locked(lot)
    check_lot(system, code, provision_type, category, lot)
    changed = (lot.code, lot.provision_type_id, lot.category) != (code, provision_type.pk, category)
    if changed and lot.system.applications.filter(lots__lot=lot).exists():
        raise Refused("Providers have applied for this lot, so only its name can change.")
    lot.code, lot.name, lot.provision_type, lot.category = code, name, provision_type, category
    lot.save()


@transaction.atomic
def require_document(
    *,
    by: User,
    lot: Lot,
    kind: str,
    is_compulsory: bool = True,
    minimum_cover: int | None = None,
    valid_months: int | None = None,
) -> RequiredDocument:
    """Asked for once a lot; the same kind again changes what is asked. Cover in whole pounds."""
    locked_system(by, lot.system)
    required = lot.required_documents.filter(kind=kind).first() or RequiredDocument(lot=lot, kind=kind)
    required.is_compulsory, required.minimum_cover = is_compulsory, minimum_cover
    required.valid_months = valid_months
    required.save()
    return required


@transaction.atomic
def stop_requiring(*, by: User, required: RequiredDocument) -> None:
    locked_system(by, required.lot.system)
    required.delete()


@transaction.atomic
def add_participant(
    *, by: User, system: PurchasingSystem, council: Organisation, from_on: dt.date | None = None
) -> SystemParticipant:
    """Another council buys through the system: it sees the system and who is on it, not the applications."""
    system = locked_system(by, system)
    if council.pk == system.council_id:
        raise Refused("Your council owns the system and takes part already.")
    if system.participants.filter(council=council, to_on=None).exists():
        raise Refused(f"{council} takes part already.")
    return SystemParticipant.objects.create(system=system, council=council, from_on=from_on or today())


@transaction.atomic
def end_participation(*, by: User, participant: SystemParticipant) -> None:
    locked_system(by, participant.system)
    if participant.to_on:
        raise Refused(f"{participant.council} has left this system already.")
    participant.to_on = max(today(), participant.from_on)
    participant.save()
