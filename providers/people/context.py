"""What every page shows around its content."""

from django.conf import settings
from django.urls import reverse

from providers.directory.models import DEFAULT_COLOUR
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of

SERVICE = "Placements quality assurance"
PAGES = [
    ("Home", "home", None),
    ("Work", "inbox", Permission.VIEW_CASES),
    ("Settings and providers", "directory", Permission.VIEW_REGISTER),
    ("Scorecards", "scorecards", Permission.VIEW_SCORECARDS),
    ("Monitoring visits", "visits", Permission.VIEW_CASES),
    ("Self-assessments", "self_assessments", Permission.VIEW_CASES),
    ("Applications", "applications", Permission.VIEW_CASES),
    ("Issues", "issues", Permission.VIEW_CASES),
    ("Actions", "actions", Permission.VIEW_CASES),
    ("Documents", "documents", Permission.ANSWER_FOR_PROVIDER),
    ("Ofsted files", "ofsted_files", Permission.IMPORT_REGISTER),
    ("More", "more", None),
]


def page(request) -> dict:
    """Plain values only, and no query: the middleware has read the memberships already."""
    user = getattr(request, "user", None)
    membership = getattr(user, "membership", None)
    authority = membership.organisation.authority if membership else None
    return {
        "page_owner": membership.organisation.name if membership else SERVICE,
        "brand_colour": (authority.colour if authority else DEFAULT_COLOUR).removeprefix("#"),
        "person_name": user.person.name if user and user.is_authenticated else "",
        "acting_for": str(membership) if membership else "",
        "many_memberships": len(getattr(request, "memberships", [])) > 1,
        "navigation": navigation(request) if membership else [],
        "source_code_url": settings.SOURCE_CODE_URL,
    }


def navigation(request) -> list[dict]:
    scope = scope_of(request.user)
    shown = [(label, reverse(name)) for label, name, needs in PAGES if needs is None or scope.may(needs)]
    here = max(
        (url for _, url in shown if request.path.startswith(url) and (url != "/" or request.path == "/")),
        key=len,
        default="",
    )
    return [{"label": label, "url": url, "current": url == here} for label, url in shown]
