from django.core.management.base import BaseCommand, CommandError

from providers.documents.adoption import Takeover, adopt_storage, preview_takeover
from providers.documents.storage import document_storage
from qa_portal.core.rules import Refused


class Command(BaseCommand):
    help = "Shows what lies in the storage of documents; with --yes this installation takes it as its own."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="take it")

    def handle(self, *, yes: bool, **options):
        try:
            self.show(preview_takeover())
            if not yes:
                raise CommandError("Nothing was changed. Run this with --yes to take the storage.")
            taken = adopt_storage()
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        self.stdout.write(
            "This database is an older copy of that installation: run manage.py end_restored_state next."
            if taken.is_older_copy
            else "The storage is this installation's now. Files without a document stay until a sweep sets them aside."
        )

    def show(self, offered: Takeover) -> None:
        storage, lying = document_storage(), offered.contents
        self.stdout.write(f"Storage: {getattr(storage, 'location', type(storage).__name__)}")
        for marker in offered.ownership.found:
            self.stdout.write(
                f"  mark of {marker.whose}: pass {marker.number:,}, {marker.at:%Y-%m-%d %H:%M} UTC"
            )
        self.stdout.write(f"  {lying.files:,} files, {lying.known:,} of them known to this database")
        if offered.is_older_copy:
            self.stdout.write(
                "  The documents of this database lie here: it is an older copy of that installation."
            )
