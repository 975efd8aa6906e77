"""Storing of a file: its entries, and the settings and inspections that follow from them.

All updates are set-based, and follow from the files not withdrawn, never from the order of import.
"""

from collections.abc import Iterable, Sequence

from inspections.ofsted.importer.events import events_of
from inspections.ofsted.importer.storing_inspections import InspectionIndex, tellings_by_urn
from inspections.ofsted.importer.storing_settings import (
    owners_by_day,
    ownership_changes,
    setting_changes,
    told_cells,
)
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from inspections.ofsted.reader.cells import owner_key
from inspections.ofsted.reader.shapes import FeedRow
from providers.directory.fields import name_key
from providers.directory.models import (
    Authority,
    Provider,
    ProvisionType,
    RegistrationState,
    Setting,
    SettingOwnership,
)
from qa_portal.core.db_statistics import analyze_tables


def save_rows(file: RegisterFile, rows: Sequence[FeedRow], entries: Sequence[RegisterEntry]) -> None:
    for entry in entries:
        entry.file = file
    files = list(RegisterFile.objects.active().light().in_order())
    settings = setting_changes(
        told_cells([row.urn for row in rows], files, entries),
        types=codes(ProvisionType, (row.provision_type for row in rows), file),
        states=codes(RegistrationState, (row.registration_status for row in rows), file),
        authorities=authorities(rows),
    ).save()
    for entry in entries:
        entry.setting = settings[entry.urn]
    RegisterEntry.objects.bulk_create(entries, batch_size=500)  # audit-ok: append-only rows
    ownership_changes(settings, owners_by_day(settings, files), providers(rows)).save()
    inspections_of(settings, files).save()
    count_all_anew()


def inspections_of(
    settings: dict[str, Setting], files: Sequence[RegisterFile], withdrawn: RegisterFile | None = None
) -> InspectionIndex:
    """Return the settings' inspections as the files give them, without those that only the withdrawn file gave."""
    index, urns = InspectionIndex(settings), settings.keys()
    told = tellings_by_urn(urns, files)
    taken_back = tellings_by_urn(urns, [withdrawn]) if withdrawn else {}
    for urn, setting in settings.items():
        index.enter(setting, told.get(urn, ()), events_of(taken_back.get(urn, ())))
    return index


def count_all_anew() -> None:
    analyze_tables(Provider, Setting, SettingOwnership, RegisterEntry, Inspection, Judgement)


def codes(model, words: Iterable[str], file: RegisterFile) -> dict[str, object]:
    """Return codes by folded name. Adds a missing word to the list, for an administrator to describe."""
    known = known_codes(model, file)
    unknown = {name_key(word): word for word in words if word and name_key(word) not in known}
    source = f"First met in {file.filename}"[:200]
    added = model.objects.audited_create(
        [model(code=key, label=word, ofsted_name=word, source=source) for key, word in unknown.items()]
    )
    return known | {code.code: code for code in added}


def known_codes(model, file: RegisterFile) -> dict[str, object]:
    """Return codes by folded name; of two that share one, the code in force on the file's day."""
    known: dict[str, object] = {}
    in_force = set(model.objects.in_force(file.as_at).values_list("pk", flat=True))
    for code in sorted(model.objects.all(), key=lambda code: code.pk in in_force):
        known |= {name_key(code.code): code, name_key(code.ofsted_name): code}
    return known


def authorities(rows: Sequence[FeedRow]) -> dict[str, Authority]:
    known = known_authorities()
    unknown: dict[str, Authority] = {}
    for row in rows:
        key = name_key(row.local_authority)
        if key and key not in known:
            unknown[key] = Authority(
                name=row.local_authority, council_name=row.local_authority, region=row.region[:40]
            )
    Authority.objects.audited_create(list(unknown.values()))
    return known | unknown


def known_authorities() -> dict[str, Authority]:
    return {name_key(authority.name): authority for authority in Authority.objects.all()}


def providers(rows: Sequence[FeedRow]) -> dict[str, Provider]:
    known = known_providers()
    unknown: dict[str, Provider] = {}
    for row in rows:
        key = owner_key(row.owner)
        if key and key not in known:
            unknown.setdefault(key, Provider(name=row.owner))
    Provider.objects.audited_create(list(unknown.values()))
    return known | unknown


def known_providers() -> dict[str, Provider]:
    return {provider.name_key: provider for provider in Provider.objects.all()}
