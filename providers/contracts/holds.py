"""Whether anybody new may be referred to a provider on a lot: worked out from its open holds, never stored."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from providers.contracts.models import ReferralHold

OPEN_WORDS = "Open to referrals"
PAUSES = {
    ReferralHold.Kind.REGISTRATION: "registration with Ofsted",
    ReferralHold.Kind.GRADE: "Ofsted grade",
    ReferralHold.Kind.DOCUMENT: "document expired",
    ReferralHold.Kind.EXCLUSION: "excluded supplier",
    ReferralHold.Kind.PROVIDER_REQUEST: "provider's request",
}


@dataclass(frozen=True)
class ReferralState:
    """`since` is the first day of the hold that `words` tell of; none while open."""

    words: str = OPEN_WORDS
    is_open: bool = True
    is_suspended: bool = False
    since: dt.date | None = None

    def __str__(self) -> str:
        return self.words


def referral_states(memberships: Iterable, on: dt.date) -> dict[int, ReferralState]:
    """Return the states by the key of the lot membership, in one query."""
    keys = [membership.pk for membership in memberships]
    holds: dict[int, list[ReferralHold]] = {key: [] for key in keys}
    for hold in ReferralHold.objects.in_force(on).filter(membership__in=keys):
        holds[hold.membership_id].append(hold)
    return {key: _state(held) for key, held in holds.items()}


def referral_state(membership, on: dt.date) -> ReferralState:
    return referral_states([membership], on)[membership.pk]


def _state(holds: list[ReferralHold]) -> ReferralState:
    """Return how the lot's state reads: a suspension is the council's own act; any other hold is a pause, with its reason."""
    if not holds:
        return ReferralState()
    suspensions = [hold.from_on for hold in holds if hold.kind == ReferralHold.Kind.SUSPENSION]
    if suspensions:
        since = min(suspensions)
        return ReferralState(f"Suspended since {since:%-d %B %Y}", False, True, since)
    kinds = {hold.kind for hold in holds}
    why = ", ".join(words for kind, words in PAUSES.items() if kind in kinds)
    return ReferralState(f"Referrals paused: {why}", False, False, min(hold.from_on for hold in holds))
