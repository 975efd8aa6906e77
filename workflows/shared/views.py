from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from viewflow.workflow.models import Task

from providers.directory.selectors import search_q
from providers.people.models import Membership, Share, User
from providers.people.models.memberships import MembershipQuerySet
from providers.people.rules import can
from providers.people.selectors import holders, holders_anywhere
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.access.views import PermissionMixin, SignedInMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView
from workflows.shared import presenters, selectors
from workflows.shared.diagrams import as_svg, present_state
from workflows.shared.flow import flow_of
from workflows.shared.forms import InboxFilter, ReassignTaskForm, StandInForm, TaskReasonForm
from workflows.shared.inbox_rows import inbox_row, soon
from workflows.shared.nodes import human_step
from workflows.shared.rules import barred_later, check_can_reassign_task, nobody_left
from workflows.shared.selectors import OPEN
from workflows.shared.services import allow_stand_in, reassign, return_task, take
from workflows.shared.steps import show_step

PER_PAGE = 25
WHOSE = {
    "mine": selectors.open_tasks,
    "organisation": selectors.organisations_work,
    "all": selectors.all_work,
}


class Inbox(PermissionMixin, TemplateView):
    """Steps that wait: mine, my organisation's, or all I may see."""

    permission = Permission.VIEW_CASES
    template_name = "workflows/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = InboxFilter(self.request.GET)
        values = chosen.cleaned_data if chosen.is_valid() else {}
        whose = values.get("whose") or "mine"
        tasks = narrowed(WHOSE[whose](self.request.user), values)
        # Put in order by number alone: what a line shows is read for the page's own.
        page = page_of(self.request, tasks.values_list("pk", flat=True), PER_PAGE)
        shown = selectors.waiting().filter(pk__in=list(page))
        lines = [inbox_row(task, self.request.user) for task in shown]
        return super().get_context_data(filter=chosen, page=page, lines=lines, whose=whose, **kwargs)


def narrowed(tasks: Any, values: dict) -> QuerySet[Task]:
    if kind := values.get("flow"):
        tasks = tasks.filter(process__case__kind=kind)
    if words := values.get("setting"):
        at_setting = search_q(words, "process__case__setting")
        tasks = tasks.filter(at_setting | Q(process__case__provider__name__icontains=words))
    if values.get("due") == "overdue":
        tasks = tasks.filter(clock__due_at__lt=timezone.now())
    if values.get("due") == "soon":
        tasks = tasks.filter(clock__due_at__lte=soon())
    return tasks


class TaskPage(View):
    """The one address of every human step. The task says which form and which lock, never the address."""

    def dispatch(self, request: Any, pk: Any) -> HttpResponseBase:
        return show_step(request, get_object_or_404(step_of(request.user), pk=pk))


def step_of(user: User) -> QuerySet[Task]:
    related = ("process__case__setting", "process__case__provider", "process__case__council", "clock")
    return selectors.reachable_tasks(user).select_related(*related, "owner__person__details")


class CaseMixin(SignedInMixin):
    """The case of the address, seen by the reader, else 404."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = get_object_or_404(selectors.case_of(request.user), pk=kwargs["pk"])
        self.flow = flow_of(self.case.kind).instance


class CasePage(CaseMixin, TemplateView):
    """A provider finds its own steps here: which of the council's is open can be what nobody has decided yet."""

    template_name = "workflows/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, case = self.request.user, self.case
        for_provider = user.scope.is_provider
        waiting = list(selectors.waiting().filter(process=case.pk))
        shown = [task for task in waiting if is_theirs(task, user)] if for_provider else waiting
        subject = self.flow.subject(case.process)
        own_side = user.scope.organisation_id == case.council_id
        return super().get_context_data(
            case=case,
            flow=self.flow,
            subject=subject,
            subject_url=self.flow.subject_url(subject),
            steps=[self.step(task) for task in shown],
            parts=list(selectors.parts_of(case, user)),
            ended=presenters.ended(case, user),
            for_provider=for_provider,
            coming=[] if for_provider else presenters.coming(case, waiting),
            clocks=presenters.clocks(case) if own_side else [],
            story=presenters.story(case, user),
            failed=case.process.task_set.filter(status="ERROR") if own_side else [],
            shows_diagram=not for_provider,
            **kwargs,
        )

    def step(self, task: Any) -> dict:
        user = self.request.user
        node = human_step(task)
        may = node is not None and node.may_do(user, task)
        shares_out = user.scope.may(Permission.REASSIGN_WORK)
        ours = is_theirs(task, user)
        return inbox_row(task, user) | {
            "may_do": may and task.owner_id in (None, user.pk),
            "may_take": may and task.owner_id is None,
            "may_return": task.owner_id == user.pk,
            "may_reassign": ours and shares_out,
            "may_allow": ours and user.scope.may(Permission.ALLOW_STAND_IN),
        }


