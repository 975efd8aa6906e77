"""Everything that follows from the files, by names alone: equal dumps are equal registers, whatever their keys."""

import datetime as dt
from collections.abc import Sequence
from types import SimpleNamespace

from inspections.ofsted.deteriorations import suspended_since
from inspections.ofsted.models import Inspection
from inspections.ofsted.selectors import register_as_at, register_summary
from inspections.scorecards.inputs.limiting_rules import entries_of
from providers.directory import visibility_reasons
from providers.directory.models import Setting, SettingOwnership

SETTING = [
    *(
        "urn",
        "education_urn",
        "provision_type__code",
        "registration_state__code",
        "registered_on",
        "closed_on",
    ),
    *("authority__name", "sector", "places", "premises_count", "short_break_only", "multi_building"),
    *("conditions", "ofsted_name", "ofsted_address", "ofsted_postcode"),
]
INSPECTION = [
    *("setting__urn", "event_number", "inspection_type__code", "event_type", "inspected_on", "published_on"),
    *("scale__code", "flags", "outcome_status"),
]


def everything(days: Sequence[dt.date]) -> dict[str, object]:
    listed = Setting.objects.exclude(visibility_reasons.unlisted())
    inspections = Inspection.objects.filter(source="imported", withdrawn_on=None)
    owned = SettingOwnership.objects.order_by("setting__urn", "from_on")
    return {
        "settings": list(listed.order_by("urn").values_list(*SETTING)),
        "owners": list(owned.values_list("setting__urn", "provider__name_key", "from_on", "to_on")),
        "inspections": sorted(
            (
                *map(str, Inspection.objects.filter(pk=one.pk).values_list(*INSPECTION).get()),
                *sorted(map(str, one.judgements.values_list("subject", "words", "grade__code"))),
            )
            for one in inspections
        ),
        "register": {day: sorted(map(repr, register_as_at(day))) for day in days},
        "summary": {day: folded(register_summary(day)) for day in days},
        "suspended": {setting.urn: suspended_since(setting) for setting in listed.order_by("urn")},
        "limits": limits_at(days[-1]),
    }


def folded(summary: dict) -> str:
    """Which words come first in a summary is not what it says."""
    return repr({key: in_order(value) for key, value in summary.items()})


def in_order(value):
    return sorted((key, in_order(one)) for key, one in value.items()) if isinstance(value, dict) else value


def limits_at(on: dt.date) -> dict[str, list]:
    """What a scorecard's limits read of the files."""
    urns = dict(Setting.objects.values_list("pk", "urn"))
    found = entries_of(SimpleNamespace(last=on, settings=list(urns)))
    return {
        urns[pk]: [(one.as_at, one.suspended, one.restricted) for one in entries]
        for pk, entries in sorted(found.items(), key=lambda pair: urns[pair[0]])
    }
