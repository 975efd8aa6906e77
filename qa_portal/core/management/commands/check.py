from django.core.management.commands import check
from django.db import DEFAULT_DB_ALIAS

from qa_portal.core.audit.checks import answers


class Command(check.Command):
    """Django's, which looks at the default database too when it answers: the audit guard is part of the portal."""

    def handle(self, *app_labels, **options):
        if not options["databases"] and answers(DEFAULT_DB_ALIAS):
            options["databases"] = [DEFAULT_DB_ALIAS]
        return super().handle(*app_labels, **options)
