import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from qa_portal.core.demonstration import refuse_demo_database
from qa_portal.core.due import Pass, run_due
from qa_portal.core.stops import WritesStopped


class Command(BaseCommand):
    help = "Does the work that is due: once, or again and again with --loop."

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="seconds between two passes")

    def handle(self, *, loop: int | None, **options):
        refuse_demo_database()
        passes = self.run(once=not loop)
        while loop:
            time.sleep(loop)
            close_old_connections()
            self.run(once=False)
        if any(one.failed for one in passes):
            raise CommandError("Some work failed and is due again: the log says why.")

    def run(self, *, once: bool) -> list[Pass]:
        """Make a pass and print what it did. A loop goes on past a reason to write nothing, which may be mended."""
        try:
            passes = run_due()
        except WritesStopped as stopped:
            if once:
                raise CommandError(stopped.sentence) from None
            self.stderr.write(stopped.sentence)
            return []
        for one in passes:
            if one.done or one.failed:
                self.stdout.write(f"{one.name}: {one.done} done, {one.failed} failed")
        return passes