def is_theirs(task: Any, user: User) -> bool:
    return task.owner_permission_obj_pk == str(user.scope.organisation_id)


class CaseDiagram(CaseMixin, View):
    """The flow with the present state. The case page says the same in words; a provider's says its own part."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.scope.is_provider:
            raise Http404

    def get(self, request: Any, pk: Any) -> HttpResponseBase:
        drawn = as_svg(type(self.flow), present_state(self.case.process))
        return HttpResponse(drawn, content_type="image/svg+xml")


class TaskChange(ServiceFormView):
    """Take, return, give away: an open step that the reader reaches."""

    template_name = "workflows/task_change.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.task = get_object_or_404(step_of(request.user).filter(status__in=OPEN), pk=kwargs["pk"])
        self.check(request.user)

    def check(self, user: User) -> None:
        """Raise Http404 for anybody for whom this page does not exist."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.task.process.case
        return super().get_context_data(
            task=self.task, case=case, step_title=presenters.step_title(self.task), **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("case", args=[self.task.process_id])


class TakeTask(TaskChange):
    page_title = "Take this step"
    button = "Take it"

    def check(self, user: User) -> None:
        step = human_step(self.task)
        if step is None or not step.may_do(user, self.task):
            raise_404()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = nobody_left(barred_later(self.task), self.request.user.person_id)
        return super().get_context_data(nobody_left=left, **kwargs)

    def act(self, form: Any) -> None:
        take(by=self.request.user, task=self.task)

    def success_message(self, form: Any) -> str:
        return "The step is yours."


class ReturnTask(TaskChange):
    page_title = "Return this step"
    intro = "Everybody who may do it will see it again."
    form_class = TaskReasonForm
    button = "Return it"

    def check(self, user: User) -> None:
        if self.task.owner_id != user.pk:
            raise_404()

    def act(self, form: Any) -> None:
        return_task(by=self.request.user, task=self.task, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The step is back with your colleagues."


class ReassignTask(TaskChange):
    page_title = "Give this step to somebody else"
    form_class = ReassignTaskForm
    button = "Give it to them"

    def check(self, user: User) -> None:
        if not can(check_can_reassign_task, user, self.task):
            raise_404()

    @cached_property
    def people(self) -> MembershipQuerySet:
        able = holders(self.task.owner_permission, self.task.owner_permission_obj)
        return Membership.objects.visible_to(self.request.user).with_names().filter(pk__in=able)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who had better not get the task, because a later step would then be nobody's."""
        later = barred_later(self.task)
        found = [(one.person.name, nobody_left(later, one.person_id)) for one in self.people] if later else []
        return super().get_context_data(nobody_left_after=[one for one in found if one[1]], **kwargs)

    def act(self, form: Any) -> None:
        reassign(by=self.request.user, task=self.task, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The step has changed hands."


class AllowStandIn(TaskChange):
    page_title = "Let somebody stand in"
    intro = (
        "For a step that separation of duties would leave without anybody. Your decision and reason are kept."
    )
    form_class = StandInForm
    button = "Allow it"

    def check(self, user: User) -> None:
        if not (is_theirs(self.task, user) and user.scope.may(Permission.ALLOW_STAND_IN)):
            raise_404()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": possible_stand_ins(self.request.user, self.task)}

    def act(self, form: Any) -> None:
        allow_stand_in(by=self.request.user, task=self.task, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "They may stand in."


def possible_stand_ins(user: User, task: Any) -> MembershipQuerySet:
    """Holders of what the step asks for, here and at the councils that read this kind of case."""
    shares = Share.objects.in_force(today()).filter(
        owner=user.scope.organisation_id, kind=task.process.case.share_kind
    )
    readers = shares.values("reader")
    places = Q(organisation=user.scope.organisation_id) | Q(
        organisation__in=readers, organisation__kind=OrganisationKind.COUNCIL
    )
    return holders_anywhere(task.owner_permission).filter(places).exclude(person=user.person_id).with_names()


def raise_404() -> None:
    raise Http404
