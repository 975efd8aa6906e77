"""What would fill an area of which nothing current is known, and where the reader may see to it."""

from dataclasses import dataclass

from django.urls import reverse

from inspections.scorecards.inputs.domains import DOMAINS
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope, scope_of

GAPS = {source.code: source.gap for source in DOMAINS}
"""By domain; a domain without a source has none."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`link` and `url` are empty where the reader can do nothing about it here."""

    says: str
    link: str = ""
    url: str = ""


def gaps_of(setting: Setting, user, *, known: bool) -> dict[str, Gap]:
    """By area. `known`: the reader may see where the setting is."""
    scope = scope_of(user)
    links = council_links(setting, scope, known) if scope.is_council else provider_links(scope)
    return {area: Gap(says, *links.get(area, ())) for area, says in GAPS.items()}


def council_links(setting: Setting, scope: Scope, known: bool) -> dict[str, tuple[str, str]]:
    links = {}
    if known and scope.may(Permission.PLAN_VISITS):
        links["visits"] = ("Plan a monitoring visit", reverse("plan_visit_of", args=[setting.public_id]))
    if scope.may(Permission.RECORD_RATINGS):
        links["regulator"] = ("Record an inspection", reverse("record_inspection", args=[setting.public_id]))
    if scope.may(Permission.MANAGE_CAMPAIGNS):
        links["self_assessment"] = ("Open a campaign", reverse("choose_question_set"))
    return links


def provider_links(scope: Scope) -> dict[str, tuple[str, str]]:
    if not scope.may(Permission.ANSWER_FOR_PROVIDER):
        return {}
    return {"documents": ("Add a document", reverse("add_document"))}
