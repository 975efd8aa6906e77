"""Rules for actions: who may do what, and when. Each raises Refused with the sentence that the page shows."""

from inspections.actions.models import MOVES, Action, ActionEvidence
from providers.people.models import Membership, User
from providers.people.rules import NOT_ALLOWED, check_acts_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.rules import Refused

State = Action.State


def check_council_may(by: User, permission: Permission, action: Action) -> None:
    """Check that the user acts for the council that owns the action: a share gives reading only."""
    check_acts_for(by, action.council, permission, otherwise=f"Only {action.council} can change this action.")


def check_owner_may(by: User, action: Action) -> None:
    """Check that the user acts for the organisation that must carry out the action."""
    scope = scope_of(by)
    if scope.is_provider:
        if not Action.objects.visible_to(by).filter(pk=action.pk).exists():
            raise Refused("This action is not your organisation's.")
        if not scope.may(Permission.ANSWER_FOR_PROVIDER):
            raise Refused(NOT_ALLOWED)
    elif action.owner_organisation_id not in {None, action.council_id}:
        raise Refused(f"Only {action.owner_organisation} can do this.")
    else:
        check_council_may(by, Permission.MANAGE_ACTIONS, action)


def check_is_one_of_the_two(by: User, action: Action) -> None:
    """Check that the user acts for the provider, or manages actions at the council."""
    if scope_of(by).is_provider:
        check_owner_may(by, action)
    else:
        check_council_may(by, Permission.MANAGE_ACTIONS, action)


def check_move(action: Action, to: State) -> None:
    if to not in MOVES[State(action.state)]:
        raise Refused(f"You cannot do this now. The action is {action.get_state_display().lower()}.")


def check_can_write_step(by: User, action: Action) -> None:
    check_owner_may(by, action)
    if action.state not in {State.OPEN, State.RETURNED}:
        check_move(action, State.OPEN)
    if action.state == State.OPEN and action.accepted_at:
        raise Refused(
            "The council has agreed to these steps. Ask the council to return them if they need to change."
        )


def check_can_accept(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state != State.OPEN or not action.steps_at or action.accepted_at:
        raise Refused("There are no steps waiting for your answer.")


def check_can_return(by: User, action: Action) -> None:
    """Check that steps not yet agreed, or work reported done, can be returned."""
    of_done = action.state == State.DONE
    check_council_may(by, Permission.VERIFY_ACTIONS if of_done else Permission.MANAGE_ACTIONS, action)
    if not of_done:
        check_can_accept(by, action)
    check_move(action, State.RETURNED)


def check_can_add_evidence(by: User, action: Action) -> None:
    check_is_one_of_the_two(by, action)
    if not action.is_live:
        raise Refused(f"You cannot add evidence. The action is {action.get_state_display().lower()}.")


def check_can_report_done(by: User, action: Action) -> None:
    check_owner_may(by, action)
    check_move(action, State.DONE)
    if not action.steps_at:
        raise Refused("First write what will be done, by whom and by when.")
    if not ActionEvidence.objects.filter(action=action).exists():
        raise Refused("Add evidence first. An action can be closed only with evidence.")


def check_can_verify(by: User, action: Action) -> None:
    """Check that a second person verifies: never who asked for the action, did it or gave its evidence."""
    check_council_may(by, Permission.VERIFY_ACTIONS, action)
    check_move(action, State.CLOSED)
    evidence = ActionEvidence.objects.filter(action=action)
    if not evidence.exists():
        raise Refused("This action has no evidence. Return it and say what is missing.")
    took_part = {action.proposed_by_id, action.done_by_id, *evidence.values_list("added_by", flat=True)}
    people = Membership.objects.filter(pk__in=[pk for pk in took_part if pk]).values_list("person", flat=True)
    if scope_of(by).person_id in set(people):
        raise Refused("Someone else must verify this because you asked for it, did it or gave its evidence.")


def check_can_extend(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state not in {State.OPEN, State.RETURNED}:
        raise Refused(f"You cannot give more time. The action is {action.get_state_display().lower()}.")


def check_can_cancel(by: User, action: Action) -> None:
    """Check that the action can be cancelled.

    A proposed one is in a frozen draft, so its visit withdraws it.
    """
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state == State.PROPOSED:
        raise Refused("This action is in a draft report. Withdraw it there while the draft can still change.")
    check_move(action, State.CANCELLED)


def check_can_withdraw(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state != State.PROPOSED:
        raise Refused("This action is no longer a proposal. Cancel it from its own page.")
