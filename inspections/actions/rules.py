"""Who may do what with an action, and when. Each rule raises Refused with the sentence the page shows."""

from inspections.actions.models import MOVES, Action, ActionEvidence
from providers.people.models import Membership, User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.rules import Refused

State = Action.State
NOT_ALLOWED = "Your role does not allow this. Ask your administrator."


def check_council_may(by: User, permission: Permission, action: Action) -> None:
    """Only the council that owns it: another that reads it by a share changes nothing."""
    scope = scope_of(by)
    if scope.organisation_id != action.council_id:
        raise Refused(f"Only {action.council} can change this action.")
    if not scope.may(permission):
        raise Refused(NOT_ALLOWED)


def check_owner_may(by: User, action: Action) -> None:
    """Whoever it is for: the provider's people, or the council's own where it is for the council."""
    scope = scope_of(by)
    if scope.is_provider:
        if not Action.objects.visible_to(by).filter(pk=action.pk).exists():
            raise Refused("This action is not your organisation's.")
        if not scope.may(Permission.ANSWER_FOR_PROVIDER):
            raise Refused(NOT_ALLOWED)
    elif action.owner_organisation_id not in {None, action.council_id}:
        raise Refused(f"This is for {action.owner_organisation} to do.")
    else:
        check_council_may(by, Permission.MANAGE_ACTIONS, action)


def check_is_one_of_the_two(by: User, action: Action) -> None:
    """The provider's people, or the council's that manage actions: each may show what it has or saw."""
    if scope_of(by).is_provider:
        check_owner_may(by, action)
    else:
        check_council_may(by, Permission.MANAGE_ACTIONS, action)


def check_move(action: Action, to: State) -> None:
    if to not in MOVES[State(action.state)]:
        raise Refused(f"This action is {action.get_state_display().lower()}: that is no longer possible.")


def check_can_write_step(by: User, action: Action) -> None:
    check_owner_may(by, action)
    if action.state not in {State.OPEN, State.RETURNED}:
        check_move(action, State.OPEN)
    if action.state == State.OPEN and action.accepted_at:
        raise Refused("The council has agreed to these steps: ask it to return them if they must change.")


def check_can_accept(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state != State.OPEN or not action.steps_at or action.accepted_at:
        raise Refused("There are no steps here that wait for an answer.")


def check_can_return(by: User, action: Action) -> None:
    """Steps before they are agreed, and work that is not done when somebody looks."""
    of_done = action.state == State.DONE
    check_council_may(by, Permission.VERIFY_ACTIONS if of_done else Permission.MANAGE_ACTIONS, action)
    if not of_done:
        check_can_accept(by, action)
    check_move(action, State.RETURNED)


def check_can_add_evidence(by: User, action: Action) -> None:
    check_is_one_of_the_two(by, action)
    if not action.is_live:
        raise Refused(f"This action is {action.get_state_display().lower()}: nothing can be added.")


def check_can_report_done(by: User, action: Action) -> None:
    check_owner_may(by, action)
    check_move(action, State.DONE)
    if not action.steps_at:
        raise Refused("Write first what will be done, by whom and by when.")
    if not ActionEvidence.objects.filter(action=action).exists():
        raise Refused("Add evidence first: an action is closed only with evidence.")


def check_can_verify(by: User, action: Action) -> None:
    """A second person, always: nobody closes what they asked for, did, or gave the evidence of."""
    check_council_may(by, Permission.VERIFY_ACTIONS, action)
    check_move(action, State.CLOSED)
    evidence = ActionEvidence.objects.filter(action=action)
    if not evidence.exists():
        raise Refused("This action has no evidence: return it and say what is missing.")
    took_part = {action.proposed_by_id, action.done_by_id, *evidence.values_list("added_by", flat=True)}
    people = Membership.objects.filter(pk__in=took_part - {None}).values_list("person", flat=True)
    if scope_of(by).person_id in set(people):
        raise Refused("Somebody else must verify this: you asked for it, did it or gave its evidence.")


def check_can_extend(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state not in {State.OPEN, State.RETURNED}:
        raise Refused(f"This action is {action.get_state_display().lower()}: more time does not help it.")


def check_can_cancel(by: User, action: Action) -> None:
    """Not while it is proposed: a draft that is frozen says it, so the draft's own slice withdraws it."""
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state == State.PROPOSED:
        raise Refused("It stands in a draft report: withdraw it there, while the draft can still change.")
    check_move(action, State.CANCELLED)


def check_can_withdraw(by: User, action: Action) -> None:
    check_council_may(by, Permission.MANAGE_ACTIONS, action)
    if action.state != State.PROPOSED:
        raise Refused("This action is no longer a proposal: cancel it in the register.")
