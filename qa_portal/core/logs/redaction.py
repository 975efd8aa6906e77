"""Decides whose words the log keeps. A library quotes what it reads: a page, a cell, somebody's name.

xhtml2pdf warns of a letter without a glyph with the sentence round it. Every library is such a one until
shown otherwise, so a record speaks only when its logger is on the list; the others are told by their place.
"""

import copy
import logging
from pathlib import Path

OWN = frozenset({"qa"})
FRAMEWORKS = frozenset({"django.request", "gunicorn.error", "celery"})
"""These speak of their own running. Above INFO they quote what failed, except in the lines below."""
ANSWERED = "%s: %s"
"""How Django tells an answer: its words and the route."""
LINES = (
    "Error handling request",
    "Invalid request from",
    "Worker (pid:%s)",
    "WORKER TIMEOUT (pid:%s)",
    "Worker failed to boot",
    "Shutting down: %s",
)
"""How their warnings and errors begin that hold numbers and routes alone (`addresses.py` sees to the routes)."""
WITHOUT_WORDS = "a library's words are not kept"


def may_log_message(record: logging.LogRecord) -> bool:
    if _in(record.name, OWN):
        return True
    if not _in(record.name, FRAMEWORKS):
        return False
    if record.name == "django.request":
        return record.msg == ANSWERED and hasattr(record, "request")
    return record.levelno <= logging.INFO or str(record.msg).startswith(LINES)


def redacted(record: logging.LogRecord) -> logging.LogRecord:
    """Return the record as the log may hold it: a copy, because other handlers have it as well."""
    if may_log_message(record):
        return record
    silent = copy.copy(record)
    silent.msg, silent.args = f"{WITHOUT_WORDS}: {Path(record.pathname).name}:{record.lineno}", ()
    silent.exc_text = silent.stack_info = None
    silent.__dict__.pop("facts", None)
    return silent


def _in(name: str, tree: frozenset[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in tree)
