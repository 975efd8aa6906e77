"""The pages that say what went wrong.

All but the conflict page are drawn without the request: they ask nothing of the database or the
session, which may be what failed, and the same body comes back whatever was asked for.
"""

import sys

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNAVAILABLE = (OperationalError, InterfaceError)
NEVER_SHOWN = ("password", "code", "token", "csrf")


def bad_request(request, exception) -> HttpResponse:
    return too_large() if isinstance(exception, TOO_LARGE) else error_page(400)


def permission_denied(request, exception) -> HttpResponse:
    return error_page(403)


def csrf_failure(request, reason: str = "") -> HttpResponse:
    return error_page(403, stale=True)


def not_found(request, exception) -> HttpResponse:
    return error_page(404)


def server_error(request) -> HttpResponse:
    """Django calls this while it handles the exception, also one of a middleware before the view."""
    return unavailable(request) if isinstance(sys.exc_info()[1], UNAVAILABLE) else error_page(500)


def too_large() -> HttpResponse:
    return error_page(413)


def unavailable(request) -> HttpResponse:
    response = error_page(503, typed=typed(request), sent=request.method == "POST")
    response.headers["Retry-After"] = "5"
    return response


def writes_stopped(request, sentence: str) -> HttpResponse:
    """Answers 503 with the reason for which nothing is saved now, and what was typed."""
    return error_page(503, stopped=sentence, typed=typed(request), sent=request.method == "POST")


def conflict(request, sentence: str) -> HttpResponse:
    """Drawn with the request: the person goes on working, and the page leads back to the same record."""
    context = {"sentence": sentence, "typed": typed(request)}
    return render(request, "409.html", context, status=409)


def error_page(status: int, **context) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def typed(request) -> list[tuple[str, str]]:
    """(label, answer) of what was sent, so that it can be copied; never a secret."""
    try:
        answers = request.POST.lists()
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), ", ".join(values))
        for name, values in answers
        if any(values) and not any(word in name.lower() for word in NEVER_SHOWN)
    ]
