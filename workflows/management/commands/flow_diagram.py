from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from workflows.shared.diagrams import FORMATS, draw
from workflows.shared.flow import FLOWS


class Command(BaseCommand):
    help = "Draws one flow, or all of them with --all, as SVG or BPMN."

    def add_arguments(self, parser):
        parser.add_argument("flow", nargs="?", help=f"one of {', '.join(sorted(FLOWS))}")
        parser.add_argument("--format", choices=FORMATS, default="svg")
        parser.add_argument(
            "--all", type=Path, metavar="FOLDER", help="writes every flow in both formats there"
        )

    def handle(self, *, flow: str | None, all: Path | None, format: str, **options):
        if all:
            for kind, flow_class in FLOWS.items():
                for form in FORMATS:
                    (all / f"{kind}.{form}").write_text(draw(flow_class, form))
            return
        if flow not in FLOWS:
            raise CommandError(f"There is no flow '{flow}'. Choose one of {', '.join(sorted(FLOWS))}.")
        self.stdout.write(draw(FLOWS[flow], format))
