"""Gaps: domains without current data, what would fill them, and where the reader may do so."""

from dataclasses import dataclass

from django.urls import reverse

from inspections.scorecards.inputs.domain import ScorecardSource
from inspections.scorecards.inputs.domains import DOMAINS
from providers.directory.models import Setting
from qa_portal.core.access.scope import Scope, scope_of

GAPS = {source.code: source.gap for source in DOMAINS}
"""Sources by domain code; a domain without a source is missing."""


@dataclass(frozen=True, slots=True)
class DomainGap:
    """A domain without current data.

    `link` and `url` are empty if the reader can do nothing about it here.
    """

    says: str
    link: str = ""
    url: str = ""


def gaps_of(setting: Setting, user, *, known: bool) -> dict[str, DomainGap]:
    """Return what would fill each domain, by its code. `known`: the reader may see where the setting is."""
    scope = scope_of(user)
    return {source.code: gap_of(source, setting, scope, known) for source in DOMAINS}


def gap_of(source: ScorecardSource, setting: Setting, scope: Scope, known: bool) -> DomainGap:
    link = source.gap_link
    if link is None or link.for_provider is scope.is_council or not scope.may(link.permission):
        return DomainGap(source.gap)
    if link.if_known and not known:
        return DomainGap(source.gap)
    args = [setting.public_id] if link.about_setting else []
    return DomainGap(source.gap, link.label, reverse(link.page, args=args))
