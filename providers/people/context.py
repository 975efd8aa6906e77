"""Whose page it is and who reads it, for the frame of every page; the menu is in `qa_portal.portal.navigation`."""

from django.conf import settings

from providers.directory.models import DEFAULT_COLOUR

SERVICE = "Placements quality assurance"


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
        "source_code_url": settings.SOURCE_CODE_URL,
    }
