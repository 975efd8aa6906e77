"""Search over what a reader may see: settings, providers, contract issues, monitoring visits, pages and guides.

Each kind asks the same queryset as its list, so search finds nothing that the list would not show. A new area adds
a kind to `KINDS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Q
from django.urls import reverse

from inspections.issues.models import ContractIssue
from inspections.visits.models import Visit
from providers.directory.models import Provider
from providers.directory.selectors import search_q
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from qa_portal.portal.directory.filters import DirectoryFilter
from qa_portal.portal.directory.selectors import directory_of
from qa_portal.portal.help.guides import BY_SLUG
from qa_portal.portal.navigation import pages_open_to

SHORTEST, LONGEST = 2, 100
MOST = 10
TOO_SHORT_OR_LONG = f"Enter between {SHORTEST} and {LONGEST} characters"


@dataclass(frozen=True)
class Line:
    """One thing found. `detail` tells it from others of the same name."""

    words: str
    href: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the first ten, and the address of all where there are more."""

    label: str
    lines: list[Line] = field(default_factory=list)
    all_of_them: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of thing to find: `rows(user, words)` is a queryset or list, `line(row)` one line of the answer.

    `page` and `asks` are the list's address and its query, which ends where the words belong; none: no list.
    """

    label: str
    rows: Callable[[Any, str], Any]
    line: Callable[[Any], Line]
    needs: P | None = None
    page: str = ""
    asks: str = ""

    def find(self, user: Any, words: str) -> Group:
        if self.needs is not None and not user.scope.may(self.needs):
            return Group(self.label)
        found = list(self.rows(user, words)[: MOST + 1])
        has_more = len(found) > MOST and self.page
        every = f"{reverse(self.page)}?{self.asks}{quote_plus(words)}" if has_more else ""
        return Group(self.label, [self.line(row) for row in found[:MOST]], every)


def settings_called(user: Any, words: str) -> Any:
    return DirectoryFilter({"search": words}, directory_of(user, today()), user=user).qs


def setting_line(row: Any) -> Line:
    told = [f"URN {row.urn}", str(row.provision_type), row.owner_name]
    return Line(str(row), reverse("setting", args=[row.public_id]), ", ".join(filter(None, told)))


def providers_called(user: Any, words: str) -> Any:
    called = Q(name__icontains=words) | Q(company_number__iexact=words)
    return Provider.objects.visible_to(user).active().filter(called).order_by("name", "pk")


def issues_about(user: Any, words: str) -> Any:
    about = search_q(words, "setting") | Q(provider__name__icontains=words) | Q(title__icontains=words)
    return ContractIssue.objects.visible_to(user).with_names().filter(about).order_by("-opened_on", "-pk")


def visits_to(user: Any, words: str) -> Any:
    to = search_q(words, "setting") | Q(provider__name__icontains=words)
    return Visit.objects.visible_to(user).with_names().filter(to).order_by("-planned_on", "-pk")


def pages_about(user: Any, words: str) -> list[Line]:
    """Return pages the reader may open, and guides, whose title or purpose has the words."""
    pages = [
        Line(entry.label, entry.url, entry.why)
        for _, entries in pages_open_to(user.scope)
        for entry in entries
    ]
    guides = [Line(one.title, reverse("guide", args=[slug]), one.about) for slug, one in BY_SLUG.items()]
    wanted = words.casefold()
    return [line for line in (*pages, *guides) if wanted in f"{line.words} {line.detail}".casefold()]


KINDS = (
    Kind(
        "Settings",
        settings_called,
        setting_line,
        P.VIEW_REGISTER,
        "directory",
        "search=",
    ),
    Kind(
        "Providers",
        providers_called,
        lambda row: Line(row.name, reverse("provider", args=[row.public_id])),
        P.VIEW_REGISTER,
        "directory",
        "owner=",
    ),
    Kind(
        "Contract issues",
        issues_about,
        lambda row: Line(str(row), reverse("issue", args=[row.public_id]), str(row.about)),
        P.VIEW_CASES,
        "issues",
        "state=all&setting=",
    ),
    Kind(
        "Monitoring visits",
        visits_to,
        lambda row: Line(str(row), reverse("visit", args=[row.public_id]), row.get_state_display()),
        P.VIEW_CASES,
        "visits",
        "show=all&search=",
    ),
    Kind("Pages and guides", pages_about, lambda line: line),
)


def found(user: Any, words: str) -> Iterable[Group]:
    """Return the kinds of which something was found, in the order of `KINDS`."""
    return [group for kind in KINDS if (group := kind.find(user, words)).lines]
