from django.core.management.commands import migrate
from django.db import connections

from qa_portal.core import stops
from qa_portal.core.audit.one_transaction import in_one_transaction
from qa_portal.core.audit.owner import as_owner


class Command(migrate.Command):
    """Django's, in one transaction: a migrate that fails or is killed leaves tables and audit guard as they were."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--wait",
            type=float,
            default=60,
            help="Seconds to wait for tables that somebody else holds; after that nothing is changed.",
        )

    def get_check_kwargs(self, options):
        """Asks nothing of the database: a guard that is not whole must not stop what makes it whole."""
        return super().get_check_kwargs(options) | {"databases": None}

    def handle(self, *args, **options):
        def work():
            super(Command, self).handle(*args, **options)

        if options["plan"] or options["check_unapplied"]:
            work()
            return
        self.connection = connections[options["database"]]
        with stops.mending(), as_owner(self.connection):
            in_one_transaction(self.connection, work, wait=options["wait"], tell=self.stderr.write)

    def migration_progress_callback(self, action, migration=None, fake=False):
        """PostgreSQL alters no table whose changed rows still wait for the commit, so they are asked in between."""
        if action in {"apply_success", "unapply_success"} and self.connection.vendor == "postgresql":
            self.connection.check_constraints()
        super().migration_progress_callback(action, migration, fake)
