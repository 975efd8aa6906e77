"""Formats a log record: one line with the request's id, and no words of an exception.

The message of an exception quotes rows, files and addresses ("Key (email)=(...) already exists"). In
production its kind and where it came from are enough to find the fault, and hold nobody's data.
"""

import datetime as dt
import json
import logging
import traceback

from django.core.exceptions import ImproperlyConfigured

from qa_portal.core.audit.audit_context import current_request_id
from qa_portal.core.logs.redaction import redacted


class LineFormatter(logging.Formatter):
    """Plain text for somebody who watches; `words` leaves in what exceptions and libraries say."""

    def __init__(self, *, words: bool = False) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")
        self.words = words

    def format(self, record: logging.LogRecord) -> str:
        record = record if self.words else redacted(record)
        record.exc_text = None  # another handler may have left it there, with words
        line = super().format(record)
        request_id = current_request_id()
        return f"{line} request={request_id}" if request_id and not record.exc_info else line

    def formatException(self, exc_info) -> str:
        return super().formatException(exc_info) if self.words else frames_only(exc_info[1])


class JSONFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request and what the record was given as `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        record = redacted(record)
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request_id():
            line["request"] = str(request_id)
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = frames_only(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def frames_only(error: BaseException) -> str:
    """Return kind and frames of an exception and of those that led to it, the last one first.

    Words are kept of what a setting lacks alone: they are the operator's, and quote nobody's file.
    """
    lines, seen = [], set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        frames = traceback.extract_tb(following.__traceback__)
        kind = f"{type(following).__module__}.{type(following).__qualname__}"
        if isinstance(
            following, ImproperlyConfigured
        ):  # gunicorn tells through the log why it does not start
            kind += f": {following}"
        lines.append("\n".join([kind, *(f"  {one.filename}:{one.lineno} {one.name}" for one in frames)]))
        following = following.__cause__ or following.__context__
    return "\nafter\n".join(lines)
