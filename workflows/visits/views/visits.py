"""The page of one visit, and the pages of what is done from it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView

from inspections.actions.models import Action, Source
from inspections.question_sets.models import Standard
from inspections.visits import rules
from inspections.visits.models import AccuracyComment, ReportVersion, Visit, VisitAssessor, VisitConcern
from inspections.visits.reports import VisitRecord
from inspections.visits.services import recording, reporting
from providers.people.models import User
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.timeline import timeline
from workflows.shared.nodes import human_step
from workflows.shared.presenters import step_title, whom
from workflows.visits import forms, services
from workflows.visits.selectors import open_step, process_of
from workflows.visits.views.base import VisitMixin, VisitStep

LINKS = (
    ("move_visit", "Change the date", rules.check_can_change_plan),
    ("cancel_visit", "Cancel the visit", rules.check_can_cancel),
    ("extend_accuracy", "Give the provider more time", rules.check_can_extend),
)


class VisitPage(VisitMixin, DetailView):
    template_name = "visits/visit.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.visit

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, visit = self.request.user, self.visit
        actions = Action.objects.visible_to(user).of(Source.VISIT, visit.public_id)
        return super().get_context_data(
            step=self.step(),
            process=process_of(visit),
            links=[(name, words) for name, words, rule in LINKS if can(rule, user, visit)],
            may_arrive=not visit.is_known_to_provider and can(rules.check_can_arrive, user, visit),
            may_record=can(rules.check_can_record, user, visit),
            may_raise=can(rules.check_can_raise_concern, user, visit),
            nobody_signs_off=self.nobody_signs_off(),
            versions=ReportVersion.objects.visible_to(user).filter(visit=visit).order_by("-number"),
            comments=AccuracyComment.objects.visible_to(user).filter(visit=visit).active(),
            concerns=VisitConcern.objects.visible_to(user).filter(visit=visit),
            actions=actions.with_names(),
            **(self.papers() if user.scope.is_council else {}),
            **kwargs,
        )

    def nobody_signs_off(self) -> bool:
        """Tell the owning council that nobody can sign off, while it can still change that."""
        visit, ours = self.visit, self.visit.council_id == self.request.user.scope.organisation_id
        over = visit.state in {Visit.State.PUBLISHED, Visit.State.CANCELLED}
        return ours and not over and not rules.has_signatory(visit)

    def step(self) -> dict | None:
        """Return the open task and who has it; a link only for those who may do it."""
        user, task = self.request.user, open_step(self.visit)
        if task is None:
            return None
        node = human_step(task)
        may = node is not None and node.may_do(user, task) and task.owner_id in (None, user.pk)
        due_at = getattr(getattr(task, "clock", None), "due_at", None)
        return {
            "task": task,
            "title": step_title(task),
            "whom": whom(task, user),
            "due_at": due_at,
            "may": may,
        }

    def papers(self) -> dict:
        """Return what only councils read."""
        visit = self.visit
        record = VisitRecord(visit)
        assessors = VisitAssessor.objects.visible_to(self.request.user).filter(visit=visit)
        return {
            "assessors": assessors.select_related("membership__person__details"),
            "standards": record.standards,
            "asked": len(record.asked),
            "answered": len(record.asked) - len(record.unanswered()),
            "people": [row for row in visit.people.all() if row.number],
            "evidence": visit.evidence.select_related("document", "answer__question"),
            "timeline": timeline(visit, names=names_told_to(self.request.user)),
        }


class Arrive(VisitStep):
    may_do = staticmethod(rules.check_can_arrive)
    page_title = "We have arrived"
    intro = "The provider will see the visit from now on. You cannot undo this."
    button = "We have arrived"

    def act(self, form: Any) -> None:
        services.arrive(by=self.request.user, visit=self.visit)

    def success_message(self, form: Any) -> str:
        return "Your arrival is recorded. The provider can see the visit."

    def get_success_url(self) -> str:
        return reverse("record_visit", args=[self.visit.public_id])


class RaiseConcern(VisitStep):
    may_do = staticmethod(rules.check_can_raise_concern)
    form_class = forms.VisitConcernForm
    page_title = "Raise an immediate concern"
    intro = (
        "A contract issue will be opened immediately, before any report. If a child is in danger now,"
        " ring 999 first, then the duty social work team."
    )
    button = "Raise the concern"

    @classmethod
    def may_see(cls, by: User, visit: Visit) -> None:
        rules.check_can_raise_concern(by, visit)

    def act(self, form: Any) -> None:
        recording.raise_concern(by=self.request.user, visit=self.visit, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "Your concern is recorded and a contract issue is being opened."


class MoreTime(VisitStep):
    may_do = staticmethod(rules.check_can_extend)
    form_class = forms.MoreTimeForm
    page_title = "Give the provider more time"
    button = "Give more time"

    def act(self, form: Any) -> None:
        services.extend_accuracy(by=self.request.user, visit=self.visit, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"Comments can be made until the end of {form.cleaned_data['to']:%-d %B %Y}."


class ProposalMixin:
    """Allow changes while the record is open, so that a frozen report and its actions agree."""

    may_do = staticmethod(rules.check_can_record)

    @classmethod
    def may_see(cls, by: User, visit: Visit) -> None:
        rules.check_council_may(by, Permission.MANAGE_ACTIONS, visit)


class ProposeAction(ProposalMixin, VisitStep):
    form_class = forms.ProposeActionForm
    page_title = "Propose an action"
    intro = "It will appear in the draft report and be sent to the provider when the report is published."
    button = "Add it to the draft"

    def standards(self) -> QuerySet[Standard]:
        return Standard.objects.filter(pk__in=self.visit.scope.values("standard")).order_by("order")

    def get_initial(self) -> dict[str, Any]:
        return {"standard": self.standards().filter(code=self.request.GET.get("standard", "")).first()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"standards": self.standards()}

    def act(self, form: Any) -> None:
        reporting.propose_for_visit(by=self.request.user, visit=self.visit, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is in the draft report."


class OfProposalMixin(ProposalMixin, VisitMixin):
    """Find one proposed action of the visit; 404 otherwise."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        proposed = Action.objects.visible_to(request.user).of(Source.VISIT, self.visit.public_id)
        proposed = proposed.filter(state=Action.State.PROPOSED)
        self.action = get_object_or_404(proposed, public_id=kwargs["action_id"])


class ChangeProposal(OfProposalMixin, VisitStep):
    form_class = forms.ChangeProposalForm
    template_name = "visits/change_proposal.html"
    page_title = "Change a proposed action"
    button = "Save"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        action = self.action
        return {"what": action.what, "priority": action.priority, "due_on": action.due_on}

    def act(self, form: Any) -> None:
        reporting.change_proposal(
            by=self.request.user, visit=self.visit, action=self.action, **form.cleaned_data
        )

    def success_message(self, form: Any) -> str:
        return "The proposed action is changed."


class WithdrawProposal(OfProposalMixin, VisitStep):
    form_class = forms.WithdrawProposalForm
    page_title = "Withdraw a proposed action"
    button = "Withdraw it"

    @property
    def intro(self) -> str:
        return f"“{self.action}” will be removed from the draft. It stays in the list of actions with your reason."

    def act(self, form: Any) -> None:
        reporting.withdraw_proposal(
            by=self.request.user, visit=self.visit, action=self.action, **form.cleaned_data
        )

    def success_message(self, form: Any) -> str:
        return "The proposed action is withdrawn."
