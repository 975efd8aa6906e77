"""Messages about an issue's stages, in the transaction that moved it. What is asked of somebody is told as a step.

The provider hears of what it may know: a stage that has a name for it. Whoever places children hears of a pause.
"""

from collections.abc import Iterable

from django.urls import reverse

from inspections.issues.models import ContractIssue, StageMove
from inspections.issues.rules import SUSPENDS, SUSPENSION, TERMINATION
from providers.notifications.kinds import (
    COUNCIL,
    PLACEMENTS_PAUSED,
    PLACEMENTS_RESUMED,
    PROVIDER,
    MessageKind,
    register,
)
from providers.notifications.services import About, notify_again
from providers.people.models import Membership
from providers.people.selectors import holders, who_answers_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import day_of

ISSUE_MOVED = register(
    MessageKind(
        key="issue_moved",
        label="A contract issue has changed its stage",
        text="A contract issue has changed its stage.",
        provider_text="A council has taken an issue with you to another stage. What it means is in the portal.",
        urgent=True,
        compulsory=True,
        audience=PROVIDER,
    )
)
CONTRACT_ENDED = register(
    MessageKind(
        key="contract_ended",
        label="The contract is ended",
        text="The contract with the provider is ended from the day shown: no new placements.",
        provider_text="A council has ended its contract with you. What it has told you is in the portal.",
        urgent=True,
        compulsory=True,
        audience=COUNCIL | PROVIDER,
    )
)
ISSUE_CLOSED = register(
    MessageKind(
        key="issue_closed",
        label="A contract issue is closed",
        text="A contract issue is closed.",
        provider_text="A council has closed an issue that it had raised with you.",
        urgent=True,
        audience=PROVIDER,
    )
)


def notify_stage_and_closure(issue: ContractIssue) -> None:
    """Tell of each move and of the end, once, after every step of the flow."""
    moves = list(StageMove.objects.filter(issue=issue).select_related("to_stage").order_by("pk"))
    if moves:
        notify_moved(issue, moves)
    if issue.closed_at and issue.told_provider_on:
        tell(issue, provider_of(issue), ISSUE_CLOSED, f"{issue.public_id}", on=day_of(issue.closed_at))


def notify_moved(issue: ContractIssue, moves: list[StageMove]) -> None:
    """Tell of the newest of `moves`."""
    move, was, paused = moves[-1], is_paused(moves[:-1]), is_paused(moves)
    if was != paused or move.to_stage.number == TERMINATION:
        ended = CONTRACT_ENDED if move.to_stage.number == TERMINATION else PLACEMENTS_PAUSED
        kind = ended if paused else PLACEMENTS_RESUMED
        places = holders(Permission.RECORD_PLACING_COUNTS, issue.council)
        tell(issue, [*provider_of(issue), *places], kind, f"{move.pk}", on=move.on)
    elif move.to_stage.name_for_provider and not move.to_stage.asks_for_plan:
        tell(issue, provider_of(issue), ISSUE_MOVED, f"{move.pk}", on=move.on)


def is_paused(moves: Iterable[StageMove]) -> bool:
    """Return whether placements are paused after `moves`: a meeting changes nothing of what was decided before it."""
    paused = False
    for move in moves:
        number = move.to_stage.number
        paused = number in SUSPENDS or (paused and number >= SUSPENSION)
    return paused


def provider_of(issue: ContractIssue) -> list[Membership]:
    return list(who_answers_for(issue.provider)) if issue.provider else []


def tell(issue: ContractIssue, to: Iterable[Membership], kind: MessageKind, which: str, **facts) -> None:
    notify_again(
        to=to,
        key=f"{kind.key}:{which}",
        kind=kind,
        about=About(
            path=reverse("issue", args=[issue.public_id]),
            council=issue.council,
            setting=issue.setting,
            provider=issue.provider,
            subject_kind="issue",
            subject_id=issue.public_id,
        ),
        facts=facts,
    )
