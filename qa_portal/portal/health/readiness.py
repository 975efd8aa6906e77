"""Checks that all a page needs is there; each question runs in its own thread with a time limit."""

import functools
import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from kombu import Connection

from providers.documents.storage import document_storage
from providers.documents.storage_guard import ownership
from qa_portal.core.audit import guard
from qa_portal.core.demonstration import is_demonstration

OK, LATE = "ok", "late"
log = logging.getLogger("qa.health")


@dataclass(frozen=True)
class HealthFinding:
    """`word` is one plain word: "ok", or what is wrong."""

    name: str
    word: str

    @property
    def ok(self) -> bool:
        return self.word == OK


@dataclass(frozen=True)
class HealthQuestion:
    """`ask` gives the word when something is wrong, else nothing; when it raises, the word is `broken`."""

    name: str
    broken: str
    ask: Callable[[], str | None]


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # audit-ok: reads nothing, writes nothing


def migrations() -> str | None:
    applied = MigrationRecorder(connection).applied_migrations()
    return None if newest_migrations() <= applied.keys() else "pending"


@functools.cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Return the newest migration of each app in the running code."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def audit_guard() -> str | None:
    return "partly off" if guard.faults(connection) else None


def rate_limits() -> None:
    cache.get("health")


def documents() -> None:
    storage = document_storage()
    name = storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ok"))
    storage.delete(name)


def storage() -> str | None:
    """Return what is wrong with the storage: another installation's, or newer than the database."""
    found = ownership()
    return found.state.value if found.stops else None


def broker() -> None:
    within = settings.READY_WITHIN_SECONDS
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=within) as opened:
        opened.ensure_connection(max_retries=1, timeout=within)


def people() -> str | None:
    return "demo" if is_demonstration() else None


QUESTIONS = [
    HealthQuestion("database", "unreachable", database),
    HealthQuestion("migrations", "unreadable", migrations),
    HealthQuestion("guard", "unreadable", audit_guard),
    HealthQuestion("cache", "unusable", rate_limits),
    HealthQuestion("documents", "unwritable", documents),
    HealthQuestion("storage", "unreadable", storage),
]
BROKER = HealthQuestion("broker", "unreachable", broker)
PEOPLE = HealthQuestion("people", "unreadable", people)


def questions() -> list[HealthQuestion]:
    asked = list(QUESTIONS)
    if settings.CELERY_BROKER_URL:
        asked.append(BROKER)
    if settings.PRODUCTION:
        asked.append(PEOPLE)
    return asked


def run_checks(asked: list[HealthQuestion] | None = None) -> list[HealthFinding]:
    """Return a finding for each question within READY_WITHIN_SECONDS; what has not answered by then is "late"."""
    newest_migrations()  # once a process, from our own files: that takes as long as it takes and is nobody's fault
    askings = [_asking_of(question) for question in (questions() if asked is None else asked)]
    until = time.monotonic() + settings.READY_WITHIN_SECONDS
    for asking in askings:
        asking.join(max(0.0, until - time.monotonic()))
    return [HealthFinding(one.question.name, LATE if one.is_alive() else one.word) for one in askings]


class Asking(threading.Thread):
    def __init__(self, question: HealthQuestion) -> None:
        super().__init__(name=f"health-{question.name}", daemon=True)
        self.question, self.word = question, LATE

    def run(self) -> None:
        try:
            self.word = self.question.ask() or OK
        except Exception as error:  # whatever it is, it is the answer
            self.word = self.question.broken
            log.warning("%s is %s: %s", self.question.name, self.word, type(error).__name__)
        finally:
            connections.close_all()


_stuck: dict[str, Asking] = {}
_door = threading.Lock()


def _asking_of(question: HealthQuestion) -> Asking:
    """Return the thread that still hangs on this question, if any, so that a dead disk costs one thread only."""
    with _door:
        asking = _stuck.get(question.name)
        if asking is None or not asking.is_alive():
            asking = _stuck[question.name] = Asking(question)
            asking.start()
        return asking
