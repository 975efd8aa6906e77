"""Pages that are opened now and then: they stand on one page, with a line each, instead of in the navigation."""

from dataclasses import dataclass

from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.access.scope import OrganisationKind, Scope

COUNCIL = frozenset({OrganisationKind.COUNCIL})
ANY = frozenset(OrganisationKind)


@dataclass(frozen=True)
class Entry:
    label: str
    page: str
    why: str
    needs: P | None = None
    kinds: frozenset[OrganisationKind] = ANY


GROUPS: list[tuple[str, list[Entry]]] = [
    (
        "People and organisations",
        [
            Entry("Organisations", "organisations", "Who acts for whom; invitations.", P.VIEW_ORGANISATION),
            Entry(
                "Lead officers", "leads", "Who answers for which setting, and who stands in.", P.MANAGE_LEADS
            ),
            Entry("My absences", "my_absences", "While you are away your steps go to the deputy."),
            Entry("Sharing", "shares", "What other councils and partner agencies may read.", P.MANAGE_SHARES),
            Entry("Access log", "access_log", "Who looked at what is restricted.", P.READ_ACCESS_LOG),
            Entry("Authorities", "authorities", "Names and colours of councils.", P.MANAGE_INSTALLATION),
        ],
    ),
    (
        "Questions and the register",
        [
            Entry(
                "Purchasing systems",
                "purchasing_systems",
                "Systems, their lots and conditions.",
                P.VIEW_CASES,
            ),
            Entry(
                "Question sets", "question_sets", "What visits and self-assessments ask.", P.VIEW_ORGANISATION
            ),
            Entry(
                "Placing counts", "placing_counts", "How many children are where.", P.RECORD_PLACING_COUNTS
            ),
            Entry(
                "Placing counts to confirm",
                "confirm_use",
                "Numbers that a colleague recorded and a second person has not confirmed.",
                P.RECORD_PLACING_COUNTS,
            ),
            Entry(
                "Inadequate or suspended settings with no open issue",
                "known_inadequate",
                "Settings in use that were Inadequate before the portal watched them.",
                P.RAISE_ISSUES,
            ),
            Entry(
                "Ofsted files", "ofsted_files", "What was imported, when, and what it changed.", None, COUNCIL
            ),
            Entry("Code lists", "code_lists", "Grade scales, clocks and other lists.", P.MANAGE_INSTALLATION),
        ],
    ),
    (
        "Messages",
        [
            Entry("My messages", "messages", "What the portal has told you."),
            Entry("Email settings", "message_preferences", "At once, in one mail a day, or not at all."),
            Entry("Mail", "mail", "What could not be sent, and why.", P.MANAGE_INSTALLATION),
        ],
    ),
]


def entries_for(scope: Scope) -> list[tuple[str, list[Entry]]]:
    """The groups with what this reader may open; a group with nothing is left out."""
    shown = [(title, [entry for entry in entries if may_open(entry, scope)]) for title, entries in GROUPS]
    return [(title, entries) for title, entries in shown if entries]


def may_open(entry: Entry, scope: Scope) -> bool:
    return (entry.needs is None or scope.may(entry.needs)) and scope.kind in entry.kinds
