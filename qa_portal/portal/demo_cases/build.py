"""Living cases in the demo region, so that every page has something to show."""

from collections.abc import Callable

from django.db import transaction

from providers.people.models import User
from qa_portal.portal.demo_cases import (
    actions,
    applications,
    issues,
    leads,
    libraries,
    ratings,
    reports,
    self_assessments,
    systems,
    visits,
)
from qa_portal.portal.demo_region import build_region

STORIES: list[Callable[[], None]] = [
    leads.build,
    libraries.build,
    systems.build,
    applications.build,
    self_assessments.build,
    visits.build,
    reports.build,
    actions.build,
    ratings.build,
    issues.build,
]


@transaction.atomic
def build_demo() -> bool:
    """The region and its cases, each made by the services and flows as those who would do it.

    Returns False, and writes nothing, when somebody has an account already.
    """
    if User.objects.exists():
        return False
    build_region()
    for build in STORIES:
        build()
    return True
