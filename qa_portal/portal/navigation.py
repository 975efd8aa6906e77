"""Where every page of the portal lies: one table for the menu, the bar of an area, "Where to find things" and search.

A new list page joins here, with the permission that its view asks for, and nowhere else. An area is in a reader's
menu once it holds a page that they may open; the menu entry leads to the first such page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.access.scope import OrganisationKind, Scope, scope_of

COUNCIL = frozenset({OrganisationKind.COUNCIL})
PROVIDER = frozenset({OrganisationKind.PROVIDER})
ANY = frozenset(OrganisationKind)


def looks_after_mail(scope: Scope) -> bool:
    return scope.may(P.MANAGE_INSTALLATION) or (scope.is_council and scope.may(P.MANAGE_COLLEAGUES))


def reads_purchasing_systems(scope: Scope) -> bool:
    return (scope.is_council and scope.may(P.VIEW_COLLEAGUES)) or (
        scope.is_provider and scope.may(P.VIEW_CASES)
    )


@dataclass(frozen=True)
class Entry:
    """One list page: its title, the name of its address, what it is for, and who may open it."""

    label: str
    page: str
    why: str
    needs: P | Callable[[Scope], bool] | None = None
    kinds: frozenset[OrganisationKind] = ANY

    def is_open_to(self, scope: Scope) -> bool:
        """Return whether the page answers this reader; for all others its address is "not found"."""
        if scope.kind not in self.kinds or self.needs is None:
            return scope.kind in self.kinds
        return scope.may(self.needs) if isinstance(self.needs, P) else self.needs(scope)

    @cached_property
    def url(self) -> str:
        return reverse(self.page)


@dataclass(frozen=True)
class Area:
    """One word of the menu and the pages behind it.

    `also` are beginnings of addresses that belong here though no entry's address begins with them.
    """

    label: str
    entries: tuple[Entry, ...]
    also: tuple[str, ...] = ()

    def open_to(self, scope: Scope) -> list[Entry]:
        """Return the entries that the reader may open."""
        return [entry for entry in self.entries if entry.is_open_to(scope)]

    def fits(self, path: str) -> int:
        """Return how many characters of the path belong to this area: 0 for a page of another one."""
        beginnings = [entry.url for entry in self.entries] + list(self.also)
        return max(
            (len(one) for one in beginnings if path == one or (one != "/" and path.startswith(one))),
            default=0,
        )


HOME = Area("Home", (Entry("Home", "home", "Your tasks, and what changed."),))
WORK = Area(
    "Work",
    (
        Entry("Tasks", "inbox", "Steps of a process that wait for you or your organisation.", P.VIEW_CASES),
        Entry("Actions", "actions", "What providers have agreed to do, by when.", P.VIEW_CASES),
        Entry("Access log", "access_log", "Who opened restricted records.", P.READ_ACCESS_LOG),
        Entry("Mail", "mail", "What could not be sent, and why.", looks_after_mail),
        Entry("Code lists", "code_lists", "Grading scales, time limits, other lists.", P.MANAGE_INSTALLATION),
        Entry("Authorities", "authorities", "Names and colours of councils.", P.MANAGE_INSTALLATION),
    ),
    also=("/tasks/", "/cases/"),
)
SETTINGS = Area(
    "Settings and providers",
    (
        Entry(
            "Settings and providers",
            "directory",
            "Every registered setting and its owner, with what Ofsted says.",
            P.VIEW_REGISTER,
        ),
        Entry("Our documents", "documents", "Insurance, policies and other evidence.", P.ANSWER_FOR_PROVIDER),
        Entry("Placing counts", "placing_counts", "How many children are where.", P.RECORD_PLACING_COUNTS),
        Entry(
            "Placing counts to confirm",
            "confirm_use",
            "Counts that a colleague recorded and a second person has not confirmed.",
            P.RECORD_PLACING_COUNTS,
        ),
        Entry("Lead officers", "leads", "Who leads on which setting, and who stands in.", P.MANAGE_LEADS),
        Entry("Ofsted files", "ofsted_files", "What was imported, when, and what it changed.", kinds=COUNCIL),
        Entry("Organisations", "organisations", "People, roles and invitations.", P.VIEW_ORGANISATION),
        Entry("Sharing", "shares", "What other councils and partner agencies may read.", P.MANAGE_SHARES),
    ),
    also=("/people/", "/invitations/", "/absences/", "/second-factor-resets/"),
)
QUALITY = Area(
    "Quality",
    (
        Entry("Scorecards", "scorecards", "How each setting is rated, and why.", P.VIEW_SCORECARDS),
        Entry("Monitoring visits", "visits", "Planned, in progress and completed.", P.VIEW_CASES),
        Entry(
            "Self-assessments",
            "self_assessments",
            "What your council has asked you about your settings.",
            P.VIEW_CASES,
            PROVIDER,
        ),
        Entry(
            "Self-assessment campaigns",
            "campaigns",
            "Rounds in which many settings are asked at once, and their answers.",
            P.VIEW_CASES,
            COUNCIL,
        ),
        Entry("Contract issues", "issues", "Concerns that are being dealt with, by stage.", P.VIEW_CASES),
        Entry(
            "Inadequate or suspended settings with no open issue",
            "known_inadequate",
            "Settings in use that were Inadequate before the portal watched them.",
            P.RAISE_ISSUES,
        ),
        Entry("Question sets", "question_sets", "What visits and self-assessments ask.", P.VIEW_ORGANISATION),
    ),
    also=("/inspections/", "/settings/", "/offline/visits/"),
)
PURCHASING = Area(
    "Purchasing",
    (
        Entry(
            "Applications", "applications", "Providers that want to join a purchasing system.", P.VIEW_CASES
        ),
        Entry(
            "Purchasing systems",
            "purchasing_systems",
            "Systems, their lots and conditions.",
            reads_purchasing_systems,
        ),
    ),
    also=(
        *("/lots/", "/application-lots/", "/outcome-letters/"),
        *("/participating-councils/", "/required-documents/"),
    ),
)
HELP = Area(
    "Help",
    (
        Entry("Help", "help", "Guides for each role, and what the words mean."),
        Entry("Where to find things", "all_pages", "Every page you can open, with what it is for."),
    ),
)
ACCOUNT = Area(
    "Your account",
    (
        Entry("Your account", "my_account", "Your details, two-step verification and your sessions."),
        Entry("Messages", "messages", "What the portal has told you."),
        Entry("Email settings", "message_preferences", "At once, in one mail a day, or not at all."),
        Entry("Your absences", "my_absences", "While you are away, your tasks go to your deputy."),
    ),
)
MENU = (HOME, WORK, SETTINGS, QUALITY, PURCHASING, HELP)
"""In the order of the menu. Boards join it with their first page (docs/map.md, "A place for what comes next")."""
AREAS = (*MENU, ACCOUNT)
"""Your account is behind the reader's name, not in the menu."""


