"""Run as a module: an installation with one mail that waits is backed up, works on, and is restored from the backup.

Prints, as JSON, how many mails had left after each step. Works on the empty database of DATABASE_URL, and makes
the backup as an operator would: a copy of SQLite's file, or pg_dump and pg_restore.
"""

import io
import json
import sqlite3
import subprocess
from pathlib import Path

import django
from django.conf import settings

EMAIL = "django.core.mail.backends.locmem.EmailBackend"


def backup(to: Path) -> None:
    from django.db import connection

    connection.close()
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        with sqlite3.connect(told["NAME"]) as source, sqlite3.connect(to) as target:
            source.backup(target)
    else:
        run("pg_dump", "--format=custom", f"--file={to}", told["NAME"])


def restore(of: Path) -> None:
    """Afterwards nothing of this process remembers what it has seen: the portal was started anew."""
    from django.core.cache import cache
    from django.db import connection

    from qa_portal.core import stops
    from qa_portal.core.installation import storage_ownership

    connection.close()
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        with sqlite3.connect(of) as source, sqlite3.connect(told["NAME"]) as target:
            source.backup(target)
    else:
        run("dropdb", "--force", told["NAME"])
        run("createdb", told["NAME"])
        run("pg_restore", "--single-transaction", f"--dbname={told['NAME']}", str(of))
    storage_ownership._seen.clear()
    stops.forget()
    cache.clear()


def run(tool: str, *options: str) -> None:
    from django.db import connection

    told = connection.settings_dict
    server = [
        f"--host={told['HOST']}",
        f"--port={told['PORT']}",
        f"--username={told['USER']}",
        "--no-password",
    ]
    subprocess.run([tool, *server, *options], check=True, timeout=120)


def prepare():
    from django.core.management import call_command
    from django.utils import timezone

    from providers.notifications.models import Notification
    from qa_portal.core.due import run_due
    from tests.factories.documents import a_document
    from tests.factories.world import build_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = build_world()
    a_document(world.as_("provider_manager_x"))
    run_due()
    Notification.objects.create(
        key="restored",
        to=world.membership("contract_officer"),
        kind="decision",
        state="waiting",
        next_try_at=timezone.now(),
        message_id="<once@localhost>",
    )
    return world


def mails_after_a_pass() -> int | str:
    """How many had left by the end of it, or the sentence that stopped it."""
    from django.core import mail

    from qa_portal.core.due import run_due
    from qa_portal.core.stops import WritesStopped

    try:
        run_due()
    except WritesStopped as stopped:
        return stopped.sentence
    return len(mail.outbox)


def pages(world) -> list[int]:
    """What a page that is read, and a form, answer."""
    from django.urls import reverse

    client = world.client("contract_officer")
    address = reverse("my_details")
    return [client.get(address).status_code, client.post(address, {"name": "Helen"}).status_code]


def end(mail: str) -> None:
    from django.core.management import call_command

    told = io.StringIO()
    call_command("end_restored_state", by="Helen", reason="Looked", mail=mail, format="json", stdout=told)
    assert [row["messages"] for row in json.loads(told.getvalue())["mail"]] == [1]


def without_the_counter() -> None:
    from qa_portal.core import due, stops

    stops._stops.clear()
    due._before.clear()


def main() -> None:
    django.setup()
    from django.core import mail
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.EMAIL_BACKEND, mail.outbox = EMAIL, []
    copy = Path(settings.MEDIA_ROOT).parent / "backup"
    world = prepare()
    backup(copy)
    told = {"worked on": mails_after_a_pass()}
    restore(copy)
    told["restored"], told["pages"] = mails_after_a_pass(), pages(world)
    end("hold")
    told["held"] = [mails_after_a_pass(), mails_after_a_pass()]
    restore(copy)
    end("send")
    told["sent"] = [mails_after_a_pass(), mails_after_a_pass()]
    restore(copy)
    without_the_counter()
    told["control"] = mails_after_a_pass()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
