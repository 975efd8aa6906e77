import logging
from uuid import UUID

from qa_portal.core.access.scope import scope_of

log = logging.getLogger("qa.access")
FEATURES_OFF = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class PrivatePagesMiddleware:
    """No page of a signed-in person stays in a cache, and no page may use the device's sensors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", FEATURES_OFF)
        if getattr(request, "user", None) and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class DeniedMiddleware:
    """Logs every 404 given to a signed-in person: who and which page, by numbers; never a name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.user.is_authenticated:
            match = request.resolver_match
            log.info(
                "denied user=%s organisation=%s page=%s item=%s",
                request.user.pk,
                scope_of(request.user).organisation_id,
                match.view_name if match else "-",
                " ".join(_numbers(match)) or "-",
            )
        return response


def _numbers(match) -> list[str]:
    """Ids only: a token or a name in an address must not reach the log."""
    values = match.kwargs.values() if match else []
    return [str(value) for value in values if isinstance(value, int | UUID)]
