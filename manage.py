#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def is_of_the_connection(error: Exception) -> bool:
    """Tells a database that cannot be reached from a statement that failed, whose words may quote a row."""
    cause = error.__cause__
    if type(cause).__module__ == "sqlite3":
        return str(cause).startswith("unable to open database file")
    return getattr(cause, "sqlstate", None) is None


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from qa_portal.core.stops import WritesStopped

    try:
        execute_from_command_line(sys.argv)
    except WritesStopped as stopped:  # whichever command it is, it ends with the sentence
        sys.exit(f"Nothing was saved. {stopped.sentence}")
    except OperationalError as error:
        if not is_of_the_connection(error):
            raise
        sys.exit(f"The database does not answer: {error}\nStart it, or correct DATABASE_URL.")


if __name__ == "__main__":
    main()
