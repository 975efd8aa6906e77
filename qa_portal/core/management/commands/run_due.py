import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from qa_portal.core.demonstration import refuse_demo_database
from qa_portal.core.due import Pass, run_due


class Command(BaseCommand):
    help = "Does the work that is due: once, or again and again with --loop."

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="seconds between two passes")

    def handle(self, *, loop: int | None, **options):
        refuse_demo_database()
        passes = self.run()
        while loop:
            time.sleep(loop)
            close_old_connections()
            self.run()
        if any(one.failed for one in passes):
            raise CommandError("Some work failed and is due again: the log says why.")

    def run(self) -> list[Pass]:
        passes = run_due()
        for one in passes:
            if one.done or one.failed:
                self.stdout.write(f"{one.name}: {one.done} done, {one.failed} failed")
        return passes
