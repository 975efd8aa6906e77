import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from inspections.ofsted.importer.results import TooManyGone
from inspections.ofsted.importer.services import ANY_NUMBER, too_many_words
from qa_portal.core.rules import Refused
from qa_portal.core.stops import WritesStopped, check_afresh
from workflows.management.days import day_argument
from workflows.reactions.imports import Imported, import_register

SHOWN = 10
HOW_TO_CONFIRM = (
    "Nothing was imported. If the file really is complete, import it with --confirm-gone; else bring the whole"
    " file."
)


class Command(BaseCommand):
    help = (
        "Imports a file of Ofsted's register of social care providers. The same file again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-at",
            type=day_argument,
            metavar="YYYY-MM-DD",
            help="the day the file speaks for; else its title's, else its name's",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument(
            "--confirm-gone",
            action="store_true",
            help="import it although more than a fifth of Ofsted's list would be removed",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, as_at, dry_run: bool, confirm_gone: bool, format: str, **options):
        try:
            if not dry_run:
                check_afresh()
            imported = import_register(
                by=None,
                content=file.read_bytes(),
                filename=file.name,
                as_at=as_at,
                dry_run=dry_run,
                confirmed_gone=ANY_NUMBER if confirm_gone else 0,
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from error
        except TooManyGone as refusal:
            raise CommandError(f"{refusal.sentence} {HOW_TO_CONFIRM}", returncode=2) from refusal
        except (Refused, WritesStopped) as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        if format == "json":
            self.stdout.write(json.dumps(imported.result.as_json(), indent=2))
        else:
            self.tell(imported, dry_run)

    def tell(self, imported: Imported, dry_run: bool) -> None:
        result = imported.result
        verb = "would change" if dry_run else "changed"
        self.stdout.write(f"As at {result.as_at:%-d %B %Y}, the file {verb}:")
        if result.scope.name:
            self.stdout.write(f"  Taken as a part of the register: {result.scope.name} only.")
        if result.takes_too_many:
            needs = " The import needs --confirm-gone." if dry_run else " This was confirmed."
            self.stdout.write(f"  {too_many_words(result)}{needs}")
        for name, rows in result.lists.items():
            shown = "" if name in ("unchanged", "refused") else ", ".join(rows[:SHOWN])
            more = f" and {len(rows) - SHOWN} more" if shown and len(rows) > SHOWN else ""
            self.stdout.write(f"  {name.replace('_', ' '):<17}{len(rows):>6}  {shown}{more}".rstrip())
        for fault in result.refused:
            self.stdout.write(f"  {fault.sentence}")
        if imported.issues:
            self.stdout.write(f"  Contract issues opened: {len(imported.issues)}")
