import json

from django.core.management.base import BaseCommand

from inspections.ofsted.selectors import register_summary
from workflows.management.days import day_argument


class Command(BaseCommand):
    help = "Counts Ofsted's register as at a day: providers, status, grades by scale, places."

    def add_arguments(self, parser):
        parser.add_argument("--as-at", type=day_argument, metavar="YYYY-MM-DD", required=True)
        parser.add_argument("--authority", metavar="NAME", help="in the wording of that day's file")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, as_at, authority: str | None, **options):
        self.stdout.write(json.dumps(register_summary(as_at, authority), indent=2, ensure_ascii=False))
