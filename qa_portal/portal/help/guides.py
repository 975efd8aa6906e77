"""The guides that Help shows, where their Markdown lies, and whose role each is written for."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.access.scope import Scope

DOCS = Path(settings.BASE_DIR) / "docs"


@dataclass(frozen=True)
class Guide:
    """`file` is relative to `docs/`; the title is the first heading of the file."""

    slug: str
    title: str
    about: str
    file: str

    @property
    def path(self) -> Path:
        return DOCS / self.file


OFFICER = Guide(
    "officer",
    "A contract officer's first hour",
    "For contract, placements and procurement officers, their managers and administrators in a council.",
    "first-hour/officer.md",
)
PROVIDER = Guide(
    "provider",
    "A provider's first hour",
    "For managers and contributors of providers.",
    "first-hour/provider.md",
)
BOARD = Guide(
    "board",
    "A board member's first hour",
    "For members of the QA board, partner agencies and scrutiny.",
    "first-hour/board.md",
)
OPERATOR = Guide(
    "operator",
    "The operator's first hour",
    "For those who install the portal and keep it running.",
    "first-hour/operator.md",
)
GLOSSARY = Guide("glossary", "Glossary", "What the words on these pages mean.", "glossary.md")

GUIDES = (OFFICER, PROVIDER, BOARD, OPERATOR)
BY_SLUG = {guide.slug: guide for guide in (*GUIDES, GLOSSARY)}


def guide_for(scope: Scope | None) -> Guide | None:
    """Return the guide written for what this reader does here; None for somebody who acts for nobody."""
    if scope is None or scope.organisation_id is None:
        return None
    if scope.is_provider:
        return PROVIDER
    if scope.may(P.MANAGE_INSTALLATION):
        return OPERATOR
    if scope.is_council and (scope.may(P.VIEW_CASES) or scope.may(P.MANAGE_COLLEAGUES)):
        return OFFICER
    return BOARD
