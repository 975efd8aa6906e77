import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from providers.documents import quarantine, sweeping
from providers.documents.file_records import with_contents
from providers.documents.storage import FOLDER, document_storage
from qa_portal.core import stops
from qa_portal.core.dates import today


class Command(BaseCommand):
    help = "Stored files that no document speaks for: lists, sets aside, brings back and clears them."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="what is in quarantine")
        acts.add_parser("strays", help="what the next sweep would set aside")
        sweep = acts.add_parser("sweep", help="set the strays aside, however many they are")
        restore = acts.add_parser("restore", help="bring files back to where they lay")
        restore.add_argument("name", help="a name from the list, or 'all'")
        clear = acts.add_parser("clear", help="delete what was set aside; it cannot be undone")
        clear.add_argument("--older-than", type=int, default=0, metavar="DAYS")
        for parser_ in (sweep, clear):
            parser_.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, act: str, **options):
        if act not in {"list", "strays"}:
            try:
                stops.check_afresh()
            except stops.WritesStopped as stopped:
                raise CommandError(stopped.sentence) from None
        getattr(self, act)(**options)

    def list(self, **_):
        files = list(quarantine.all_quarantined())
        for file in files:
            self.stdout.write(f"{file.on.isoformat()}  {file.former}")
        self.stdout.write(f"{len(files)} files in quarantine.")

    def strays(self, **_):
        found = sweeping.find_strays()
        for file in found.strays:
            self.stdout.write(file.pk)
        self.stdout.write(f"{len(found.strays)} of {found.stored} stored files have no document.")

    def sweep(self, *, yes: bool, **_):
        found = sweeping.find_strays()
        self.ask(yes, f"set {len(found.strays)} of {found.stored} stored files aside")
        for file in found.strays:
            sweeping.settle(file)
        sweeping.record_result(sweeping.find_strays())
        self.stdout.write(f"{len(found.strays)} files were set aside.")

    def restore(self, *, name: str, **_):
        """Put files back, but not another installation's marks, which would stop the portal."""
        documents = (file for file in quarantine.all_quarantined() if file.former.startswith(f"{FOLDER}/"))
        files = [file for file in documents if name in {"all", file.former}]
        if not files:
            raise CommandError(
                f"There is no document {name} in quarantine: manage.py quarantine list shows what is."
            )
        for file in files:
            try:
                quarantine.restore_file(file)
            except OSError as error:
                raise CommandError(f"{file.former} was not brought back: {error}") from None
        self.stdout.write(f"{len(files)} files were brought back.")

    def clear(self, *, older_than: int, yes: bool, **_):
        last = today() - dt.timedelta(days=older_than)
        files = [file for file in quarantine.all_quarantined() if file.on <= last]
        kept = with_contents([file.former.rpartition("/")[2] for file in files])
        going = [file for file in files if file.former.rpartition("/")[2] not in kept]
        self.ask(yes, f"delete {len(going)} files for good")
        for file in going:
            document_storage().delete(file.name)
        self.stdout.write(
            f"{len(going)} files were deleted, {len(files) - len(going)} kept: a document has them."
        )

    def ask(self, yes: bool, what: str) -> None:
        if not yes and input(f"This would {what}. Go on? [y/N] ").strip().lower() not in {"y", "yes"}:
            raise CommandError("Nothing was changed.")
