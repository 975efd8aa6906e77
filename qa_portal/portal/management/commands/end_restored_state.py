import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qa_portal.core.rules import Refused
from qa_portal.portal.restoring import MAIL, Report, build_report, end_restored_state
from qa_portal.portal.restoring.report import restored_ownership

MOST_LINES = 20


class Command(BaseCommand):
    help = (
        "Shows what an older database, restored beside newer documents, lacks and may have mailed already. "
        "With --by, --reason and --mail it lets the portal work again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", default="", help="your name")
        parser.add_argument("--reason", default="", help="why the portal may work again")
        parser.add_argument(
            "--mail",
            choices=MAIL,
            help="what becomes of mail that may have left: send it (perhaps twice) or hold it for a person",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, by: str, reason: str, mail: str | None, **options):
        try:
            found = restored_ownership()
            self.show(build_report(found), options["format"])
            if not (by or reason or mail):
                self.note("Nothing was changed. To end this state: --by NAME --reason WHY --mail send|hold")
                return
            held = end_restored_state(by=by, reason=reason, mail=mail or "", found=found)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        self.note(f"The portal works again. Held: {held.messages} messages, {held.invitations} invitations.")

    def note(self, sentence: str) -> None:
        """Write a note beside the report, so that a program reads JSON alone."""
        self.stderr.write(sentence, self.style.SUCCESS)

    def show(self, told: Report, layout: str) -> None:
        if layout == "json":
            self.stdout.write(json.dumps(told.as_json(), indent=2))
            return
        when = f", of {timezone.localtime(told.storage_at):%-d %B %Y at %H:%M}" if told.storage_at else ""
        self.stdout.write(
            f"Database: pass {told.database_pass:,}. Storage: pass {told.storage_pass:,}{when}."
        )
        if told.storage_is_older:
            self.stdout.write("The storage was restored from an older copy: it lacks passes that it had.")
        documents = told.documents
        self.list("Stored files without a document (set aside by the next sweep)", documents.without_row)
        self.list("Documents whose contents lie nowhere", documents.without_file)
        self.list("Documents whose contents are in quarantine (brought back)", documents.in_quarantine)
        self.stdout.write("Mail that waits here and may have left before:")
        for row in told.mail:
            entries = f", {row.calendar_entries} with a calendar entry" if row.calendar_entries else ""
            self.stdout.write(f"  {row.kind}: {row.messages} to {row.people} people{entries}")
        self.stdout.write(f"  invitations: {told.invitations}")

    def list(self, title: str, names: list[str]) -> None:
        self.stdout.write(f"{title}: {len(names)}")
        for name in names[:MOST_LINES]:
            self.stdout.write(f"  {name}")
        if len(names) > MOST_LINES:
            self.stdout.write(f"  and {len(names) - MOST_LINES} more: --format json lists all")
