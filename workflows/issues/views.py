import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from inspections.issues.evidence import withdrawn_files_behind
from inspections.issues.models import (
    Concern,
    ContractIssue,
    ContractIssueQuerySet,
    ImprovementPlan,
    IssueNotice,
    IssueStage,
    IssueStageQuerySet,
    StageMove,
)
from inspections.issues.notices import record_notice_sent
from inspections.issues.rules import check_can_decide, check_can_handle
from inspections.issues.selectors import open_proposal, plan_in_hand
from inspections.issues.services import add_concern
from providers.directory.models import Setting
from providers.directory.selectors import search_q
from providers.people.models import User
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView
from workflows.issues.forms import ConcernForm, IssuesFilter, MoveForm, NoticeForm, RaiseForm
from workflows.issues.services import move_stage, raise_case
from workflows.shared.selectors import open_tasks, waiting

PER_PAGE = 25


def may_raise(user: User) -> bool:
    scope = scope_of(user)
    return scope.is_council and scope.may(Permission.RAISE_ISSUES)


class IssueList(PermissionMixin, TemplateView):
    permission = Permission.VIEW_CASES
    template_name = "issues/issues.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        stages = [(str(stage.number), stage_words(stage, user)) for stage in stages_seen_by(user)]
        chosen = IssuesFilter(self.request.GET, stages=stages)
        values = chosen.cleaned_data if chosen.is_valid() else {}
        issues = ContractIssue.objects.visible_to(user).with_names()
        page = page_of(self.request, narrowed(issues, values), PER_PAGE)
        plans = plans_due(page) if user.scope.is_provider else {}
        for issue in page:
            issue.words = stage_words(issue.stage, user)
            issue.since = issue.told_provider_on if user.scope.is_provider else issue.opened_on
            issue.age = (today() - issue.since).days
            issue.due_on = plans.get(issue.pk) if user.scope.is_provider else issue.review_on
            issue.is_late = bool(issue.is_open and issue.due_on and issue.due_on < today())
        return super().get_context_data(
            filter=chosen,
            is_narrowed=any(values.values()),
            page_obj=page,
            own=user.scope.organisation_id,
            for_provider=user.scope.is_provider,
            may_raise=may_raise(user),
            **kwargs,
        )


def plans_due(issues: Any) -> dict[int, dt.date]:
    """Return, by issue, the only day of it that is a provider's own. The rest are the council's."""
    waited_for = ImprovementPlan.objects.in_hand().filter(issue__in=list(issues), submitted_at=None)
    return dict(waited_for.values_list("issue", "due_on"))


def stages_seen_by(user: User) -> IssueStageQuerySet:
    stages = IssueStage.objects.visible_to(user)
    return stages.exclude(name_for_provider="") if user.scope.is_provider else stages


def stage_words(stage: IssueStage, user: User) -> str:
    return stage.name_for_provider or "Being looked at" if user.scope.is_provider else stage.name


def narrowed(issues: Any, values: dict) -> ContractIssueQuerySet:
    state, words = values.get("state"), values.get("setting")
    if state != "all":
        issues = issues.exclude(closed_at=None) if state == "closed" else issues.open()
    if stage := values.get("stage"):
        issues = issues.filter(stage__number=stage)
    if words:
        issues = issues.filter(search_q(words, "setting"))
    return issues


