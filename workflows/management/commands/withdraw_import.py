from django.core.management.base import BaseCommand, CommandError

from inspections.ofsted.importer.withdrawing import plan_withdrawal
from inspections.ofsted.models import RegisterFile
from qa_portal.core.rules import Refused
from qa_portal.core.stops import WritesStopped, check_afresh
from workflows.reactions.withdrawals import withdraw_and_notify

SHOWN = 10
LISTS = {
    "back": "back on Ofsted's list",
    "gone": "off Ofsted's list",
    "changed": "settings changed",
    "owners": "owners changed",
    "inspections": "inspections taken back",
    "inspections_changed": "inspections changed",
}


class Command(BaseCommand):
    help = (
        "Withdraws an imported Ofsted file: the register of every day is then as if it had never come. Without"
        " a number, lists the files."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=int, nargs="?", metavar="FILE_ID")
        parser.add_argument("--reason", default="", help="why; kept with the file and shown on its page")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")

    def handle(self, *, file: int | None, reason: str, dry_run: bool, **options):
        if file is None:
            self.list_files()
            return
        if not dry_run:
            self.check_may_write()
        found = RegisterFile.objects.filter(pk=file).select_related("withdrawal").first()
        if found is None:
            raise CommandError(
                f"There is no file {file}. Run withdraw_import without a number to see the files.",
                returncode=2,
            )
        if hasattr(found, "withdrawal"):
            self.stdout.write(f"{found} is withdrawn already: {found.withdrawal.reason}")
            return
        if dry_run:
            self.tell(f"Without {found}:", plan_withdrawal(found, lock=False).as_json())
            return
        try:
            done = withdraw_and_notify(by=None, file=found, reason=reason)
        except Refused as refusal:
            raise CommandError(f"{refusal.sentence} Use --reason.", returncode=2) from refusal
        self.tell(f"Withdrawn: {found}", done.withdrawn.withdrawal.result)
        if done.issues:
            self.stdout.write(
                f"  Open contract issues that rest on it, whose councils are told: {len(done.issues)}"
            )

    def check_may_write(self) -> None:
        try:
            check_afresh()
        except WritesStopped as stopped:
            raise CommandError(stopped.sentence, returncode=2) from stopped

    def list_files(self) -> None:
        for file in RegisterFile.objects.light().select_related("withdrawal"):
            state = "withdrawn" if hasattr(file, "withdrawal") else file.speaks_of
            self.stdout.write(f"{file.pk:>6}  {file}{f' ({state})' if state else ''}")

    def tell(self, heading: str, result: dict) -> None:
        self.stdout.write(heading)
        for key, label in LISTS.items():
            urns = result[key]
            more = f" and {len(urns) - SHOWN} more" if len(urns) > SHOWN else ""
            self.stdout.write(f"  {label:<24}{len(urns):>6}  {', '.join(urns[:SHOWN])}{more}".rstrip())
