import logging

from qa_portal.core.rules import Conflict
from qa_portal.core.ui import errors

log = logging.getLogger("qa.ui")


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


class ConflictMiddleware:
    """A service that met a newer version of the record answers 409 and keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return errors.conflict(request, exception.sentence) if isinstance(exception, Conflict) else None
