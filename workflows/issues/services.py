"""Starts an issue's process, once for each event, and carries a decision taken beside it into it."""

from typing import Any

from django.db import transaction
from viewflow.workflow.models import Task

from inspections.issues import services
from inspections.issues.models import ContractIssue, IssueStage
from providers.people.models import User
from qa_portal.core.rules import Refused
from workflows.issues.flows import IssueFlow
from workflows.shared.selectors import OPEN
from workflows.shared.services import locked


@transaction.atomic
def open_case(*, by: User | None, **facts: Any) -> tuple[ContractIssue, bool]:
    """`facts` as of `inspections.issues.services.open_issue`; one event opens one case of a council."""
    issue, opened = services.open_issue(by=by, **facts)
    if opened:
        IssueFlow.start.run(issue=issue)
    return issue, opened


@transaction.atomic
def raise_case(*, by: User, **facts: Any) -> ContractIssue:
    """`facts` as of `inspections.issues.services.raise_issue`."""
    issue = services.raise_issue(by=by, **facts)
    IssueFlow.start.run(issue=issue)
    return issue


@transaction.atomic
def move_stage(
    *, by: User, issue: ContractIssue, to: IssueStage, reason: str, evidence: str = "", told: str = ""
) -> ContractIssue:
    """Cancel the open step and continue the process from the new stage.

    Raise Refused if no step is open, or somebody has just done it.
    """
    process = IssueFlow.link.objects.get(subject=issue).process_id
    task = Task.objects.filter(process=process, flow_task_type="HUMAN", status__in=OPEN).first()
    if task is None:
        raise Refused("Nothing is open in this issue. Look at it again.")
    with locked(task) as activation:
        if not activation.cancel.can_proceed():
            raise Refused("Somebody has just done the step that was open. Look at the issue again.")
        issue = services.move_now(by=by, issue=issue, to=to, reason=reason, evidence=evidence, told=told)
        activation.cancel()
        onward = IssueFlow.settle._create(activation, activation.task.token)
        activation._activate_next({onward})
    return issue
