"""The present state of settings, and who owned them from when to when."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, zip_longest

from inspections.ofsted.feed_shapes import FeedRow
from providers.directory.fields import name_key
from providers.directory.models import Provider, Setting, SettingOwnership
from qa_portal.core.audit.bulk import audited_save, set_values


def save_settings(
    rows: Sequence[FeedRow], *, types: Mapping, states: Mapping, authorities: Mapping, told_later: set[str]
) -> dict[str, Setting]:
    """By URN. A setting that a newer file tells of is left as that file says."""
    known = {s.urn: s for s in Setting.objects.filter(urn__in=[r.urn for r in rows]).select_for_update()}
    added, changed, fields = [], [], set()
    for row in rows:
        values = {
            "provision_type": types.get(name_key(row.provision_type)),
            "registration_state": states.get(name_key(row.registration_status)),
            "authority": authorities.get(name_key(row.local_authority)),
            **published(row),
        }
        setting = known.get(row.urn)
        if setting is None:
            added.append(Setting(urn=row.urn, **values))
        elif row.urn not in told_later and (names := set_values(setting, values)):
            changed.append(setting)
            fields |= names
    audited_save(changed, sorted(fields))
    return known | {setting.urn: setting for setting in Setting.objects.audited_create(added)}


def published(row: FeedRow) -> dict[str, object]:
    return {
        "education_urn": row.education_urn,
        "registered_on": row.registered_on,
        "closed_on": row.closed_on,
        "sector": row.sector,
        "places": row.places,
        "premises_count": row.premises,
        "short_break_only": row.short_break_only,
        "multi_building": row.multi_building,
        "conditions": row.conditions,
        "ofsted_name": row.name,
        "ofsted_address": ", ".join(row.address),
        "ofsted_postcode": row.postcode,
    }


Run = tuple[Provider, object, object]


def save_ownerships(
    settings: Mapping[str, Setting],
    told: Mapping[str, Iterable[tuple]],
    providers: Mapping[str, Provider],
) -> None:
    """Makes the dated rows of each setting equal to what the files say together."""
    standing: dict[int, list[SettingOwnership]] = {setting.pk: [] for setting in settings.values()}
    for row in SettingOwnership.objects.filter(setting__in=standing).order_by("from_on", "pk"):
        standing[row.setting_id].append(row)
    added, changed = [], []
    for urn, setting in settings.items():
        for row, run in zip_longest(standing[setting.pk], runs(told[urn], providers)):
            if row is None:
                provider, from_on, to_on = run
                added.append(
                    SettingOwnership(setting=setting, provider=provider, from_on=from_on, to_on=to_on)
                )
            elif run is None:
                row.delete()
            elif (row.provider_id, row.from_on, row.to_on) != (run[0].pk, *run[1:]):
                row.provider, row.from_on, row.to_on = run
                changed.append(row)
    # Those that end are written first: a setting has one open owner at every moment.
    audited_save([row for row in changed if row.to_on], ["provider", "from_on", "to_on"])
    audited_save([row for row in changed if not row.to_on], ["provider", "from_on", "to_on"])
    SettingOwnership.objects.audited_create(added)


def runs(told: Iterable[tuple], providers: Mapping[str, Provider]) -> list[Run]:
    """From (day, owner's key) in order of day to (provider, from, to); days without an owner are a gap."""
    starts = [(key, next(days)[0]) for key, days in groupby(told, key=lambda pair: pair[1])]
    ends = [day for _, day in starts[1:]] + [None]
    return [(providers[key], start, end) for (key, start), end in zip(starts, ends, strict=True) if key]
