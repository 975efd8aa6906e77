import logging
import re
import time
import uuid

from qa_portal.core.audit.audit_context import request_id_context
from qa_portal.core.logs.request_paths import logged_path

log = logging.getLogger("qa.request")
HEADER = "X-Request-ID"
HEX = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")


class RequestMiddleware:
    """Give every request an id, the proxy's if it sent one, and writes one line when it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began, request_id = time.monotonic(), request_id_from(request.headers.get(HEADER, ""))
        with request_id_context(request_id):
            response = self.get_response(request)
            log_request(request, response, milliseconds=round((time.monotonic() - began) * 1000))
        response.headers[HEADER] = str(request_id)
        return response


def request_id_from(sent: str) -> uuid.UUID:
    """Return the proxy's request id, or a new one when what was sent is no UUID."""
    return uuid.UUID(sent) if HEX.fullmatch(sent) else uuid.uuid4()


def log_request(request, response, *, milliseconds: int) -> None:
    """Log one answered request. `actor` is the person's number, absent where nobody is signed in."""
    actor = getattr(request, "actor", None)
    facts = {
        "method": request.method,
        "path": logged_path(request),
        "status": response.status_code,
        "ms": milliseconds,
        "person": actor.person_id if actor else None,
    }
    words = "%(method)s %(path)s %(status)s in %(ms)s ms, person %(person)s"
    log.info(words, facts, extra={"facts": facts})
