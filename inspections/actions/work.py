"""Actions that somebody follows, for the page that hands over a leaver's work."""

from inspections.actions.models import Action
from providers.people.models import Membership
from qa_portal.core.handover import HandoverType, register


def held_by(membership: Membership):
    return Action.objects.live().filter(owner=membership)


def hand_over(action: Action, to: Membership, reason: str) -> None:
    action.owner, action._change_reason = to, reason
    action.save()


register(HandoverType("action", "actions", held_by, hand_over))
