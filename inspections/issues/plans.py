"""The provider's improvement plan: given, then accepted or returned, a bounded number of times."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspections.actions.models import Source
from inspections.actions.services import ActionSource, UndertakenStep, record_undertaken_steps
from inspections.issues.models import (
    LONGEST_TEXT,
    Concern,
    ContractIssue,
    ImprovementPlan,
    IssueStage,
    PlanStep,
)
from inspections.issues.rules import check_can_judge_plan, check_can_return_plan, check_can_submit_plan
from inspections.issues.services import ask_for_plan, locked_issue, seek
from providers.people.models import User
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.core.rules import Refused


@dataclass(frozen=True)
class GivenStep:
    concern: Concern
    text: str
    owner_role: str
    due_on: dt.date


@transaction.atomic
def submit_plan(*, by: User, issue: ContractIssue, steps: Sequence[GivenStep]) -> ImprovementPlan:
    """Facts 2.4, stage 2: at least one step for each concern, with who sees to it and by when."""
    issue = locked_issue(issue)
    plan = open_plan(issue)
    check_can_submit_plan(by, plan)
    concerns = list(Concern.objects.filter(issue=issue))
    answered = {step.concern.pk for step in steps}
    if missing := [concern for concern in concerns if concern.pk not in answered]:
        raise Refused(f"Give at least one step for each concern. None yet for: {missing[0].text}")
    if not answered <= {concern.pk for concern in concerns}:
        raise Refused("A step answers a concern of this issue.")
    if any(step.due_on < today() for step in steps):
        raise Refused("A step cannot be due in the past.")
    for step in steps:
        PlanStep.objects.create(
            plan=plan, concern=step.concern, text=step.text, owner_role=step.owner_role, due_on=step.due_on
        )
    plan.submitted_by, plan.submitted_at = by.membership, timezone.now()
    plan.save()
    return plan


@transaction.atomic
def accept_plan(*, by: User, issue: ContractIssue) -> ImprovementPlan:
    """Accept the plan: the issue is watched until the last step is due, and each step is an action of the provider."""
    issue = locked_issue(issue)
    plan = open_plan(issue)
    check_can_judge_plan(by, plan)
    plan.accepted_by, plan.accepted_at = by.membership, timezone.now()
    plan.save()
    steps = list(PlanStep.objects.filter(plan=plan).select_related("concern"))
    record_undertaken_steps(
        by=by,
        council=issue.council,
        provider=present(issue.provider),  # a plan is asked of nobody else
        setting=issue.setting,
        source=ActionSource(Source.ISSUE, issue.public_id, issue.title),
        undertaken=[as_undertaken(step) for step in steps],
    )
    issue.review_on = max((step.due_on for step in steps), default=today())
    issue.save()
    return plan


def as_undertaken(step: PlanStep) -> UndertakenStep:
    return UndertakenStep(
        what=f"{step.text} ({step.owner_role})"[:LONGEST_TEXT],
        due_on=step.due_on,
        question=step.concern.text[:500],
        standard=step.concern.standard,
    )


@transaction.atomic
def return_plan(*, by: User, issue: ContractIssue, reason: str) -> ImprovementPlan:
    """Send the plan back and return the next round, which the provider is asked for at once."""
    issue = locked_issue(issue)
    plan = open_plan(issue)
    check_can_return_plan(by, plan)
    _send_back(by, plan, reason)
    return ask_for_plan(issue)


@transaction.atomic
def refuse_plan(*, by: User, issue: ContractIssue, reason: str, told: str) -> ContractIssue:
    """Reject the plan and ask whoever decides on the next stage to move the issue there."""
    issue = locked_issue(issue)
    plan = open_plan(issue)
    check_can_judge_plan(by, plan)
    _send_back(by, plan, reason)
    above = IssueStage.objects.get(number=issue.stage.number + 1)
    return seek(by, issue, above, reason=reason, told=told)


def _send_back(by: User, plan: ImprovementPlan, reason: str) -> None:
    plan.returned_by, plan.returned_at = by.membership, timezone.now()
    plan.returned_reason = plan._change_reason = reason
    plan.save()


def open_plan(issue: ContractIssue) -> ImprovementPlan:
    """Return the plan that the provider owes or that waits to be judged, with its issue.

    Raise Refused if there is none.
    """
    plan = ImprovementPlan.objects.in_hand().filter(issue=issue).first()
    if plan is None:
        raise Refused("No plan is waited for. Look at the issue again.")
    plan.issue = issue
    return plan
