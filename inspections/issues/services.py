"""What is done to an issue from its opening to its end. Which step comes next: `selectors.waits_for`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from inspections.issues.models import (
    Concern,
    ContractIssue,
    ImprovementPlan,
    IssueStage,
    StageMove,
    StageProposal,
)
from inspections.issues.notices import draft_notices
from inspections.issues.rules import (
    SUSPENDS,
    SUSPENSION,
    check_can_close,
    check_can_decide,
    check_can_decide_proposal,
    check_can_handle,
    check_can_propose,
    check_can_raise,
    check_move,
    decider_of,
)
from inspections.issues.stages import last_day
from providers.directory.models import Setting
from providers.directory.selectors import owner_of
from providers.people.models import Organisation, User
from providers.people.rules import check_knows, own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.rules import Refused

DEADLINE_REASON = "The provider gave no plan by the day it was due."
DEADLINE_TOLD = "You gave no improvement plan by the day it was due, so the issue goes one stage further."


@transaction.atomic
def open_issue(
    *,
    by: User | None,
    council: Organisation,
    source: str,
    source_ref: str,
    title: str,
    severity: str,
    setting: Setting | None = None,
    concerns: Sequence[str | tuple[str, str]] = (),
    **facts: Any,
) -> tuple[ContractIssue, bool]:
    """Return the issue that the event starts, and whether this call opened it: one event opens one issue of a council.

    `by` is None where the portal opens it. A concern is its words, or its words and the standard they
    touch. `facts` are other fields: summary, staff_note, inspection, and what it is about where that is
    no setting.
    """
    if found := of_event(council, source_ref):
        return found, False
    stage = IssueStage.objects.get(number=0)
    issue = ContractIssue(
        council=council,
        setting=setting,
        provider=facts.pop("provider", None) or owner_of(setting),
        title=title,
        source=source,
        source_ref=source_ref,
        severity=severity,
        stage=stage,
        stage_since=today(),
        review_on=triage_day(severity),
        opened_on=today(),
        opened_by=by.membership if by else None,
        **facts,
    )
    try:
        with transaction.atomic():
            issue.save()
    except IntegrityError:
        # Only the event that somebody else opened at this moment is no error.
        if found := of_event(council, source_ref):
            return found, False
        raise
    add_concerns(issue, concerns)
    return issue, True


def add_concerns(issue: ContractIssue, concerns: Sequence[str | tuple[str, str]]) -> None:
    standing = Concern.objects.filter(issue=issue).count()
    for order, concern in enumerate(concerns, start=standing):
        text, standard = (concern, "") if isinstance(concern, str) else concern
        Concern.objects.create(issue=issue, text=text, standard=standard, order=order)


def of_event(council: Organisation, source_ref: str) -> ContractIssue | None:
    if not source_ref:
        return None
    return ContractIssue.objects.filter(council=council, source_ref=source_ref).first()


def triage_day(severity: str) -> dt.date:
    """Return the day by which the issue must be triaged: today when it is serious (facts 2.4), else by the clock.

    Today counts on weekends too.
    """
    if severity == ContractIssue.Severity.HIGH:
        return today()
    return last_day("concern_triage", today()) or add_working_days(today(), 1)


@transaction.atomic
def raise_issue(
    *,
    by: User,
    setting: Setting,
    title: str,
    severity: str,
    concerns: Sequence[str],
    summary: str = "",
    staff_note: str = "",
) -> ContractIssue:
    check_can_raise(by)
    check_knows(by, setting)
    if not concerns:
        raise Refused("Write at least one concern: the provider's plan answers each of them.")
    issue, _ = open_issue(
        by=by,
        council=own_organisation(by),
        setting=setting,
        source=ContractIssue.Source.RAISED,
        source_ref="",
        title=title,
        severity=severity,
        summary=summary,
        staff_note=staff_note,
        concerns=concerns,
    )
    return issue


@transaction.atomic
def triage_to_stage(
    *,
    by: User,
    issue: ContractIssue,
    to: IssueStage,
    note: str,
    severity: str,
    told: str = "",
    concerns: Sequence[str] = (),
) -> ContractIssue:
    """Goes to the stage at once where whoever does triage decides on it, else asks whoever does.

    `concerns` are added to those that stand, in words that the provider may read.
    """
    issue = triaged(by, issue, note, severity)
    add_concerns(issue, concerns)
    return seek(by, issue, to, reason=note, told=told)


@transaction.atomic
def triage_and_close(*, by: User, issue: ContractIssue, note: str, severity: str) -> ContractIssue:
    return close(by, triaged(by, issue, note, severity), note)


def triaged(by: User, issue: ContractIssue, note: str, severity: str) -> ContractIssue:
    issue = locked_issue(issue)
    check_can_handle(by, issue)
    if issue.triaged_at:
        raise Refused("Triage of this issue is done already.")
    issue.triaged_by, issue.triaged_at, issue.triage_note = by.membership, timezone.now(), note
    issue.severity = severity
    issue.save()
    return issue


@transaction.atomic
def add_concern(*, by: User, issue: ContractIssue, text: str) -> ContractIssue:
    """Add a concern to the issue; the provider's next plan must answer it too."""
    issue = locked_issue(issue)
    check_can_handle(by, issue)
    add_concerns(issue, [text])
    return issue


