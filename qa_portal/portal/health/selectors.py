"""Health checks for the installation's administrator: counts, and nobody's data."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from inspections.ofsted.importer.import_requests import ImportRequest
from providers.notifications.models import Notification
from providers.people.services.invitations import not_sent
from qa_portal.core.due import last_pass
from qa_portal.core.installation import Installation, OwnershipState
from qa_portal.portal.health.readiness import HealthFinding, run_checks

LONGEST_PAUSE = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(hours=1)
"""Ours: a pass runs each minute, and an import takes less than a minute."""
DEAD_FOR = dt.timedelta(days=7)

REMEDIES = {
    "database": "Start PostgreSQL, or correct DATABASE_URL.",
    "migrations": "Run manage.py migrate.",
    "guard": "Nothing is saved until this is mended. Run manage.py check --database default to see what is off,"
    " find out who did it, then run manage.py migrate.",
    "cache": "Run manage.py migrate, or correct CACHE_URL.",
    "documents": "Let the portal write to MEDIA_ROOT, and see that the disk has room.",
    "storage": "Point MEDIA_ROOT at this installation’s own folder, or take this one with manage.py adopt_storage.",
    "broker": "Start the broker, or correct CELERY_BROKER_URL.",
    "people": "Take a database of its own: this one holds the demo.",
}
STORAGE_REMEDIES = {
    OwnershipState.RESTORED.value: "Look at what it lacks, and end this state, with manage.py end_restored_state.",
    OwnershipState.UNREADABLE.value: REMEDIES["documents"],
}
"""Otherwise the storage is not, or not known to be, this installation's."""
STRAYS_REMEDY = (
    "See whether an older database was restored; manage.py quarantine strays lists the files, and manage.py "
    "quarantine sweep sets them aside."
)
NAMES = {
    "database": "Database",
    "migrations": "Tables up to date",
    "guard": "Audit guard",
    "cache": "Count of sign-in attempts",
    "documents": "Storage of documents",
    "storage": "Documents and database belong together",
    "broker": "Broker of background work",
    "people": "No demo people",
}


@dataclass(frozen=True)
class HealthCheck:
    """`words` say how it stands; `to_do` is empty where `ok`."""

    name: str
    ok: bool
    words: str
    to_do: str = ""


def checks() -> list[HealthCheck]:
    """Return every check of the machinery. Only for MANAGE_INSTALLATION: it counts across councils."""
    now = timezone.now()
    return [*_parts(), _stored_files(), _background_work(now), _mail(now), _invitations(), _imports(now)]


def _parts() -> list[HealthCheck]:
    return [
        HealthCheck(NAMES[one.name], one.ok, one.word.capitalize(), remedy_for(one)) for one in run_checks()
    ]


def remedy_for(finding: HealthFinding) -> str:
    """Say what mends it; empty where nothing is wrong."""
    if finding.ok:
        return ""
    if finding.name == "storage":
        return STORAGE_REMEDIES.get(finding.word, REMEDIES["storage"])
    return REMEDIES[finding.name]


def _stored_files() -> HealthCheck:
    """Return the check of what the last sweep found and whether the storage is an older copy."""
    row = Installation.objects.first()
    told = row.sweep if row else {}
    if row and row.storage_older_at:
        words = (
            f"The storage lacks what it had; found on {timezone.localtime(row.storage_older_at):%-d %B %Y}"
        )
        to_do = "See which documents have lost their contents with manage.py end_restored_state."
        return HealthCheck("Stored files", ok=False, words=words, to_do=to_do)
    if not told:
        return HealthCheck("Stored files", ok=True, words="Not looked through yet")
    if told["stopped"]:
        words = f"{told['strays']:,} of {told['stored']:,} belong to no document; none was moved"
        return HealthCheck("Stored files", ok=False, words=words, to_do=STRAYS_REMEDY)
    words = f"{told['stored']:,} looked through, {told['strays']:,} without a document set aside"
    return HealthCheck("Stored files", ok=True, words=words)


def _background_work(now: dt.datetime) -> HealthCheck:
    last = last_pass()
    ok = last is not None and now - last <= LONGEST_PAUSE
    words = f"Last done on {timezone.localtime(last):%-d %B %Y at %H:%M}" if last else "Never done"
    to_do = (
        "Start manage.py run_due --loop 60, or the Celery worker with its beat: no deadline passes meanwhile."
    )
    return HealthCheck("Background work", ok, words, "" if ok else to_do)


def _mail(now: dt.datetime) -> HealthCheck:
    messages = Notification.objects.all()
    waiting = messages.filter(state=Notification.State.WAITING, created_at__lt=now - LONGEST_WAIT).count()
    dead = messages.filter(state=Notification.State.DEAD, created_at__gte=now - DEAD_FOR).count()
    ok = not (waiting or dead)
    words = f"{waiting} waiting for more than an hour, {dead} given up in the last 7 days"
    return HealthCheck(
        "Mail",
        ok,
        words,
        "" if ok else "Check EMAIL_URL, then open Mail: what was given up can be tried again there.",
    )


def _invitations() -> HealthCheck:
    waiting = not_sent().count()
    to_do = "Check EMAIL_URL; the background work sends them again." if waiting else ""
    return HealthCheck("Invitations", not waiting, f"{waiting} not sent", to_do)


def _imports(now: dt.datetime) -> HealthCheck:
    State = ImportRequest.State
    ended = ImportRequest.objects.filter(state__in=[State.DONE, State.REFUSED]).order_by("-ended_at", "-pk")
    refused = ended.values_list("state", flat=True).first() == State.REFUSED
    stuck = ImportRequest.objects.filter(
        state__in=[State.WAITING, State.APPLYING], asked_at__lt=now - LONGEST_WAIT
    ).count()
    words = f"{'The last file was refused' if refused else 'The last file was imported'}, {stuck} stuck"
    ok = not (refused or stuck)
    return HealthCheck(
        "Imports", ok, words, "" if ok else "Open Ofsted files: the file’s page says what was wrong."
    )
