import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from providers.notifications.kinds import DIGEST, KINDS, MessageKind
from providers.notifications.models import Notification, NotificationPreference
from providers.people.models import Organisation, Person

How, State = NotificationPreference.How, Notification.State


def default_of(kind: MessageKind) -> str:
    return How.AT_ONCE if kind.urgent or kind.compulsory else How.DIGEST


def choosable_kinds(organisation: Organisation) -> list[MessageKind]:
    """Those that the people of an organisation can get and may switch off."""
    return [kind for kind in KINDS.values() if organisation.kind in kind.audience and not kind.compulsory]


def compulsory_kinds(organisation: Organisation) -> list[MessageKind]:
    offered = [kind for kind in KINDS.values() if kind.compulsory and kind != DIGEST]
    return [kind for kind in offered if organisation.kind in kind.audience]


def preferences_of(person: Person) -> dict[str, str]:
    """Each kind that they chose for, and how."""
    return dict(NotificationPreference.objects.filter(person=person).values_list("kind", "how"))


@dataclass(frozen=True)
class Outbox:
    """How the mail is doing: numbers, and since when the oldest message should have left."""

    waiting: int
    failing: int
    dead: int
    sent_today: int
    oldest_due_at: dt.datetime | None


def outbox(messages: Any = None, *, since: dt.datetime) -> Outbox:
    """Count all messages, or those given; `since` is when today began."""
    messages = Notification.objects.all() if messages is None else messages
    waiting = Q(state=State.WAITING)
    return Outbox(
        **messages.aggregate(
            waiting=Count("pk", filter=waiting),
            failing=Count("pk", filter=waiting & ~Q(error="")),
            dead=Count("pk", filter=Q(state=State.DEAD)),
            sent_today=Count("pk", filter=Q(state=State.SENT, sent_at__gte=since)),
            oldest_due_at=Min("next_try_at", filter=waiting & Q(next_try_at__lte=timezone.now())),
        )
    )
