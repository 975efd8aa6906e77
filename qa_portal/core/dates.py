"""One place for the calendar: days are London days."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """The day it is in London, whatever the server's clock is set to."""
    return timezone.localdate()
