"""From a logged concern to its end: triage, the provider's plan, decisions on stages, watching, closing.

After every step the gateway asks the facts what the issue waits for (`selectors.waits_for`), so a decision
taken beside the flow, or a deadline, leads on from the stage that the issue is at.
"""

import datetime as dt

from django.urls import reverse
from viewflow import this
from viewflow.workflow import flow

from inspections.issues.rules import decider_of
from inspections.issues.selectors import Waits, open_proposal, plan_in_hand, waits_for
from inspections.issues.services import lapse
from providers.people.models import Share
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import end_of_day
from workflows.issues import steps
from workflows.issues.models import IssueCase
from workflows.shared.flow import QAFlow
from workflows.shared.models import Case
from workflows.shared.nodes import Human

MOMENT = dt.timedelta(microseconds=1)


def decision(page, title: str, permission: P):
    return (
        Human(page)
        .Annotation(title=title, description="Somebody asked for this stage: approve it, or say why not.")
        .Permission(permission, obj=this.council)
        .NotBy(this.proposers)
        .Due(1)
        .Next(this.settle)
    )


class IssueFlow(QAFlow):
    process_title = "Contract issue"
    kind = "issues"
    share_kind = Share.Kind.ISSUES
    link = IssueCase

    start = flow.StartHandle(this.begin).Annotation(title="Issue opened").Next(this.settle)
    triage = (
        Human(steps.Triage)
        .Annotation(title="Triage the issue", description="Say how serious it is and what happens next.")
        .Permission(P.HANDLE_ISSUES, obj=this.council)
        .ForLead()
        .Due(this.review_day)
        .Next(this.settle)
    )
    plan = (
        Human(steps.GivePlan)
        .Annotation(
            title="Give an improvement plan",
            description="At least one step for each concern, with who sees to it and by when.",
        )
        .Permission(P.ANSWER_FOR_PROVIDER, obj=this.provider_organisation)
        .Due(this.plan_day)
        .OnTimeout(this.after_plan_day, this.escalate, interrupting=True, title="Day of the plan passed")
        .Next(this.settle)
    )
    escalate = flow.Function(this.take_further).Annotation(title="No plan in time").Next(this.settle)
    review_plan = (
        Human(steps.ReviewPlan)
        .Annotation(
            title="Review the improvement plan",
            description="Accept it, return it with what is missing, or take the issue up one stage.",
        )
        .Permission(P.HANDLE_ISSUES, obj=this.council)
        .ForLead()
        .Due(5)
        .Next(this.settle)
    )
    decide_notice = decision(steps.DecideStage, "Decide on a plan or formal notice", P.DECIDE_NOTICES)
    decide_suspension = decision(steps.DecideStage, "Decide on a suspension", P.DECIDE_SUSPENSIONS)
    decide_meeting = decision(steps.DecideStage, "Decide on a provider concerns meeting", P.CHAIR_CONCERNS)
    decide_termination = decision(steps.DecideStage, "Decide on termination", P.DECIDE_TERMINATIONS)
    watch = (
        Human(steps.Watch)
        .Annotation(
            title="Look at the issue again",
            description="Close it, keep watching, ask for a new plan, or take it to another stage.",
        )
        .Permission(P.HANDLE_ISSUES, obj=this.council)
        .ForLead()
        .Due(this.review_day)
        .Next(this.settle)
    )
    settle = flow.Function(this.tell_the_queue).Annotation(title="Recorded").Next(this.where)
    where = (
        flow.Switch()
        .Annotation(title="What does the issue wait for?")
        .Case(this.end, this.is_closed)
        .Case(this.triage, this.waits_for_triage)
        .Case(this.decide_notice, this.waits_for_notice)
        .Case(this.decide_suspension, this.waits_for_suspension)
        .Case(this.decide_meeting, this.waits_for_meeting)
        .Case(this.decide_termination, this.waits_for_termination)
        .Case(this.plan, this.waits_for_plan)
        .Case(this.review_plan, this.waits_for_review)
        .Default(this.watch)
    )
    end = flow.End().Annotation(title="Issue closed")

    def begin(self, activation, issue):
        return self.open_case(
            activation,
            subject=issue,
            council=issue.council,
            provider=issue.provider,
            setting=issue.setting,
            detail=issue.title,
        )

    def subject_url(self, issue) -> str:
        return reverse("issue", args=[issue.public_id])

    def tell_the_queue(self, activation):
        issue = self.subject(activation)
        shown = {"provider": issue.provider, "open_to_provider": issue.told_provider_on is not None}
        Case.objects.filter(process=activation.process).update(**shown)  # audit-ok: operational table

    def take_further(self, activation):
        lapse(issue=self.subject(activation))

    def review_day(self, activation):
        day = self.subject(activation).review_on
        return end_of_day(day) if day else None

    def plan_day(self, activation):
        return end_of_day(plan_in_hand(self.subject(activation)).due_on)

    def after_plan_day(self, activation):
        return self.plan_day(activation) + MOMENT

    def proposers(self, process) -> set[int]:
        proposal = open_proposal(self.subject(process))
        return {proposal.proposed_by.person_id} if proposal and proposal.proposed_by else set()

    def waits(self, activation, for_what: Waits) -> bool:
        return waits_for(self.subject(activation)) == for_what

    def waits_for_decision(self, activation, decider: P) -> bool:
        issue = self.subject(activation)
        proposal = open_proposal(issue)
        return bool(proposal and decider_of(issue.stage, proposal.to_stage) == decider)

    def is_closed(self, activation) -> bool:
        return self.waits(activation, Waits.CLOSED)

    def waits_for_triage(self, activation) -> bool:
        return self.waits(activation, Waits.TRIAGE)

    def waits_for_plan(self, activation) -> bool:
        return self.waits(activation, Waits.PLAN)

    def waits_for_review(self, activation) -> bool:
        return self.waits(activation, Waits.REVIEW)

    def waits_for_notice(self, activation) -> bool:
        return self.waits_for_decision(activation, P.DECIDE_NOTICES)

    def waits_for_suspension(self, activation) -> bool:
        return self.waits_for_decision(activation, P.DECIDE_SUSPENSIONS)

    def waits_for_meeting(self, activation) -> bool:
        return self.waits_for_decision(activation, P.CHAIR_CONCERNS)

    def waits_for_termination(self, activation) -> bool:
        return self.waits_for_decision(activation, P.DECIDE_TERMINATIONS)
