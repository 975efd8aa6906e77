"""Choice of the home page by the person's permissions and the kind of organisation they act for."""

from dataclasses import replace

from django.urls import reverse

from providers.contracts.selectors import to_confirm
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.access.scope import Scope
from qa_portal.core.dates import today
from qa_portal.portal.home.administrator import administrator_home
from qa_portal.portal.home.manager import manager_home
from qa_portal.portal.home.officer import officer_home
from qa_portal.portal.home.panels import Figure, HomePage
from qa_portal.portal.home.provider import provider_home
from qa_portal.portal.home.reader import reader_home, visitor_home


def home_of(user) -> HomePage:
    page = composer_for(user.scope)(user, today())
    return replace(page, figures=[*page.figures, *counts_to_confirm(user)])


def counts_to_confirm(user) -> list[Figure]:
    """Return figures of colleagues' placing counts: nobody confirms their own."""
    if not user.scope.may(P.RECORD_PLACING_COUNTS):
        return []
    count = to_confirm(user).exclude(declared_by=user.person_id).count()
    words = "placing count to confirm" if count == 1 else "placing counts to confirm"
    return [Figure(count, words, reverse("confirm_use"))] if count else []


def composer_for(scope: Scope):
    if scope.is_provider:
        return provider_home
    if scope.may(P.MANAGE_COLLEAGUES):
        return administrator_home
    if scope.is_council and scope.may(P.SEE_ALL_WORK):
        return manager_home
    if scope.is_council and scope.may(P.VIEW_CASES):
        return officer_home
    return reader_home if scope.may(P.VIEW_SCORECARDS) else visitor_home
