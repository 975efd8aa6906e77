"""The pages of an issue's steps."""

from inspections.issues.models import (
    Concern,
    ContractIssue,
    ImprovementPlan,
    IssueStage,
    PlanStep,
    StageProposal,
)
from inspections.issues.plans import GivenStep, accept_plan, refuse_plan, return_plan, submit_plan
from inspections.issues.rules import check_can_return_plan
from inspections.issues.selectors import open_proposal, plan_in_hand
from inspections.issues.services import (
    ask_again,
    close_issue,
    decide_proposal,
    go_or_ask,
    keep_watching,
    triage_and_close,
    triage_to_stage,
)
from providers.people.rules import can
from qa_portal.core.present import present
from workflows.issues.forms import (
    ASK_AGAIN,
    CLOSE,
    WATCH,
    PlanForm,
    ReviewForm,
    StageDecisionForm,
    TriageForm,
    WatchForm,
)
from workflows.shared.steps import TaskStep


class IssueStep(TaskStep):
    """A step on `issue`; what the page shows of it stands above the form."""

    template_name = "issues/step.html"

    def get_context_data(self, **context):
        issue = self.subject
        return super().get_context_data(
            issue=issue,
            concerns=Concern.objects.visible_to(self.request.user).filter(issue=issue),
            for_provider=self.request.user.scope.is_provider,
            inside=not self.request.user.scope.is_provider,
            **context,
        )


def plans_of(step: IssueStep):
    return ImprovementPlan.objects.visible_to(step.request.user).filter(issue=step.subject)


def steps_of(plan: ImprovementPlan | None):
    return PlanStep.objects.filter(plan=plan).select_related("concern")


class Triage(IssueStep):
    form_class = TriageForm
    button = "Save the triage"

    def get_form_kwargs(self):
        stages = IssueStage.objects.visible_to(self.request.user)
        return super().get_form_kwargs() | {"issue": self.subject, "stages": stages}

    def get_initial(self):
        return {"severity": self.subject.severity}

    def act(self, form):
        data = form.cleaned_data
        said = {"note": data["note"], "severity": data["severity"]}
        if data["outcome"] == CLOSE:
            triage_and_close(by=self.request.user, issue=self.subject, **said)
        else:
            stage = form.stages[data["outcome"]]
            said |= {"told": data["told"], "concerns": data["concerns"]}
            triage_to_stage(by=self.request.user, issue=self.subject, to=stage, **said)

    def success_message(self, form) -> str:
        return "The triage is saved."


class GivePlan(IssueStep):
    form_class = PlanForm
    template_name = "issues/give_plan.html"
    button = "Send the plan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "concerns": list(Concern.objects.visible_to(self.request.user).filter(issue=self.subject))
        }

    def get_context_data(self, **context):
        before = plans_of(self).filter(returned_at__isnull=False).last()
        return super().get_context_data(
            plan=plan_in_hand(self.subject),
            returned=before,
            steps_before=steps_of(before),
            **context,
        )

    def act(self, form):
        steps = [GivenStep(*values) for values in form.steps()]
        submit_plan(by=self.request.user, issue=self.subject, steps=steps)

    def success_message(self, form) -> str:
        return "The plan is with the council."


class ReviewPlan(IssueStep):
    form_class = ReviewForm
    template_name = "issues/review_plan.html"
    button = "Save the decision"

    def get_form_kwargs(self):
        issue, plan = self.subject, plan_in_hand(self.subject)
        above = IssueStage.objects.get(number=issue.stage.number + 1)
        may_return = bool(plan and can(check_can_return_plan, self.request.user, plan))
        return super().get_form_kwargs() | {"may_return": may_return, "next_stage": above}

    def get_context_data(self, **context):
        plan = plan_in_hand(self.subject)
        return super().get_context_data(plan=plan, steps=steps_of(plan), **context)

    def act(self, form):
        by, issue, data = self.request.user, self.subject, form.cleaned_data
        if data["decision"] == ReviewForm.ACCEPT:
            accept_plan(by=by, issue=issue)
        elif data["decision"] == ReviewForm.RETURN:
            return_plan(by=by, issue=issue, reason=data["reason"])
        else:
            refuse_plan(by=by, issue=issue, reason=data["reason"], told=data["reason"])

    def success_message(self, form) -> str:
        return "Your decision on the plan is saved."


class DecideStage(IssueStep):
    form_class = StageDecisionForm
    template_name = "issues/decide_stage.html"
    button = "Save the decision"

    def get_initial(self):
        proposal = open_proposal(self.subject)
        return {"told": proposal.told if proposal else ""}

    def get_context_data(self, **context):
        return super().get_context_data(proposal=present(open_proposal(self.subject)), **context)

    def act(self, form):
        data = form.cleaned_data
        decide_proposal(
            by=self.request.user,
            proposal=present(open_proposal(self.subject)),
            approved=data["approved"] == "yes",
            reason=data["reason"],
            told=data["told"],
        )

    def success_message(self, form) -> str:
        return "Your decision is saved."


class Watch(IssueStep):
    form_class = WatchForm
    template_name = "issues/watch.html"
    button = "Save"

    def get_form_kwargs(self):
        stages = IssueStage.objects.visible_to(self.request.user)
        return super().get_form_kwargs() | {"issue": self.subject, "stages": stages}

    def get_context_data(self, **context):
        issue: ContractIssue = self.subject
        plan = plans_of(self).filter(accepted_at__isnull=False).last()
        declined = StageProposal.objects.visible_to(self.request.user).filter(issue=issue, approved=False)
        return super().get_context_data(
            plan=plan,
            steps=steps_of(plan),
            declined=declined.select_related("to_stage").last(),
            **context,
        )

    def act(self, form):
        by, issue, data = self.request.user, self.subject, form.cleaned_data
        decision, reason = data["decision"], data["reason"]
        if decision == WATCH:
            keep_watching(by=by, issue=issue, until=data["until"], note=reason)
        elif decision == CLOSE:
            close_issue(by=by, issue=issue, reason=reason)
        elif decision == ASK_AGAIN:
            ask_again(by=by, issue=issue, reason=reason)
        else:
            said = {"reason": reason, "evidence": data["evidence"], "told": data["told"]}
            go_or_ask(by=by, issue=issue, to=form.stages[decision], **said)

    def success_message(self, form) -> str:
        return "What happens next is saved."
