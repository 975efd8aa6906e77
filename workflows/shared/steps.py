"""The page of one human step."""

from functools import cached_property

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from qa_portal.core.ui.views import ServiceFormView
from workflows.shared.inbox_rows import due_state
from workflows.shared.nodes import human_step, standing_for
from workflows.shared.rules import barred_later, check_is_theirs, check_still_open, nobody_left
from workflows.shared.services import doing


class TaskStep(ServiceFormView):
    """`act(form)` calls one service on `self.subject`; the step is completed in the same transaction.

    Drawn only for those who may do the step. Nothing is taken by looking: the step becomes theirs when
    they send it.
    """

    template_name = "workflows/task.html"

    def setup(self, request, *args, task, **kwargs):
        super().setup(request, *args, **kwargs)
        self.task = task
        self.process = task.process
        self.case = task.process.case
        self.flow = task.flow_task.flow_class.instance

    @cached_property
    def subject(self):
        return self.flow.subject(self.process)

    @property
    def page_title(self) -> str:
        return self.task.flow_task.task_title

    @property
    def intro(self) -> str:
        return self.task.flow_task.task_description

    def post(self, request, *args, **kwargs):
        """Refuse before any answer is looked at: a stranger meets no form, and whoever is late is told so."""
        check_is_theirs(self.task, request.user)
        check_still_open(self.task, request.user)
        return super().post(request, *args, **kwargs)

    def transaction(self):
        return doing(self.task, self.request.user)

    def form_valid(self, form):
        def act():
            self.__dict__.pop("subject", None)  # read before the lock was held
            self.act(form)

        return self.run(act, form)

    def act(self, form) -> None:
        """Nothing but the step itself: for steps that only confirm."""

    def get_success_url(self) -> str:
        return reverse("case", args=[self.process.pk])

    def get_context_data(self, **context) -> dict:
        due_at = getattr(getattr(self.task, "clock", None), "due_at", None)
        about = {
            "task": self.task,
            "case": self.case,
            "subject": self.subject,
            "subject_url": self.flow.subject_url(self.subject),
            "due_at": due_at,
            "due_state": due_state(due_at),
            "nobody_left": nobody_left(barred_later(self.task), self.request.user.person_id),
        }
        return super().get_context_data(**about | context)


def show_step(request, task):
    """Show the step to whoever can do it; send others who may see the case to its page.

    A form sent by them is 404.
    """
    step = human_step(task)
    kinds = step.right_to_do(request.user, task) if step and task.finished is None else None
    if request.method != "POST" and not (kinds is not None and task.owner_id in (None, request.user.pk)):
        return HttpResponseRedirect(reverse("case", args=[task.process_id]))
    if step is None:
        raise Http404
    with standing_for(request.user, task, kinds or set()):
        return step.page.as_view()(request, task=task)
