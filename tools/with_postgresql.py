"""Runs a command with DATABASE_URL set to a PostgreSQL server that answers.

An absent server is said plainly and is no failure; one that answers but refuses is.
"""

import os
import subprocess
import sys

import psycopg

DEFAULT = "postgres://postgres@127.0.0.1:5432/qa_portal"
REFUSALS = (
    "authentication failed",
    "no password supplied",
    "does not exist",
    "permission denied",
    "no pg_hba",
)


def main(command: list[str]) -> int:
    url = os.environ.get("DATABASE_URL", DEFAULT)
    server = url.rsplit("/", 1)[0] + "/postgres"
    try:
        with psycopg.connect(
            server.replace("postgres://", "postgresql://", 1), connect_timeout=5
        ) as connection:
            version = connection.execute("show server_version").fetchone()[0]
    except psycopg.OperationalError as error:
        if any(refusal in str(error) for refusal in REFUSALS):
            print(f"PostgreSQL answered but refused: {error}\nSet DATABASE_URL to a server that lets you in.")
            return 1
        print("SKIPPED: no PostgreSQL server answers. Start one, or set DATABASE_URL, to run these tests.")
        return 1 if os.environ.get("CI") else 0
    print(f"PostgreSQL {version}", flush=True)
    return subprocess.call(command, env=os.environ | {"DATABASE_URL": url})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
