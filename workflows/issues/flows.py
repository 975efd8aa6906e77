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
from qa_portal.core.present import present
from workflows.issues import steps
from workflows.issues.notifications import notify_stage_and_closure
from workflows.models import IssueCase
from workflows.shared.flow import QAFlow
from workflows.shared.models import Case
from workflows.shared.nodes import Human

MOMENT = dt.timedelta(microseconds=1)


def decision(page, title: str, permission: P):
    return (
        Human(page)
        .Annotation(title=title, description="Somebody asked for this stage: approve it, or say why not.")
        .Permission(permission, obj=this.council)
        .NotBy(this.proposers, strictly=True)
        .Due(1)
        .Next(this.settle)
    )


STEPS = {
    Waits.CLOSED: "end",
    Waits.TRIAGE: "triage",
    Waits.PLAN: "plan",
    Waits.REVIEW: "review_plan",
    Waits.WATCH: "watch",
}
DECISIONS: dict[str, str] = {
    P.DECIDE_NOTICES: "decide_notice",
    P.DECIDE_SUSPENSIONS: "decide_suspension",
    P.CHAIR_CONCERNS: "decide_meeting",
    P.DECIDE_TERMINATIONS: "decide_termination",
}


def next_step(activation) -> str:
    """Return the name of the step that the issue waits for, read once each time the gateway is passed."""
    if not hasattr(activation, "waits_for"):
        issue = activation.flow_class.instance.subject(activation)
        waits, proposal = waits_for(issue), open_proposal(issue)
        is_decision = waits == Waits.DECISION
        activation.waits_for = (
            DECISIONS[decider_of(issue.stage, present(proposal).to_stage)] if is_decision else STEPS[waits]
        )
    return activation.waits_for


def when(step: str):
    return lambda activation: next_step(activation) == step


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
            description="At least one step for each concern, with who is responsible and by when.",
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
        .Case(this.end, when("end"))
        .Case(this.triage, when("triage"))
        .Case(this.decide_notice, when("decide_notice"))
        .Case(this.decide_suspension, when("decide_suspension"))
        .Case(this.decide_meeting, when("decide_meeting"))
        .Case(this.decide_termination, when("decide_termination"))
        .Case(this.plan, when("plan"))
        .Case(this.review_plan, when("review_plan"))
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

    def subject(self, activation_or_process):
        process = getattr(activation_or_process, "process", activation_or_process)
        with_names = IssueCase.objects.select_related(
            "subject__stage", "subject__council", "subject__setting__provision_type", "subject__provider"
        )
        return with_names.get(process_id=process.pk).subject

    def subject_url(self, issue) -> str:
        return reverse("issue", args=[issue.public_id])

    def tell_the_queue(self, activation):
        issue = self.subject(activation)
        shown = {"provider": issue.provider, "open_to_provider": issue.told_provider_on is not None}
        Case.objects.filter(process=activation.process).update(**shown)  # audit-ok: operational table
        notify_stage_and_closure(issue)

    def take_further(self, activation):
        lapse(issue=self.subject(activation))

    def review_day(self, activation):
        day = self.subject(activation).review_on
        return end_of_day(day) if day else None

    def plan_day(self, activation):
        return end_of_day(present(plan_in_hand(self.subject(activation))).due_on)

    def after_plan_day(self, activation):
        return self.plan_day(activation) + MOMENT

    def proposers(self, process) -> set[int]:
        proposal = open_proposal(self.subject(process))
        return {proposal.proposed_by.person_id} if proposal and proposal.proposed_by else set()
