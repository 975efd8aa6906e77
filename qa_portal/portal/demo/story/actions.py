"""What becomes of an action: closed on time, closed late, under way, or left to be overdue."""

import heapq
from collections.abc import Iterable

from inspections.actions import services
from inspections.actions.models import Action
from providers.directory.selectors import owner_of
from providers.documents.document_kinds import DocumentKind
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story.documents import paper
from qa_portal.portal.demo.story.story_steps import as_, in_days, setting

STEPS = "The manager goes through it with the team on Monday, and checks it each week for two months."
POST = "Registered manager"
PEOPLE = {
    "Fellside Homes Limited": "provider2",
    "Rowanthwaite Children's Homes Ltd": "rowanthwaite",
    "Ashgarth Residential Care Limited": "ashgarth2",
    "Larkrigg Homes Limited": "larkrigg",
    "Thornbeck Homes Ltd": "thornbeck",
}
"""Who answers for a provider."""


def together(stories: Iterable[Story]) -> Story:
    """Several stories that begin today, as one."""
    waiting = [(0, order, story) for order, story in enumerate(stories)]
    day = 0
    while waiting:
        at, order, story = heapq.heappop(waiting)
        if at > day:
            yield at - day
            day = at
        if (pause := next(story, None)) is not None:
            heapq.heappush(waiting, (day + pause, order, story))


def in_time(action: Action) -> Story:
    yield 2
    planned(action)
    yield 2
    accepted(action)
    yield 9
    done(action)
    yield 3
    closed(action)


def late(action: Action) -> Story:
    """Report the action done three weeks after its due day."""
    yield 6
    planned(action)
    yield 3
    accepted(action)
    yield (present(again(action).due_on) - today()).days + 21
    done(action)
    yield 4
    closed(action)


def under_way(action: Action) -> Story:
    yield 2
    planned(action)
    yield 1
    accepted(action)


def answered(action: Action) -> Story:
    """Propose what the provider will do; it waits for the council's answer."""
    yield 2
    planned(action)


def unanswered(action: Action) -> Story:
    """Nobody does anything, and its day passes."""
    yield from ()


def agreed(login: str, name: str, what: str, then=unanswered, *, due_in: int = 28) -> Story:
    """Open an agreed action with the setting's provider, outside any visit."""
    action = agree(login, name, what, due_in)
    yield from then(action)


def agree(login: str, name: str, what: str, due_in: int) -> Action:
    place = setting(name)
    with as_(login) as officer:
        return services.record_action(
            by=officer, provider=present(owner_of(place)), setting=place, what=what, due_on=in_days(due_in)
        )


@once
def returned(login: str, name: str, what: str) -> None:
    action = agree(login, name, what, 21)
    planned(action)
    with as_(login) as officer:
        services.return_action(
            by=officer, action=again(action), reason="Say which rooms, and who fits the locks by when."
        )


def with_paper(login: str, name: str, what: str) -> Story:
    """Done, with the provider's paper as evidence: it waits for a second person."""
    action = agree(login, name, what, 21)
    yield from under_way(action)
    yield 3
    who = owner(action)
    document = paper(who, DocumentKind.EVIDENCE, "Medicines count, four weeks", "Counted at each handover.")
    with as_(who) as user:
        services.add_evidence(by=user, action=again(action), what="Four weeks of counts", document=document)
        services.report_done(by=user, action=again(action), note="Done since the first of the month.")


def called_off(login: str, name: str, what: str) -> Story:
    action = agree(login, name, what, 21)
    yield 4
    with as_(login) as officer:
        services.cancel_action(
            by=officer, action=again(action), reason="The landlord has put up a new fence."
        )


def again(action: Action) -> Action:
    """Return the row as it is now: what was read on an earlier day is stale."""
    return Action.objects.select_related("provider", "setting").get(pk=action.pk)


def owner(action: Action) -> str:
    return PEOPLE[action.provider.present.name]


def planned(action: Action) -> None:
    action = again(action)
    with as_(owner(action)) as user:
        on = max(today(), min(in_days(10), present(action.due_on)))
        services.write_steps(by=user, action=action, steps=STEPS, on=on, owner_role=POST)


def accepted(action: Action) -> None:
    with as_(council(action)) as officer:
        services.accept_steps(by=officer, action=again(action))


def done(action: Action) -> None:
    """Verify that the action is done: the officer has seen it on the spot."""
    with as_(council(action)) as officer:
        services.add_evidence(by=officer, action=again(action), what="Seen at the home, with the records.")
    action = again(action)
    with as_(owner(action)) as user:
        services.report_done(by=user, action=action, note="Done, and checked each week since.")


def closed(action: Action) -> None:
    with as_(f"{council(action)}-manager" if council(action) == "cumberland" else "manager") as manager:
        services.verify_action(by=manager, action=again(action), note="As the officer saw it.")


def council(action: Action) -> str:
    """Return the login of an officer of the council that asked for the action."""
    return "cumberland" if action.council.name.startswith("Cumberland") else "officer"