class IssueMixin(PermissionMixin):
    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = ContractIssue.objects.visible_to(request.user).with_names()
        seen = seen.select_related("inspection", "opened_by__person__details", "case_link")
        self.issue = get_object_or_404(seen, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(issue=self.issue, **kwargs)

    def get_success_url(self) -> str:
        return reverse("issue", args=[self.issue.public_id])


class IssuePage(IssueMixin, DetailView):
    template_name = "issues/issue.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.issue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, issue = self.request.user, self.issue
        concerns = list(Concern.objects.visible_to(user).filter(issue=issue))
        plans = ImprovementPlan.objects.visible_to(user).filter(issue=issue)
        for_provider, inside = user.scope.is_provider, issue.council_id == user.scope.organisation_id
        return super().get_context_data(
            concerns=concerns,
            plans=[(plan, list(plan.steps.all())) for plan in plans.prefetch_related("steps__concern")],
            plan_waited_for=plan_in_hand(issue),
            moves=StageMove.objects.visible_to(user)
            .filter(issue=issue)
            .select_related(
                "from_stage", "to_stage", "decided_by__person__details", "decided_by__organisation"
            ),
            steps=self.stage_picture(),
            words=stage_words(issue.stage, user),
            for_provider=for_provider,
            tasks=open_tasks(user).filter(process=issue.case_link.process_id),
            notices=IssueNotice.objects.visible_to(user).filter(issue=issue) if not for_provider else [],
            inside=inside,
            withdrawn_file=withdrawn_files_behind([issue]).get(issue.pk) if not for_provider else None,
            **({} if for_provider else self.council_parts(concerns)),
            **kwargs,
        )

    def stage_picture(self) -> list[dict]:
        """Return the stages that the reader sees, each said to be done, current or not reached."""
        seen, issue = stages_seen_by(self.request.user), self.issue
        been = set(issue.moves.values_list("to_stage__number", flat=True)) | {0}
        return [
            {
                "stage": stage,
                "name": stage_words(stage, self.request.user),
                "state": "now" if stage == issue.stage else "been" if stage.number in been else "not",
            }
            for stage in seen
        ]

    def council_parts(self, concerns: Any) -> dict:
        user, issue = self.request.user, self.issue
        stages = IssueStage.objects.visible_to(user)
        mine = issue.is_open and any(can(check_can_decide, user, issue, stage) for stage in stages)
        waits = waiting().filter(process=issue.case_link.process_id)
        records = (issue, *concerns, *issue.plans.all(), *issue.proposals.all())
        inside = issue.council_id == user.scope.organisation_id
        return {
            "proposal": open_proposal(issue),
            "may_move": mine,
            "may_add_concern": can(check_can_handle, user, issue),
            "may_write": user.scope.may(Permission.HANDLE_ISSUES),
            "waiting": [(str(task.flow_task.task_title), task) for task in waits],
            "timeline": timeline(*records, names=names_told_to(user)) if inside else [],
        }


class RaiseIssue(PermissionMixin, ServiceFormView):
    permission = Permission.RAISE_ISSUES
    template_name = "issues/raise.html"
    form_class = RaiseForm
    page_title = "Raise an issue"
    intro = "For a setting that does not keep to its contract, or worries you. Triage follows."
    button = "Raise the issue"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if scope_of(request.user).is_agency:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"urn": self.request.GET.get("urn", "")}

    def act(self, form: Any) -> None:
        data = dict(form.cleaned_data)
        urn = data.pop("urn").strip()
        setting = Setting.objects.visible_to(self.request.user).filter(urn__iexact=urn).first()
        if setting is None:
            raise Refused(f"The register has no setting with the URN {urn}.")
        self.issue = raise_case(by=self.request.user, setting=setting, **data)

    def get_success_url(self) -> str:
        return reverse("issue", args=[self.issue.public_id])

    def success_message(self, form: Any) -> str:
        return "The issue is raised, and waits for triage."


class MoveIssue(IssueMixin, ServiceFormView):
    """For whoever decides on at least one other stage of this open issue."""

    template_name = "issues/move.html"
    form_class = MoveForm
    page_title = "Move to another stage now"
    intro = (
        "Your decision takes effect at once, even if another step is open. Any open step will be cancelled."
    )
    button = "Move the issue"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.stages = [
            stage
            for stage in IssueStage.objects.visible_to(request.user)
            if stage != self.issue.stage and can(check_can_decide, request.user, self.issue, stage)
        ]
        if not self.stages:
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"issue": self.issue, "stages": self.stages}

    def act(self, form: Any) -> None:
        data = dict(form.cleaned_data)
        stage = form.stages[data.pop("stage")]
        move_stage(by=self.request.user, issue=self.issue, to=stage, **data)

    def success_message(self, form: Any) -> str:
        return "The issue has moved."


class AddConcern(IssueMixin, ServiceFormView):
    template_name = "issues/move.html"
    form_class = ConcernForm
    page_title = "Add a concern"
    button = "Add the concern"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can(check_can_handle, request.user, self.issue):
            raise Http404

    def act(self, form: Any) -> None:
        add_concern(by=self.request.user, issue=self.issue, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The concern is added."


class RecordNotice(PermissionMixin, ServiceFormView):
    """A drafted letter of the own council: read, sent by whatever means, and recorded as sent."""

    permission = Permission.HANDLE_ISSUES
    template_name = "issues/notice.html"
    form_class = NoticeForm
    button = "Save"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        ours = IssueNotice.objects.visible_to(request.user).filter(
            issue__council=request.user.scope.organisation_id, sent_at=None
        )
        self.notice = get_object_or_404(ours.select_related("issue"), pk=kwargs["pk"])

    @property
    def page_title(self) -> str:
        return f"Letter to {self.notice.to_kind}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(notice=self.notice, issue=self.notice.issue, **kwargs)

    def act(self, form: Any) -> None:
        reason = form.cleaned_data["not_needed_reason"]
        reason = reason if form.cleaned_data["seen_to"] == "not_needed" else ""
        record_notice_sent(by=self.request.user, notice=self.notice, not_needed_reason=reason)

    def success_message(self, form: Any) -> str:
        return "That is recorded."

    def get_success_url(self) -> str:
        return reverse("issue", args=[self.notice.issue.public_id])
