#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
    from django.core.management import execute_from_command_line

    from qa_portal.core.stops import WritesStopped

    try:
        execute_from_command_line(sys.argv)
    except WritesStopped as stopped:  # whichever command it is, it ends with the sentence
        sys.exit(f"Nothing was saved. {stopped.sentence}")


if __name__ == "__main__":
    main()
