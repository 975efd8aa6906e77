"""All that the scorecard must know of one domain, in one object.

A new domain is a module here and a line of `DOMAINS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inspections.scorecards.inputs.context import DomainSource, ScoringContext
from qa_portal.core.access.permissions import Permission

Loaded = Mapping[str, DomainSource]


@dataclass(frozen=True)
class GapLink:
    """A page on which a reader with `permission` may fill the domain.

    `page` is the name of a URL: pages of processes live above this slice, so only presentation resolves it.
    `about_setting`: the URL has the setting's public id. `if_known`: only for a reader who may see where it is.
    """

    label: str
    page: str
    permission: Permission
    for_provider: bool = False
    about_setting: bool = False
    if_known: bool = False


@dataclass(frozen=True)
class ScorecardSource:
    """Where the figures of one domain come from.

    `code` is the domain's in `definition.json`. `load(context, loaded)` reads all rows in a fixed number of queries;
    `loaded` holds the domains before it in `DOMAINS`, by code. Each piece of evidence is one row of `table`:
    `author` is an expression for the membership that recorded it, `page` the name of the URL that opens it by its
    public id, empty where no page shows it to every reader. `gap` is a sentence on what would fill the domain, and
    `gap_link` where, if a page does.
    """

    code: str
    evidence_kind: str
    load: Callable[[ScoringContext, Loaded], DomainSource]
    table: Any
    author: Any
    page: str
    gap: str
    gap_link: GapLink | None = None
