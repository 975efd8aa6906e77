"""A PostgreSQL of a test's own, which it may stop as it likes."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.site import free_port

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/bin",
)


@dataclass(frozen=True)
class Cluster:
    tools: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, tool: str, *options: str) -> None:
        """As the user that owns the files: PostgreSQL refuses to run as root."""
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            command = [self.tools / tool, "-D", self.folder / "data", *options]
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=self.folder, timeout=60, **owner)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.run("pg_ctl", "-o", options, "-w", "start")

    def restart(self, mode: str) -> None:
        self.run("pg_ctl", "-m", mode, "-w", "restart")

    def ask(self, question: str) -> tuple:
        """The one row that answers `question`."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchone()


def tools() -> Path | None:
    """Where initdb and pg_ctl are: of the newest version found."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        found += sorted(Path("/").glob(place.lstrip("/")), reverse=True)
    return next(
        (folder for folder in found if (folder / "pg_ctl").exists() and (folder / "initdb").exists()), None
    )


@contextlib.contextmanager
def cluster_of_its_own(tools: Path) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="qa-cluster-") as name:
        cluster = Cluster(tools, Path(name), free_port())
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(name, owner.pw_uid, owner.pw_gid)
        cluster.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.run("pg_ctl", "-m", "immediate", "-w", "stop")
