import logging

from django.conf import settings

from qa_portal.core import stops
from qa_portal.core.rules import Conflict
from qa_portal.core.ui import errors

log = logging.getLogger("qa.ui")
SAFE = {"GET", "HEAD", "OPTIONS"}


class UnavailableMiddleware:
    """A view that the database fails answers 503 and keeps what was typed.

    What fails outside a view reaches `errors.server_error`, which answers alike.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, errors.UNAVAILABLE):
            return None
        log.error("database unavailable", exc_info=exception)
        return errors.unavailable(request)


class WritesStoppedMiddleware:
    """While the portal has a reason to write nothing, pages are read and forms answer 503, with what was typed.

    Signing in and out goes on: whoever reads must come in, and it changes no record. So do the addresses of
    SAVED_WHILE_STOPPED.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE or request.resolver_match.url_name in settings.SAVED_WHILE_STOPPED:
            return None
        found = stops.reasons()
        return errors.writes_stopped(request, found[0]) if found else None

    def process_exception(self, request, exception):
        """Show the page when a service met a reason to stop before this process had checked again."""
        if isinstance(exception, stops.WritesStopped):
            return errors.writes_stopped(request, exception.sentence)
        return None


class ConflictMiddleware:
    """A service that met a newer version of the record answers 409 and keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return errors.conflict(request, exception.sentence) if isinstance(exception, Conflict) else None
