"""Paths as the log may hold them. Links of invitations and new passwords are secrets, and so is a query."""

import logging
from uuid import UUID

from django.urls import Resolver404, ResolverMatch, resolve

UNKNOWN = "(no such page)"
SERVER = "gunicorn.error"
QUOTES = ("Error handling request", "Invalid request from")
"""How those lines of the server begin that end with the address as it came, or with the line that was sent."""


def logged_path(request) -> str:
    """Return the route with numbers and ids filled in, and any other part by the name of its place.

    Of an address that leads nowhere nothing is told: whatever somebody has pasted stands in it.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return UNKNOWN
    return _filled_in(match)


def _filled_in(match: ResolverMatch) -> str:
    route = f"/{match.route}"
    for name, value in match.kwargs.items():
        if isinstance(value, int | UUID):
            for kind in ("int", "uuid"):
                route = route.replace(f"<{kind}:{name}>", str(value))
    return route


class RedactAddresses(logging.Filter):
    """For `django.request`, whose lines end with the address as it came, and for what the server says."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == SERVER:
            if quoting := next((words for words in QUOTES if record.getMessage().startswith(words)), ""):
                record.msg, record.args = quoting, ()
            return True
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and len(record.args) > 1:
            record.args = (*record.args[:-1], logged_path(request))
        return True
