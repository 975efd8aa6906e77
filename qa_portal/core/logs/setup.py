"""The log as settings describe it, and everything else that Python would print by itself."""

import logging
import logging.config
import sys
import threading
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

log = logging.getLogger("qa.faults")


def configure(settings: dict[str, Any]) -> None:
    """Set up logging; called by Django at start, by Celery and by gunicorn's workers.

    Warnings, errors that nobody caught and mistakes in logging are otherwise printed with the words that
    they quote, past every formatter.
    """
    logging.config.dictConfig(settings)
    logging.captureWarnings(True)
    logging.raiseExceptions = False
    sys.excepthook = log_uncaught
    threading.excepthook = log_uncaught_in_thread
    sys.unraisablehook = log_unraisable


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # What a setting lacks is told in words of ours, to whoever starts the process: they quote nobody's file.
    if issubclass(kind, KeyboardInterrupt | ImproperlyConfigured):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("ended with an error", exc_info=error.with_traceback(trace))


def log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        log.error("a thread ended with an error", exc_info=args.exc_value)


def log_unraisable(args: Any) -> None:
    if args.exc_value is not None:
        log.error("an error where none can be raised", exc_info=args.exc_value)
