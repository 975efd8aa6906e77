"""Withdrawal of an imported file: the register of every day is then as without it. Nothing is deleted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspections.ofsted.importer.active_rows import active_rows, uncorrected
from inspections.ofsted.importer.services import check_can_import, take_turns
from inspections.ofsted.importer.storing import (
    count_all_anew,
    inspections_of,
    known_authorities,
    known_codes,
    known_providers,
)
from inspections.ofsted.importer.storing_inspections import InspectionIndex
from inspections.ofsted.importer.storing_settings import (
    OwnershipChanges,
    SettingChanges,
    owners_by_day,
    ownership_changes,
    setting_changes,
    told_cells,
)
from inspections.ofsted.models import RegisterFile, RegisterFileWithdrawal
from providers.directory.models import ProvisionType, RegistrationState, Setting
from providers.people.models import User
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.rules import Refused


@dataclass
class WithdrawalPlan:
    """The effects of a withdrawal, before anything is written."""

    settings: SettingChanges
    owners: OwnershipChanges
    index: InspectionIndex
    back: list[str]
    gone: list[str]

    def as_json(self) -> dict[str, list]:
        """Return lists of URNs; `inspections` are those that no other file has."""
        urns = {setting.pk: urn for urn, setting in self.settings.known.items()}
        return {
            "back": self.back,
            "gone": self.gone,
            "changed": sorted(setting.urn for setting in self.settings.changed),
            "owners": sorted(urns[pk] for pk in self.owners.settings),
            "inspections": sorted(urns[row.setting_id] for row in self.index.taken_back),
            "inspections_changed": sorted(urns[row.setting_id] for row, _ in self.index.changed),
        }

    def save(self) -> None:
        self.settings.save()
        self.owners.save()
        self.index.save()
        count_all_anew()


@dataclass
class Withdrawn:
    """The result of a withdrawal. `is_new` is False if it was withdrawn before; then there is no plan."""

    withdrawal: RegisterFileWithdrawal
    plan: WithdrawalPlan | None = None

    @property
    def is_new(self) -> bool:
        return self.plan is not None


@transaction.atomic
def withdraw_file(*, by: User | None, file: RegisterFile, reason: str) -> Withdrawn:
    """Withdraw the file once; a second call writes nothing. `by` is None for the operator's command line."""
    check_can_import(by)
    if not reason.strip():
        raise Refused("Say why the file is withdrawn.")
    with audit_as(reason=f"Withdrawal of {file.filename}: {reason}"):
        take_turns()
        if known := RegisterFileWithdrawal.objects.filter(file=file).first():
            return Withdrawn(known)
        plan = plan_withdrawal(file)
        withdrawal = RegisterFileWithdrawal.objects.create(
            file=file,
            at=timezone.now(),
            by=by.person if by else None,
            reason=reason.strip(),
            result=plan.as_json(),
        )
        plan.save()
    return Withdrawn(withdrawal, plan)


def plan_withdrawal(file: RegisterFile, *, lock: bool = True) -> WithdrawalPlan:
    """Work out the file's settings again from the other files; without `lock`, only to show the effects."""
    files = list(RegisterFile.objects.active().exclude(pk=file.pk).light().in_order())
    urns = set(file.entries.values_list("urn", flat=True))
    settings = setting_changes(
        told_cells(urns, files),
        types=known_codes(ProvisionType, file),
        states=known_codes(RegistrationState, file),
        authorities=known_authorities(),
        lock=lock,
    )
    known = {one.urn: one for one in Setting.objects.filter(urn__in=urns)} | settings.known
    settings.known = known
    owners = ownership_changes(known, owners_by_day(known, files), known_providers())
    before, after = _listed([*files, file], file), _listed(files, file)
    return WithdrawalPlan(
        settings=settings,
        owners=owners,
        index=inspections_of(known, files, withdrawn=file),
        back=[urn for urn in after if urn not in before],
        gone=[urn for urn in before if urn not in after],
    )


def _listed(files: list[RegisterFile], file: RegisterFile) -> Mapping[str, object]:
    """Return Ofsted's list on the file's own day, or on the newest file's day if no whole file has followed."""
    newest = max((one.as_at for one in files), default=dt.date.min)
    on = max(file.as_at, newest) if not _overtaken(file, files) else file.as_at
    ordered = sorted((one for one in files if one.as_at <= on), key=lambda one: (one.as_at, one.pk))
    return active_rows(uncorrected(ordered), ordered)


def _overtaken(file: RegisterFile, files: list[RegisterFile]) -> bool:
    return any(one.is_whole and one.as_at > file.as_at for one in files)
