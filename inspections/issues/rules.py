"""Who may do what with an issue, and which moves there are. Each raises Refused with what the page shows."""

from django.utils import timezone

from inspections.actions.models import Action, Source
from inspections.issues.models import (
    Concern,
    ContractIssue,
    ImprovementPlan,
    IssueStage,
    StageMove,
    StageProposal,
)
from providers.people.models import User
from providers.people.rules import check_acts_for, check_acts_for_provider, check_may
from providers.people.selectors import who_answers_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import end_of_day
from qa_portal.core.present import present
from qa_portal.core.rules import Refused

MOST_RETURNS = 2
SUSPENSION, MEETING, TERMINATION = 4, 5, 6
LIFTED_FIRST = (SUSPENSION, MEETING)
SUSPENDS = (SUSPENSION, TERMINATION)
"""A meeting changes nothing of what was decided before it."""


def check_council_may(user: User, permission: Permission, issue: ContractIssue) -> None:
    """Check that the user acts for the council that owns the issue: a share gives reading only."""
    check_acts_for(user, issue.council, permission, otherwise="Another council looks after this issue.")


def check_is_open(issue: ContractIssue) -> None:
    if not issue.is_open:
        raise Refused("This issue is closed. Raise a new one if it is not over.")


def check_can_handle(user: User, issue: ContractIssue) -> None:
    check_council_may(user, Permission.HANDLE_ISSUES, issue)
    check_is_open(issue)


def check_can_raise(user: User) -> None:
    check_may(user, Permission.RAISE_ISSUES)
    if not scope_of(user).is_council:
        raise Refused("Only a council raises contract issues. Tell the council that you work with.")


def decider_of(from_stage: IssueStage, to_stage: IssueStage) -> str:
    """Up: whoever decides on the new stage. Down: whoever decides on the one that is left."""
    return max(from_stage, to_stage, key=lambda stage: stage.number).decider


def check_move(issue: ContractIssue, to: IssueStage, *, reason: str, evidence: str, told: str) -> None:
    """Facts 2.4: stages may be skipped upward with a reason; stepping down needs evidence."""
    check_is_open(issue)
    if to == issue.stage:
        raise Refused("The issue is at this stage already.")
    if not reason:
        skips = to.number > issue.stage.number + 1
        raise Refused("Say why stages are skipped." if skips else "Say why the stage changes.")
    if to.number < issue.stage.number and not evidence:
        raise Refused("Stepping down needs evidence: write what shows that it is better now.")
    if to.name_for_provider and not told:
        raise Refused("Write what you tell the provider: it sees this stage.")
    if to.asks_for_plan and issue.provider_id is None:
        raise Refused(
            "The register names nobody who carries on this setting, so nobody can be asked for a plan."
        )
    if to.asks_for_plan and not who_answers_for(present(issue.provider)).exists():
        raise Refused(
            f"Nobody at {issue.provider} can answer in the portal yet, and the day of a plan that nobody was asked"
            " for would pass. Invite its manager, then ask; a stage without a plan can be chosen now."
        )
    if to.asks_for_plan and not Concern.objects.filter(issue=issue).exists():
        raise Refused("Write down at least one concern first: the provider's plan answers each of them.")


def check_can_decide(user: User, issue: ContractIssue, to: IssueStage) -> None:
    check_council_may(user, Permission(decider_of(issue.stage, to)), issue)
    check_is_open(issue)


def check_can_decide_proposal(user: User, proposal: StageProposal) -> None:
    """Raise Refused unless the user may decide on the proposed stage and did not ask for it themselves."""
    check_can_decide(user, proposal.issue, proposal.to_stage)
    if proposal.decided_at or proposal.overtaken_at:
        raise Refused("This has been decided already.")
    if proposal.proposed_by and proposal.proposed_by.person_id == user.person_id:
        raise Refused("You asked for this stage, so somebody else must decide on it.")


def check_can_propose(user: User, issue: ContractIssue) -> None:
    check_can_handle(user, issue)
    if StageProposal.objects.waiting().filter(issue=issue).exists():
        raise Refused("A decision on another stage is waited for. Only one can be asked for at a time.")


def check_can_close(user: User, issue: ContractIssue) -> None:
    check_can_handle(user, issue)
    if issue.stage.number in LIFTED_FIRST:
        raise Refused(
            f"Step down from “{issue.stage.name}” first, with evidence; then the issue can be closed."
        )
    if StageProposal.objects.waiting().filter(issue=issue).exists():
        raise Refused("A decision on another stage is waited for. It comes before the issue can be closed.")
    live = Action.objects.of(Source.ISSUE, issue.public_id).live().count()
    if live and issue.stage.number < TERMINATION:
        left = "1 action of its plan is" if live == 1 else f"{live} actions of its plan are"
        raise Refused(f"{left} not closed yet. Verify or cancel what is left, then close the issue.")


def check_can_submit_plan(user: User, plan: ImprovementPlan) -> None:
    sentence = "This plan is another provider's to give."
    check_acts_for_provider(user, plan.issue.provider_id, Permission.ANSWER_FOR_PROVIDER, otherwise=sentence)
    check_is_open(plan.issue)
    if plan.submitted_at or plan.lapsed_at:
        raise Refused("This plan has been given, or its time is over. Look at the issue again.")
    if timezone.now() > end_of_day(plan.due_on):
        raise Refused(
            f"The plan was due on {plan.due_on:%-d %B %Y}. The council decides what follows: get in touch with it."
        )


def check_can_judge_plan(user: User, plan: ImprovementPlan) -> None:
    check_can_handle(user, plan.issue)
    if plan.submitted_at is None:
        raise Refused("The provider has not given its plan yet.")
    if plan.accepted_at or plan.returned_at:
        raise Refused("This plan has been judged already.")


def check_can_return_plan(user: User, plan: ImprovementPlan) -> None:
    check_can_judge_plan(user, plan)
    moved = StageMove.objects.filter(issue=plan.issue).order_by("-pk").first()
    returned = ImprovementPlan.objects.filter(issue=plan.issue, returned_at__isnull=False)
    if moved:
        returned = returned.filter(returned_at__gte=moved.moved_at)
    if returned.count() >= MOST_RETURNS:
        raise Refused("The plan was returned twice already. Accept it, or take the issue up one stage.")
