from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qa_portal.core.rules import Refused
from qa_portal.portal.demo.seeding import build_demo


class Command(BaseCommand):
    help = "Builds the demo region and its cases in an empty demo database. A second run changes nothing."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo region is for demo mode only. Set QA_ENV=demo.")
        try:
            built = build_demo(self.say)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        self.stdout.write(
            "Demo region built, with cases at every stage."
            if built
            else "The demo region stands already; nothing changed."
        )

    def say(self, month: str) -> None:
        self.stdout.write(f"  {month}")
        self.stdout.flush()
