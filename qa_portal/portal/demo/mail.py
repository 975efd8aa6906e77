"""The demo's emails: those of the outbox, and those that sign-in writes, which are files only."""

import datetime as dt
import email
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from providers.notifications.models import Notification
from providers.notifications.rendering import SERVICE
from qa_portal.core.present import present

BETWEEN = b"-" * 79 + b"\n"
"""What Django writes between the mails of one file."""


@dataclass(frozen=True)
class Mail:
    key: str
    at: dt.datetime
    to: str
    subject: str
    body: str = ""
    invitation: str = ""
    """The calendar part, as a file."""

    @property
    def about(self) -> str:
        """Return the subject without the portal's name, which a mailbox needs and this list does not."""
        return self.subject.removeprefix(f"{SERVICE}: ")


def outbox():
    sent = Notification.objects.filter(state=Notification.State.SENT)
    return sent.select_related("to__person__user").order_by("-sent_at", "-pk")


def of_message(message: Notification) -> Mail:
    return Mail(
        key=str(message.public_id),
        at=present(message.sent_at),
        to=message.to.person.user.email,
        subject=message.subject,
        body=message.body,
        invitation=message.invitation,
    )


def folder() -> Path | None:
    """Return the folder where mails are written as files, if they are."""
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path and Path(path).is_dir() else None


def files() -> list[Path]:
    found = folder()
    return sorted(found.glob("*.log")) if found else []


def clear_files() -> None:
    """Delete the mail files of an earlier demo."""
    for path in files():
        path.unlink()


def in_files() -> list[Mail]:
    """Return the mails that are in no outbox, newest first."""
    mails = [mail for path in files() for mail in parsed(path.read_bytes())]
    return sorted(mails, key=lambda mail: mail.at, reverse=True)


def parsed(content: bytes) -> Iterator[Mail]:
    for raw in content.split(BETWEEN):
        # Of the outbox says its header; its row holds the same text.
        if raw.strip() and b"\nAuto-Submitted: auto-generated" not in raw:
            told = email.message_from_bytes(raw.strip(), policy=policy.default)
            text = told.get_body(("plain",))
            yield Mail(
                key=sha256(raw).hexdigest()[:32],
                at=parsedate_to_datetime(told["Date"]).astimezone(dt.UTC),
                to=str(told["To"]),
                subject=str(told["Subject"]),
                body=text.get_content() if text else "",
            )
