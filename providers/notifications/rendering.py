"""A message as a mail: kind, setting, day and link. No name of a person, and nobody's own words."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from providers.notifications.calendar import for_reader, method_of
from providers.notifications.kinds import DAYS, DIGEST, KINDS, Fact
from providers.notifications.models import Notification

SERVICE = "Placements quality assurance"
LONGEST_DIGEST = 100


def facts_of(message: Notification) -> Iterator[tuple[str, str]]:
    """(label, words): the setting first, then the facts in the order in which they are listed."""
    if message.setting:
        yield "Setting", f"{message.setting} (URN {message.setting.urn})"
    for fact in Fact:
        if (value := message.facts.get(fact.value)) is not None:
            yield str(fact.label), _words(fact, value)


def _words(fact: Fact, value) -> str:
    return f"{dt.date.fromisoformat(value):%-d %B %Y}" if fact in DAYS else str(value)


def rendered(message: Notification) -> tuple[str, str]:
    """(subject line, text). Raises KeyError for a kind that no longer exists."""
    kind, reader = KINDS[message.kind], message.to.organisation.kind
    context = {
        "text": kind.text_for(reader),
        "facts": list(facts_of(message)),
        "link": message.address,
        "preferences": "" if kind.compulsory else settings.PORTAL_URL + reverse("message_preferences"),
    }
    if kind == DIGEST:
        context |= _digest(message)
    template = "email/digest.txt" if kind == DIGEST else "email/notification.txt"
    return f"{SERVICE}: {kind.label_for(reader)}", render_to_string(template, context).strip() + "\n"


def _digest(message: Notification) -> dict:
    items = message.items.with_names().order_by("created_at", "pk")
    shown = [(item.label, list(facts_of(item)), item.address) for item in items[:LONGEST_DIGEST]]
    return {
        "items": shown,
        "more": items.count() - len(shown),
        "messages": settings.PORTAL_URL + reverse("messages"),
        "preferences": settings.PORTAL_URL + reverse("message_preferences"),
    }


def mail_of(message: Notification, subject: str, body: str) -> EmailMultiAlternatives:
    """Return the mail, with the Message-ID that every attempt has in common, so that a mail sent twice can be told."""
    reader = message.to.person.user.email
    mail = EmailMultiAlternatives(
        subject,
        body,
        to=[reader],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if message.invitation:
        text = for_reader(message.invitation, organiser=settings.DEFAULT_FROM_EMAIL, reader=reader)
        mail.attach_alternative(text, f"text/calendar; method={method_of(text)}")
        mail.attach("invitation.ics", text, "application/ics")
    return mail