def area_of(path: str) -> Area | None:
    """Return the area that a page belongs to, or None for one outside all (signing in, the demo)."""
    best = max(AREAS, key=lambda area: area.fits(path))
    return best if best.fits(path) else None


def pages_open_to(scope: Scope) -> list[tuple[Area, list[Entry]]]:
    """Return every area that holds a page which the reader may open, with those pages."""
    return [(area, entries) for area in AREAS if (entries := area.open_to(scope))]


def navigation(request: HttpRequest) -> dict:
    """Return, for every template, the menu and the bar of the area; without a query, and nothing to a stranger."""
    scope = scope_of(getattr(request, "user", None))
    if scope.organisation_id is None:
        return {}
    here = area_of(request.path)
    return {
        "menu": [
            {"label": area.label, "url": entries[0].url, "current": area is here}
            for area, entries in pages_open_to(scope)
            if area in MENU
        ],
        "area": area_bar(here, scope, request.path) if here else None,
    }


def area_bar(area: Area, scope: Scope, path: str) -> dict | None:
    """Return the other pages of the area for a list page; None on pages below one, and where there is no other."""
    entries = area.open_to(scope)
    if len(entries) < 2 or all(entry.url != path for entry in entries):
        return None
    return {
        "label": area.label,
        "entries": [{"label": one.label, "url": one.url, "current": one.url == path} for one in entries],
    }
