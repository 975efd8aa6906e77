"""Messages are written in the transaction of what they tell, under a key that makes each of them one."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from providers.directory.models import Provider, Setting
from providers.notifications.calendar import Appointment, entry
from providers.notifications.kinds import MessageKind, clean_facts
from providers.notifications.models import HELD, Notification, NotificationPreference, host
from providers.notifications.reminders import THRESHOLDS, due_threshold, reminder_key
from providers.notifications.selectors import choosable_kinds, default_of
from providers.people.models import Membership, Organisation, User
from providers.people.rules import check_may, own_organisation
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

How, State = NotificationPreference.How, Notification.State
STATES = {How.AT_ONCE: State.WAITING, How.DIGEST: State.DIGEST, How.OFF: State.OFF}


@dataclass(frozen=True)
class About:
    """What a message is about. `council` owns the record, `path` is the page that the message leads to."""

    path: str = ""
    council: Organisation | None = None
    setting: Setting | None = None
    provider: Provider | None = None
    subject_kind: str = ""
    subject_id: uuid.UUID | None = None


NOTHING = About()


def notify_all(
    *,
    to: Iterable[Membership],
    key: str,
    kind: MessageKind,
    about: About = NOTHING,
    facts: Mapping[str, object] | None = None,
    appointment: Appointment | None = None,
) -> list[Notification]:
    """One message to each person, once for each `key`: given again, nothing is written.

    Whether it goes at once, in the digest or not at all is settled now, by the reader's own choice.
    Raises ValueError for a kind that a reader may never get, a fact that is not listed, and an appointment
    of a kind that has none: faults of the caller.
    """
    asked = Membership.objects.select_related("organisation").filter(pk__in=[row.pk for row in to])
    readers = {row.person_id: row for row in asked.order_by("pk")}
    told = clean_facts(facts or {})
    chosen = {
        row.person_id: row.how
        for row in NotificationPreference.objects.filter(person__in=readers, kind=kind.key)
    }
    rows = []
    for person, reader in readers.items():
        how = default_of(kind) if kind.compulsory else chosen.get(person, default_of(kind))
        rows.append(_message(reader, f"{key}:{person}", kind, how, about, told, appointment))
    Notification.objects.bulk_create(rows, ignore_conflicts=True)  # audit-ok: operational table
    return list(Notification.objects.filter(key__in=[row.key for row in rows]))


def notify_again(
    *, to: Iterable[Membership], key: str, kind: MessageKind, **about: Any
) -> list[Notification]:
    """`notify_all` for due work that asks on every pass: where everybody was told, it costs one question."""
    readers = list(to)
    told = list(Notification.objects.filter(key__in=[f"{key}:{reader.person_id}" for reader in readers]))
    if len(told) == len({reader.person_id for reader in readers}):
        return told
    return notify_all(to=readers, key=key, kind=kind, **about)


def notify(*, to: Membership, key: str, kind: MessageKind, **about: Any) -> Notification | None:
    """`notify_all` of one person."""
    return next(iter(notify_all(to=[to], key=key, kind=kind, **about)), None)


def notify_holders(
    *,
    permission: Permission,
    organisation: Organisation,
    key: str,
    kind: MessageKind,
    by: User | None = None,
    **about: Any,
) -> list[Notification]:
    """Everybody at the organisation whose role grants `permission`, but `by`, who caused it and knows."""
    readers = holders(permission, organisation)
    if by:
        readers = readers.exclude(person=by.person_id)
    return notify_all(to=readers, key=key, kind=kind, **about)


def remind(
    *,
    to: Iterable[Membership],
    subject: str,
    kind: MessageKind,
    ends_on: dt.date,
    thresholds: Sequence[int] = THRESHOLDS,
    facts: Mapping[str, object] | None = None,
    about: About = NOTHING,
) -> list[Notification]:
    """Send the reminder due today about something that ends, if any. `subject` names it: "document:<uuid>".

    Due work may call it on any day, as often as it likes.
    """
    threshold = due_threshold(ends_on, today(), thresholds)
    if threshold is None:
        return []
    return notify_again(
        to=to,
        key=reminder_key(subject, ends_on, threshold),
        kind=kind,
        about=about,
        facts={**(facts or {}), "expires_on": ends_on, "days_left": (ends_on - today()).days},
    )


def _message(
    reader: Membership,
    key: str,
    kind: MessageKind,
    how: str,
    about: About,
    facts: dict,
    appointment: Appointment | None,
) -> Notification:
    if reader.organisation.kind not in kind.audience:
        raise ValueError(f"{kind.key} is never told to a {reader.organisation.kind}")
    state = STATES[How(how)]
    message = Notification(
        key=key,
        to=reader,
        kind=kind.key,
        council=about.council,
        setting=about.setting,
        provider=about.provider,
        subject_kind=about.subject_kind,
        subject_id=about.subject_id,
        path=about.path,
        facts=facts,
        state=state,
        next_try_at=timezone.now() if state == State.WAITING else None,
    )
    message.message_id = f"<{message.public_id}@{host()}>"
    if appointment:
        message.invitation = _entry(message, kind, appointment)
    return message


def _entry(message: Notification, kind: MessageKind, appointment: Appointment) -> str:
    if not kind.appointment:
        raise ValueError(f"{kind.key} has no place in a calendar")
    where = f": {message.setting}" if message.setting else ""
    return entry(
        appointment, summary=kind.appointment + where, url=message.address, made_at=message.created_at
    )


def appointment_uid(subject_kind: str, subject_id: uuid.UUID) -> str:
    """Return the id that all messages about one record share, so that calendars keep one entry."""
    return f"{subject_kind}-{subject_id}@{host()}"


@transaction.atomic
def choose_messages(*, by: User, choices: Mapping[str, str]) -> None:
    """`choices` maps kinds to how one wants them from now on; what is written already goes as it would have."""
    offered = {kind.key: kind for kind in choosable_kinds(own_organisation(by))}
    standing = {row.kind: row for row in NotificationPreference.objects.filter(person=by.person_id)}
    for key, how in choices.items():
        if key not in offered or how not in How.values:
            raise Refused("These messages cannot be switched off.")
        row = standing.get(key) or NotificationPreference(
            person=by.person, kind=key, how=default_of(offered[key])
        )
        if row.how != how:
            row.how = how
            row.save()


@transaction.atomic
def try_again(*, by: User, message: Notification | None = None) -> int:
    """Try a message again that could not be delivered. Return how many will be tried.

    Without a message: all but those held after a restore, which may have been mailed before and are
    sent one by one.
    """
    check_may(by, Permission.MANAGE_INSTALLATION)
    dead = Notification.objects.filter(state=State.DEAD)
    dead = dead.filter(pk=message.pk) if message else dead.exclude(error=HELD)
    started = dead.update(  # audit-ok: operational table
        state=State.WAITING, attempts=0, error="", next_try_at=timezone.now()
    )
    if message and not started:
        raise Refused("This message is on its way already.")
    return started


@transaction.atomic
def hold_waiting(*, before: dt.datetime, made_since: dt.datetime) -> int:
    """Hold messages that may have been mailed before a restore, so that only a person sends them. Return how many.

    These were due `before`, or due work has made them again since `made_since`: reminders and deadlines
    of the time between.
    """
    open_ones = Notification.objects.filter(state__in=[State.WAITING, State.DIGEST], part_of=None)
    old = list(Notification.objects.may_have_left(before).values_list("pk", flat=True))
    found = open_ones.filter(Q(pk__in=old) | Q(created_at__gte=made_since))
    return found.update(state=State.DEAD, error=HELD)  # audit-ok: operational table
