from django.core.management.base import BaseCommand, CommandError


class RefusingCommand(BaseCommand):
    """Stands in the place of a command of simple-history that deletes history."""

    def add_arguments(self, parser):
        parser.add_argument("anything", nargs="*")

    def run_from_argv(self, argv):
        self.stderr.write(self.style.ERROR(self.help))
        raise SystemExit(1)

    def handle(self, *args, **options):
        raise CommandError(self.help)
