"""The due work of the outbox: digests are made once a day, and what waits is mailed.

At least once: a message is taken for a while (`next_try_at` moves on), mailed with nothing locked, then marked
as sent. Whoever dies between the mail server's yes and the mark sends it again with the same Message-ID; any
other fault sends it once. Never a lock while the network answers: on SQLite it would hold up every writer.
"""

import datetime as dt
import logging
import random
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from providers.notifications.kinds import DIGEST
from providers.notifications.models import Notification, host
from providers.notifications.rendering import mail_of, rendered
from providers.people.models import Membership, Person
from qa_portal.core import due
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import at_london, today
from qa_portal.core.present import present

log = logging.getLogger("qa.mail")
State = Notification.State
SEND, COLLECT = "send messages", "collect daily digests"

MOST_ATTEMPTS = 10
SHORTEST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=2), dt.timedelta(hours=1)
"""The shortest is longer than a mail takes with every answer at its timeout, so nobody else takes it meanwhile."""
OF_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPDataError)


def wait_after(attempts: int) -> dt.timedelta:
    """Twice as long each time, a little longer at random so that messages do not come back in step; an hour at most."""
    wait = SHORTEST_WAIT * 2 ** min(attempts - 1, 5)
    return min(wait * random.uniform(1, 1.5), LONGEST_WAIT)  # noqa: S311 not a secret


def due_messages():
    return Notification.objects.due(timezone.now()).order_by("next_try_at", "pk")


def send(message: Notification) -> None:
    """Nothing for a message that somebody else has taken, or sent, since the query."""
    taken = _take(message)
    if taken is None:
        return
    if taken.attempts > MOST_ATTEMPTS:
        _set(taken, state=State.DEAD)  # whoever took it last died with it
    elif not _is_in_post(taken.to):
        _set(taken, state=State.LEFT, error="")
    else:
        _mail(taken)


def _take(message: Notification) -> Notification | None:
    now = timezone.now()
    mine = Notification.objects.due(now).filter(pk=message.pk)
    taken = mine.update(  # audit-ok: operational table
        attempts=F("attempts") + 1, next_try_at=now + wait_after(message.attempts + 1)
    )
    rows = Notification.objects.with_names().select_related("to__person__user")
    return rows.get(pk=message.pk) if taken else None


def _mail(message: Notification) -> None:
    try:
        subject, body = rendered(message)
        mail_of(message, subject, body).send()
    except OSError as error:  # every fault of smtplib and of the network is one
        _not_sent(message, error)
    except Exception as error:
        _not_sent(message, error)
        raise
    else:
        _set(
            message,
            state=State.SENT,
            sent_at=timezone.now(),
            next_try_at=None,
            error="",
            subject=subject,
            body=body,
        )


def _not_sent(message: Notification, error: Exception) -> None:
    """Only the kind of error is kept and logged: its words can hold the reader's address."""
    name = type(error).__name__
    log.warning("message %s not sent, attempt %s: %s", message.public_id, message.attempts, name)
    over = message.attempts >= MOST_ATTEMPTS or _is_for_good(error)
    _set(message, error=name, state=State.DEAD if over else State.WAITING)
    if isinstance(error, OSError) and not isinstance(error, OF_ONE_MESSAGE):
        _hold_the_rest(until=present(message.next_try_at))


def _is_for_good(error: Exception) -> bool:
    """Return whether the mail server says that the address does not exist."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def _hold_the_rest(*, until: dt.datetime) -> None:
    """Put off all other messages when the server is down: trying each would take hours and use up attempts."""
    Notification.objects.due(timezone.now()).update(next_try_at=until)  # audit-ok: operational table


def _set(message: Notification, **values) -> None:
    """Only while it still waits: a slow attempt must not undo what a later one did."""
    waiting = Notification.objects.filter(pk=message.pk, state=State.WAITING)
    waiting.update(**values)  # audit-ok: operational table


def _is_in_post(membership: Membership) -> bool:
    return membership.is_in_force and membership.person.user.is_active


def digest_time(on: dt.date) -> dt.datetime:
    return at_london(on, dt.time(settings.DIGEST_HOUR))


def due_digests():
    """People with something to be told, who have had no digest today; nobody before the hour."""
    begins = digest_time(today())
    if timezone.now() < begins:
        return Person.objects.none()
    waiting = Notification.objects.for_the_digest().values("to__person")
    had_one = Notification.objects.filter(kind=DIGEST.key, created_at__gte=begins).values("to__person")
    return Person.objects.filter(pk__in=waiting).exclude(pk__in=had_one)


@transaction.atomic
def collect(person: Person) -> None:
    """One digest of everything that waits, however long the worker stood still."""
    locked(person)
    key = f"digest:{person.pk}:{today().isoformat()}"
    if Notification.objects.filter(key=key).exists():
        return
    items = list(
        Notification.objects.for_the_digest().filter(to__person=person).select_related("to__person__user")
    )
    gone = [item.pk for item in items if not _is_in_post(item.to)]
    Notification.objects.filter(pk__in=gone).update(state=State.LEFT)  # audit-ok: operational table
    items = [item for item in items if item.pk not in gone]
    if not items:
        return
    digest = Notification(
        key=key, to=items[0].to, kind=DIGEST.key, state=State.WAITING, next_try_at=timezone.now()
    )
    digest.message_id = f"<{digest.public_id}@{host()}>"
    digest.save()
    told = Notification.objects.filter(pk__in=[item.pk for item in items])
    told.update(part_of=digest)  # audit-ok: operational table


due.register(due.DueWork(COLLECT, due_digests, collect))
due.register(due.DueWork(SEND, due_messages, send))
