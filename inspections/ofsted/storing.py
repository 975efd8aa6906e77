"""Keeps a file: its entries, and what the directory and the inspections learn from them.

Everything here is set-based, and follows from the set of files alone, never from the order they came in.
"""

from collections.abc import Iterable, Sequence

from inspections.ofsted.feed_cells import owner_key
from inspections.ofsted.feed_shapes import FeedRow
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from inspections.ofsted.storing_inspections import save_inspections
from inspections.ofsted.storing_settings import save_ownerships, save_settings
from providers.directory.fields import name_key
from providers.directory.models import (
    Authority,
    Provider,
    ProvisionType,
    RegistrationState,
    Setting,
    SettingOwnership,
)
from qa_portal.core.planner import count_anew


def save_rows(file: RegisterFile, rows: Sequence[FeedRow], entries: Sequence[RegisterEntry]) -> None:
    newer = list(RegisterFile.objects.filter(as_at__gt=file.as_at))
    settings = save_settings(
        rows,
        types=codes(ProvisionType, (row.provision_type for row in rows), file),
        states=codes(RegistrationState, (row.registration_status for row in rows), file),
        authorities=authorities(rows),
        told_later=set(RegisterEntry.objects.filter(file__in=newer).values_list("urn", flat=True)),
    )
    for entry in entries:
        entry.file, entry.setting = file, settings[entry.urn]
    RegisterEntry.objects.bulk_create(entries, batch_size=500)  # audit-ok: append-only rows
    save_ownerships(settings, _owners_by_day(settings), providers(rows))
    save_inspections(rows, settings, newer)
    count_anew(Provider, Setting, SettingOwnership, RegisterEntry, Inspection, Judgement)


def codes(model, words: Iterable[str], file: RegisterFile) -> dict[str, object]:
    """By folded name. A word that the list has not is added to it, for an administrator to describe."""
    known: dict[str, object] = {}
    in_force = set(model.objects.in_force(file.as_at).values_list("pk", flat=True))
    for code in sorted(model.objects.all(), key=lambda code: code.pk in in_force):
        known |= {name_key(code.code): code, name_key(code.ofsted_name): code}
    unknown = {name_key(word): word for word in words if word and name_key(word) not in known}
    source = f"First met in {file.filename}"[:200]
    added = model.objects.audited_create(
        [model(code=key, label=word, ofsted_name=word, source=source) for key, word in unknown.items()]
    )
    return known | {code.code: code for code in added}


def authorities(rows: Sequence[FeedRow]) -> dict[str, Authority]:
    known = {name_key(authority.name): authority for authority in Authority.objects.all()}
    unknown = {}
    for row in rows:
        key = name_key(row.local_authority)
        if key and key not in known:
            unknown[key] = Authority(
                name=row.local_authority, council_name=row.local_authority, region=row.region[:40]
            )
    Authority.objects.audited_create(list(unknown.values()))
    return known | unknown


def providers(rows: Sequence[FeedRow]) -> dict[str, Provider]:
    known = {provider.name_key: provider for provider in Provider.objects.all()}
    unknown = {}
    for row in rows:
        key = owner_key(row.owner)
        if key and key not in known:
            unknown.setdefault(key, Provider(name=row.owner))
    Provider.objects.audited_create(list(unknown.values()))
    return known | unknown


def _owners_by_day(settings: dict) -> dict[str, list[tuple]]:
    """For each setting, what every file says of its owner, in the order of the files' days."""
    told: dict[str, list[tuple]] = {urn: [] for urn in settings}
    files = RegisterFile.objects.in_force()
    rows = RegisterEntry.objects.filter(file__in=files).order_by("file__as_at")
    for urn, day, owner in rows.values_list("urn", "file__as_at", "owner"):
        if urn in told:
            told[urn].append((day, owner_key(owner)))
    return told
