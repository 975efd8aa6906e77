"""What the installation's administrator is told about the health of the installation: counts, and nobody's data."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from inspections.ofsted.import_requests import ImportRequest
from providers.notifications.models import Notification
from providers.people.services.invitations import not_sent
from qa_portal.core.due import last_pass
from qa_portal.portal.health.readiness import look

LONGEST_PAUSE = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(hours=1)
"""Ours: a pass runs each minute, and an import takes less than a minute."""
DEAD_FOR = dt.timedelta(days=7)

MENDED_BY = {
    "database": "Start PostgreSQL, or correct DATABASE_URL.",
    "migrations": "Run manage.py migrate.",
    "guard": "Nothing is saved until this is mended. Run manage.py check --database default to see what is off,"
    " find out who did it, then run manage.py migrate.",
    "cache": "Run manage.py migrate, or correct CACHE_URL.",
    "documents": "Let the portal write to MEDIA_ROOT, and see that the disk has room.",
    "broker": "Start the broker, or correct CELERY_BROKER_URL.",
    "people": "Take a database of its own: this one holds the demo.",
}
NAMES = {
    "database": "Database",
    "migrations": "Tables up to date",
    "guard": "Audit guard",
    "cache": "Count of sign-in attempts",
    "documents": "Storage of documents",
    "broker": "Broker of background work",
    "people": "No demo people",
}


@dataclass(frozen=True)
class Check:
    """`words` say how it stands; `to_do` is empty where `ok`."""

    name: str
    ok: bool
    words: str
    to_do: str = ""


def checks() -> list[Check]:
    """Everything that runs behind the pages. For pages that ask for MANAGE_INSTALLATION: it counts across councils."""
    now = timezone.now()
    return [*_parts(), _background_work(now), _mail(now), _invitations(), _imports(now)]


def _parts() -> list[Check]:
    return [
        Check(NAMES[one.name], one.ok, one.word.capitalize(), "" if one.ok else MENDED_BY[one.name])
        for one in look()
    ]


def _background_work(now: dt.datetime) -> Check:
    last = last_pass()
    ok = last is not None and now - last <= LONGEST_PAUSE
    words = f"Last done on {timezone.localtime(last):%-d %B %Y at %H:%M}" if last else "Never done"
    to_do = (
        "Start manage.py run_due --loop 60, or the Celery worker with its beat: no deadline passes meanwhile."
    )
    return Check("Background work", ok, words, "" if ok else to_do)


def _mail(now: dt.datetime) -> Check:
    messages = Notification.objects.all()
    waiting = messages.filter(state=Notification.State.WAITING, created_at__lt=now - LONGEST_WAIT).count()
    dead = messages.filter(state=Notification.State.DEAD, created_at__gte=now - DEAD_FOR).count()
    ok = not (waiting or dead)
    words = f"{waiting} waiting for more than an hour, {dead} given up in the last 7 days"
    return Check(
        "Mail",
        ok,
        words,
        "" if ok else "Check EMAIL_URL, then open Mail: what was given up can be tried again there.",
    )


def _invitations() -> Check:
    waiting = not_sent().count()
    to_do = "Check EMAIL_URL; the background work sends them again." if waiting else ""
    return Check("Invitations", not waiting, f"{waiting} not sent", to_do)


def _imports(now: dt.datetime) -> Check:
    State = ImportRequest.State
    ended = ImportRequest.objects.filter(state__in=[State.DONE, State.REFUSED]).order_by("-ended_at", "-pk")
    refused = ended.values_list("state", flat=True).first() == State.REFUSED
    stuck = ImportRequest.objects.filter(
        state__in=[State.WAITING, State.APPLYING], asked_at__lt=now - LONGEST_WAIT
    ).count()
    words = f"{'The last file was refused' if refused else 'The last file was taken'}, {stuck} stuck"
    ok = not (refused or stuck)
    return Check(
        "Imports", ok, words, "" if ok else "Open Ofsted’s files: the file’s page says what was wrong."
    )