@transaction.atomic
def go_or_ask(
    *, by: User, issue: ContractIssue, to: IssueStage, reason: str, evidence: str = "", told: str = ""
) -> ContractIssue:
    """Move the issue where contract officers decide; else propose the stage to whoever decides.

    A manager's own proposal waits for a second person too.
    """
    return seek(by, locked_issue(issue), to, reason=reason, evidence=evidence, told=told)


def seek(
    by: User, issue: ContractIssue, to: IssueStage, *, reason: str, evidence: str = "", told: str = ""
) -> ContractIssue:
    """`issue` is locked."""
    check_can_propose(by, issue)
    check_move(issue, to, reason=reason, evidence=evidence, told=told)
    if decider_of(issue.stage, to) == Permission.HANDLE_ISSUES:
        return move(issue, to, by=by, reason=reason, evidence=evidence, told=told)
    StageProposal.objects.create(
        issue=issue, to_stage=to, reason=reason, evidence=evidence, told=told, proposed_by=by.membership
    )
    return issue


@transaction.atomic
def decide_proposal(
    *, by: User, proposal: StageProposal, approved: bool, reason: str, told: str = ""
) -> ContractIssue:
    """`told` replaces what was proposed to tell the provider, where it is given."""
    issue = locked_issue(proposal.issue)
    proposal = locked(proposal)
    proposal.issue = issue
    check_can_decide_proposal(by, proposal)
    proposal.decided_by, proposal.decided_at = by.membership, timezone.now()
    proposal.approved, proposal.decision_reason, proposal.told = approved, reason, told or proposal.told
    proposal.save()
    if approved:
        said = {"reason": reason or proposal.reason, "evidence": proposal.evidence, "told": proposal.told}
        check_move(issue, proposal.to_stage, **said)
        return move(issue, proposal.to_stage, by=by, proposal=proposal, **said)
    if proposal.by_deadline and issue.stage.asks_for_plan:
        ask_for_plan(issue)
    return issue


@transaction.atomic
def move_now(
    *, by: User, issue: ContractIssue, to: IssueStage, reason: str, evidence: str = "", told: str = ""
) -> ContractIssue:
    """Move the issue at once, even if another step is open: a child's safety does not wait for the next step."""
    issue = locked_issue(issue)
    check_can_decide(by, issue, to)
    check_move(issue, to, reason=reason, evidence=evidence, told=told)
    if issue.triaged_at is None:
        issue.triaged_by, issue.triaged_at, issue.triage_note = by.membership, timezone.now(), reason
    return move(issue, to, by=by, reason=reason, evidence=evidence, told=told)


