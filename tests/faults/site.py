"""The portal served by gunicorn, and a person who uses it."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings

from tests.faults.gate import patiently

CSRF = "a" * 32


@dataclass(frozen=True)
class Answer:
    """`status` is None when the connection broke before an answer came."""

    status: int | None
    location: str = ""
    text: str = ""


@dataclass(frozen=True)
class Visitor:
    port: int
    session: str

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **answers) -> Answer:
        return self.ask("POST", path, urlencode(answers | {"csrfmiddlewaretoken": CSRF}))

    def ask(self, method: str, path: str, body: str | None = None) -> Answer:
        cookies = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: CSRF}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers.get("Location", ""), answer.read().decode())
        except (http.client.HTTPException, ConnectionError):
            return Answer(None)
        finally:
            connection.close()


def url_of(connection) -> str:
    """DATABASE_URL of the database that `connection` is open to."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    who = f"{quote(told['USER'], safe='')}:{quote(told['PASSWORD'], safe='')}"
    return f"postgres://{who}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def environment(database: str, fault: str, gate, **more: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": database,
        "QA_FAULT": fault,
        "QA_FAULT_GATE": str(gate.folder),
        "QA_FAULT_MEDIA": str(settings.MEDIA_ROOT),  # one database, one storage
        **more,
    }


@contextlib.contextmanager
def started(*command: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """`python -m command` in a process of its own, ended with those it started when the test is over."""
    with log.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def served(env: dict[str, str], log: Path) -> Iterator[int]:
    """One worker under a master that starts another when it dies; the port it answers on."""
    port = free_port()
    command = ["gunicorn", "qa_portal.wsgi", "--preload", "--workers=1", f"--bind=127.0.0.1:{port}"]
    with started(*command, env=env, log=log) as process:

        def ready() -> bool:
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        patiently(ready)
        yield port


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
