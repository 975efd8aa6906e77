"""Lead officers of settings, and absences, for which their deputies stand in."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from providers.directory.models import Setting
from providers.people.models import Absence, Membership, Organisation, SettingLead, User
from providers.people.rules import (
    check_can_lead,
    check_can_name_lead,
    check_can_record_absence,
    own_organisation,
)
from qa_portal.core import handover
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

LONGEST_ABSENCE = dt.timedelta(days=366)


@transaction.atomic
def name_leads(
    *, by: User, settings: Sequence[Setting], lead: Membership, deputy: Membership | None = None, on: dt.date
) -> list[SettingLead]:
    """Name the same officers for every setting, from a day until others are named; all settings or none.

    Earlier leads are kept with their dates.
    """
    check_can_name_lead(by, *settings)
    council = own_organisation(by)
    check_can_lead(council, *filter(None, (lead, deputy)))
    if lead == deputy:
        raise Refused("The deputy must be somebody else than the lead officer.")
    last = _last_of(council, settings)
    return [_name(council, setting, last.get(setting.pk), lead, deputy, on) for setting in settings]


def name_lead(
    *, by: User, setting: Setting, lead: Membership, deputy: Membership | None = None, on: dt.date
) -> SettingLead:
    """`name_leads` of one setting."""
    return name_leads(by=by, settings=[setting], lead=lead, deputy=deputy, on=on)[0]


def _last_of(council: Organisation, settings: Sequence[Setting]) -> dict[int, SettingLead]:
    """Return the newest lead of each setting by its key, with the settings locked so that two people take turns."""
    settings_locked = Setting.objects.select_for_update().filter(pk__in=[setting.pk for setting in settings])
    rows = SettingLead.objects.filter(council=council, setting__in=list(settings_locked)).order_by(
        "from_on", "pk"
    )
    return {row.setting_id: row for row in rows}


def _name(
    council: Organisation,
    setting: Setting,
    last: SettingLead | None,
    lead: Membership,
    deputy: Membership | None,
    on: dt.date,
) -> SettingLead:
    if last and last.from_on > on:
        raise Refused(
            f"{setting} has a lead officer from {last.from_on:%-d %B %Y}: choose that day or a later one."
        )
    if last and last.from_on == on:
        return _set(last, lead, deputy, to_on=None)
    if last and (last.to_on is None or last.to_on > on):
        _end(last, on)
    return SettingLead.objects.create(council=council, setting=setting, lead=lead, deputy=deputy, from_on=on)


@transaction.atomic
def end_lead(*, by: User, setting: Setting, on: dt.date) -> None:
    """End the lead on the day: from then on the work goes to everybody who may do it."""
    check_can_name_lead(by, setting)
    last = _last_of(own_organisation(by), [setting]).get(setting.pk)
    if last is None or last.to_on:
        raise Refused("Nobody leads this setting.")
    if on < last.from_on:
        raise Refused(f"The lead officer began on {last.from_on:%-d %B %Y}: choose that day or a later one.")
    _end(last, on)


def _end(row: SettingLead, on: dt.date) -> None:
    row.to_on = on
    row.save()


def _set(row: SettingLead, lead: Membership, deputy: Membership | None, to_on: dt.date | None) -> SettingLead:
    row.lead, row.deputy, row.to_on = lead, deputy, to_on
    row.save()
    return row


@transaction.atomic
def record_absence(*, by: User, membership: Membership, from_on: dt.date, to_on: dt.date) -> Absence:
    """`to_on` is the day they are back."""
    check_can_record_absence(by, membership)
    if to_on <= from_on:
        raise Refused("The day back must be after the first day away.")
    if to_on <= today():
        raise Refused("This absence is over already: it changes nobody's work.")
    if to_on - from_on > LONGEST_ABSENCE:
        raise Refused("An absence is at most a year long. For a longer one, hand over the work.")
    locked(membership)
    standing = membership.absences.not_over(from_on).filter(from_on__lt=to_on)
    if other := standing.first():
        raise Refused(f"An absence of these days is recorded already. {other}.")
    return Absence.objects.create(membership=membership, from_on=from_on, to_on=to_on)


@transaction.atomic
def end_absence(*, by: User, absence: Absence) -> None:
    """Back from today; one that has not begun is called off and keeps no days."""
    check_can_record_absence(by, absence.membership)
    if absence.to_on <= max(today(), absence.from_on):
        raise Refused("This absence is over already.")
    absence.to_on = max(today(), absence.from_on)
    absence.save()


def _succeed(row: SettingLead, lead: Membership, deputy: Membership | None, reason: str) -> None:
    """Let the two take over from today; who led before is kept with their days."""
    row._change_reason, until = reason, row.to_on
    if row.from_on >= today():
        _set(row, lead, deputy, to_on=until)
        return
    _end(row, today())
    after = SettingLead(council=row.council, setting=row.setting, lead=lead, deputy=deputy, from_on=today())
    after.to_on, after._change_reason = until, reason
    after.save()


def _hand_over_lead(row: SettingLead, to: Membership, reason: str) -> None:
    check_can_lead(row.council, to)
    _succeed(row, to, None if row.deputy == to else row.deputy, reason)


def _hand_over_deputy(row: SettingLead, to: Membership, reason: str) -> None:
    check_can_lead(row.council, to)
    _succeed(row, row.lead, None if row.lead == to else to, reason)


handover.register(
    handover.HandoverType(
        one="setting as lead officer",
        many="settings as lead officer",
        held_by=lambda membership: SettingLead.objects.not_over(today()).filter(lead=membership),
        hand_over=_hand_over_lead,
    )
)
handover.register(
    handover.HandoverType(
        one="setting as deputy",
        many="settings as deputy",
        held_by=lambda membership: SettingLead.objects.not_over(today()).filter(deputy=membership),
        hand_over=_hand_over_deputy,
    )
)
