import os
import signal
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from qa_portal.portal.demo import people as region
from qa_portal.portal.demo.region import address

SECONDS_BETWEEN_PASSES = 10


class Command(BaseCommand):
    help = "Migrates, builds the demo region, prints who can sign in, and serves."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")

    def handle(self, *, port: int, no_serve: bool, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs in demo mode only. Set QA_ENV=demo, or use `make demo`.")
        self.stdout.write("Preparing the database ...")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        self.stdout.flush()
        if run("manage.py", "seed_demo", port=port):
            raise CommandError("The demo region could not be built.")
        self.tell(port)
        if not no_serve:
            self.stdout.flush()
            serve(port)

    def tell(self, port: int) -> None:
        people = {somebody.login: somebody for somebody in region.PEOPLE}
        width = max(len(address(login)) for login in region.SHOWN)
        self.stdout.write(
            f"\nOpen http://127.0.0.1:{port}/ and choose a person, or sign in with the password {region.PASSWORD}\n"
        )
        for login in region.SHOWN:
            posts = "; ".join(f"{role.label}, {name}" for name, role in people[login].posts)
            self.stdout.write(f"  {address(login):<{width}}  {people[login].name}: {posts}")
        others = ", ".join(login for login in people if login not in region.SHOWN)
        self.stdout.write(f"  and with the same ending: {others}")
        self.stdout.write(f"Mail is read at http://127.0.0.1:{port}/demo/mail/")
        self.stdout.write("")


def environment(port: int) -> dict[str, str]:
    """Links in mails lead here, unless the environment says otherwise."""
    return {"PORTAL_URL": f"http://127.0.0.1:{port}"} | os.environ


def run(*command: str, port: int) -> int:
    """Return the exit code."""
    python = [sys.executable, *command]
    # our own interpreter and fixed words
    return subprocess.run(python, cwd=settings.BASE_DIR, env=environment(port), check=False).returncode  # noqa: S603


def serve(port: int) -> None:
    """One process with threads is what SQLite likes best; beside it the work that falls due.

    Both end together, however this command is ended.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    due = [sys.executable, "manage.py", "demo_due", "--loop", str(SECONDS_BETWEEN_PASSES)]
    web = ["-m", "gunicorn", "qa_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    with subprocess.Popen(  # noqa: S603
        due, cwd=settings.BASE_DIR, env=environment(port), stdout=subprocess.DEVNULL
    ) as worker:
        try:
            run(*web, port=port)
        except KeyboardInterrupt:
            pass
        finally:
            worker.terminate()
