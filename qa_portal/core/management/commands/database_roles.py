import re

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from qa_portal.core.audit.privileges import (
    grant_statements,
    ownership_statements,
    role_statements,
    superusers_to_keep,
)

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Command(BaseCommand):
    help = (
        "Makes two roles of PostgreSQL: one owns the tables and migrates, the portal's own reads and writes rows"
        " and nothing else. Prints the SQL; --apply runs it, by a superuser's DATABASE_URL."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--app", default="qa_app", metavar="ROLE", help="the portal's own role (qa_app)")
        parser.add_argument(
            "--owner", default="qa_owner", metavar="ROLE", help="the role that owns (qa_owner)"
        )
        parser.add_argument("--apply", action="store_true", help="run the SQL instead of printing it")

    def handle(self, *, app: str, owner: str, apply: bool, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; DATABASE_URL names SQLite.")
        for name in (app, owner):
            if not NAME.fullmatch(name):
                raise CommandError(
                    f"{name} is no name for a role: use small letters, digits and underscores."
                )
        if app == owner:
            raise CommandError("--app and --owner name the same role; the portal's own must own nothing.")
        for name in sorted({app, owner} & superusers_to_keep(connection)):
            raise CommandError(
                f"{name} is the superuser that looks after this server and must stay one: name another role, which"
                " the command makes."
            )
        statements = [
            *role_statements(app, owner),
            *ownership_statements(connection, owner),
            *grant_statements(connection, app, owner),
        ]
        if not apply:
            self.stdout.write("".join(f"{statement};\n" for statement in ["BEGIN", *statements, "COMMIT"]))
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)  # audit-ok: roles and rights, no rows
        self.stdout.write(
            f"{app} and {owner} stand. Give each a password (psql: \\password {app}), then set DATABASE_URL to"
            f" {app}'s and, for migrate alone, MIGRATE_DATABASE_URL to {owner}'s."
        )