def move(
    issue: ContractIssue,
    to: IssueStage,
    *,
    by: User | None,
    reason: str,
    evidence: str,
    told: str,
    proposal: StageProposal | None = None,
) -> ContractIssue:
    """Move the issue to a stage; `by` is None where a missed deadline moves it.

    What was open at the old stage ends.
    """
    for other in StageProposal.objects.waiting().filter(issue=issue):
        other.overtaken_at = timezone.now()
        other.save()
    end_open_plan(issue)
    stage_move = StageMove.objects.create(
        issue=issue,
        proposal=proposal,
        from_stage=issue.stage,
        to_stage=to,
        on=today(),
        decided_by=by.membership if by else None,
        by_deadline=by is None,
        reason=reason,
        evidence=evidence,
        told=told,
    )
    issue.stage, issue.stage_since = to, today()
    issue.review_on = last_day(to.clock, today()) if to.clock else None
    if to.number in SUSPENDS:
        issue.suspended_on = issue.suspended_on or today()
    elif to.number < SUSPENSION:
        issue.suspended_on = None
    if to.name_for_provider and issue.told_provider_on is None:
        issue.told_provider_on = today()
    issue._change_reason = reason
    issue.save()
    if to.asks_for_plan:
        ask_for_plan(issue)
    draft_notices(stage_move)
    return issue


def end_open_plan(issue: ContractIssue) -> None:
    for plan in ImprovementPlan.objects.in_hand().filter(issue=issue):
        plan.lapsed_at = timezone.now()
        plan.save()


def ask_for_plan(issue: ContractIssue) -> ImprovementPlan:
    """Ask for the next round of the plan, due by the clock of the issue's stage, or in 14 days where it has none."""
    due_on = last_day(issue.stage.clock, today()) or today() + dt.timedelta(days=14)
    return ImprovementPlan.objects.create(
        issue=issue,
        round=ImprovementPlan.objects.filter(issue=issue).count() + 1,
        asked_on=today(),
        due_on=due_on,
    )


@transaction.atomic
def ask_again(*, by: User, issue: ContractIssue, reason: str) -> ContractIssue:
    """Ask the provider for a new plan where the accepted one is not enough.

    Raise Refused at a stage without plans, and while one is in hand.
    """
    issue = locked_issue(issue)
    check_can_handle(by, issue)
    if not issue.stage.asks_for_plan:
        raise Refused("The provider gives a plan at the stages that ask for one. Take the issue there first.")
    if ImprovementPlan.objects.in_hand().filter(issue=issue).exists():
        raise Refused("A plan is waited for already.")
    plan = ask_for_plan(issue)
    issue.review_on, issue._change_reason = plan.due_on, reason
    issue.save()
    return issue


@transaction.atomic
def keep_watching(*, by: User, issue: ContractIssue, until: dt.date, note: str) -> ContractIssue:
    issue = locked_issue(issue)
    check_can_handle(by, issue)
    if until <= today():
        raise Refused("Choose a day after today on which you look at it again.")
    issue.review_on, issue._change_reason = until, note
    issue.save()
    return issue


@transaction.atomic
def close_issue(*, by: User, issue: ContractIssue, reason: str) -> ContractIssue:
    return close(by, locked_issue(issue), reason)


def close(by: User, issue: ContractIssue, reason: str) -> ContractIssue:
    """`issue` is locked."""
    check_can_close(by, issue)
    end_open_plan(issue)
    issue.closed_by, issue.closed_at, issue.closing_reason = by.membership, timezone.now(), reason
    issue.review_on = None
    issue.save()
    return issue


@transaction.atomic
def lapse(*, issue: ContractIssue) -> bool:
    """Act on a plan that is late: move up one stage, or ask whoever decides. Return whether anything was done.

    What happens is said by the stage's `lapse`.
    """
    issue = locked_issue(issue)
    waiting = (
        ImprovementPlan.objects.in_hand().filter(issue=issue).filter(submitted_at=None, due_on__lt=today())
    )
    above = IssueStage.objects.filter(number=issue.stage.number + 1).first()
    if not issue.is_open or above is None or not waiting.exists():
        return False
    if issue.stage.lapse == IssueStage.Lapse.MOVE:
        move(issue, above, by=None, reason=DEADLINE_REASON, evidence="", told=DEADLINE_TOLD)
        return True
    end_open_plan(issue)
    StageProposal.objects.create(
        issue=issue, to_stage=above, reason=DEADLINE_REASON, told=DEADLINE_TOLD, by_deadline=True
    )
    return True


def locked_issue(issue: ContractIssue) -> ContractIssue:
    """Read anew; with the owner that the register names by now, where it named none."""
    issue = locked(issue, "stage")
    issue.provider = issue.provider or owner_of(issue.setting)
    return issue
