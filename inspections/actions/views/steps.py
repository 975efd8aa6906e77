"""One page for each thing that can be done with an action."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspections.actions import forms, rules, services
from inspections.actions.models import Action
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.services import store_document
from providers.people.models import Membership, User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.guarded_form_view import GuardedFormView


class ActionMixin(PermissionMixin):
    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = Action.objects.visible_to(request.user).with_names()
        self.action = get_object_or_404(seen, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, **kwargs)


class ActionStep(ActionMixin, GuardedFormView):
    """Base of the pages that do one thing with an action."""

    template_name = "actions/step.html"
    name = ""
    link = ""

    thing: Action

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.thing = self.action

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.action.row_version}

    def form_valid(self, form: Any) -> HttpResponse:
        self.action.row_version = form.cleaned_data.pop("version")
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("action", args=[self.action.public_id])


class WriteStep(ActionStep):
    name, link = "write_action_step", "Write what will be done"
    may_see, may_do = staticmethod(rules.check_owner_may), staticmethod(rules.check_can_write_step)
    form_class = forms.WriteStepsForm
    page_title = "What will be done"
    button = "Send to the council"

    def get_initial(self) -> dict[str, Any]:
        action = self.action
        return super().get_initial() | {
            "steps": action.steps,
            "owner_role": action.owner_role,
            "owner": action.owner,
            "on": action.steps_on or action.due_on,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Membership.objects.visible_to(self.request.user).in_force()
        colleagues = own.filter(organisation=self.request.user.scope.organisation_id).with_names()
        return super().get_form_kwargs() | {"colleagues": colleagues}

    def act(self, form: Any) -> None:
        services.write_steps(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "Your steps are sent. The council will agree to them or return them with a reason."


class CouncilStep(ActionStep):
    @staticmethod
    def may_see(by: User, action: Any) -> None:
        rules.check_council_may(by, Permission.MANAGE_ACTIONS, action)


class AcceptSteps(CouncilStep):
    name, link = "accept_action_step", "Agree to the steps"
    may_do = staticmethod(rules.check_can_accept)
    form_class = forms.ActionStepForm
    page_title = "Agree to the steps"
    intro = "The provider will carry out these steps. It cannot change them unless you return them."
    button = "Agree"

    def act(self, form: Any) -> None:
        services.accept_steps(by=self.request.user, action=self.action)

    def success_message(self, form: Any) -> str:
        return "The steps are agreed."


class ReturnAction(CouncilStep):
    name, link = "return_action", "Return the action"
    may_do = staticmethod(rules.check_can_return)
    form_class = forms.ReturnActionForm
    page_title = "Return the action"
    button = "Return the action"

    def act(self, form: Any) -> None:
        services.return_action(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is returned with your reason."


class AddActionEvidence(ActionStep):
    name, link = "add_action_evidence", "Add evidence"
    may_do = staticmethod(rules.check_can_add_evidence)
    form_class = forms.ActionEvidenceForm
    page_title = "Add evidence"
    button = "Add it"

    @staticmethod
    def may_see(by: User, action: Any) -> None:
        rules.check_is_one_of_the_two(by, action)

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Document.objects.visible_to(self.request.user).current().filter(identifies_child=False)
        documents = own.library_of(self.request.user.scope.organisation_id)
        needs = self.request.user.scope.is_provider
        return super().get_form_kwargs() | {"documents": documents, "needs_a_document": needs}

    def form_valid(self, form: Any) -> HttpResponse:
        return self.run(lambda: self.act(form), form)

    def act(self, form: Any) -> None:
        """Add the evidence. It overwrites nothing, so no version of the action is asked for."""
        user, answers = self.request.user, form.cleaned_data
        document = answers["document"]
        if answers["upload"]:
            document = store_document(
                by=user, upload=answers["upload"], kind=DocumentKind.EVIDENCE, identifies_child=False
            )
        services.add_evidence(by=user, action=self.action, what=answers["what"], document=document)

    def success_message(self, form: Any) -> str:
        return "The evidence is added."


class ReportDone(ActionStep):
    name, link = "report_action_done", "Report it done"
    may_see, may_do = staticmethod(rules.check_owner_may), staticmethod(rules.check_can_report_done)
    form_class = forms.ReportDoneForm
    page_title = "Report the action done"
    button = "Report it done"

    def act(self, form: Any) -> None:
        services.report_done(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is reported done. A second person will check the evidence before it is closed."


class VerifyAction(ActionStep):
    name, link = "verify_action", "Verify and close"
    may_do = staticmethod(rules.check_can_verify)
    form_class = forms.VerifyActionForm
    page_title = "Verify and close the action"
    button = "Close the action"

    @staticmethod
    def may_see(by: User, action: Any) -> None:
        rules.check_council_may(by, Permission.VERIFY_ACTIONS, action)

    def act(self, form: Any) -> None:
        services.verify_action(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is verified and closed."


class ExtendAction(CouncilStep):
    name, link = "extend_action", "Give more time"
    may_do = staticmethod(rules.check_can_extend)
    form_class = forms.ExtendActionForm
    page_title = "Give more time"
    button = "Change the day"

    def act(self, form: Any) -> None:
        services.extend_action(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action has more time."


class CancelAction(CouncilStep):
    name, link = "cancel_action", "Cancel the action"
    may_do = staticmethod(rules.check_can_cancel)
    form_class = forms.CancelActionForm
    page_title = "Cancel the action"
    button = "Cancel the action"

    def act(self, form: Any) -> None:
        services.cancel_action(by=self.request.user, action=self.action, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is cancelled. It stays in the list of actions with your reason."


STEPS: tuple[type[ActionStep], ...] = (
    WriteStep,
    AcceptSteps,
    AddActionEvidence,
    ReportDone,
    VerifyAction,
    ReturnAction,
    ExtendAction,
    CancelAction,
)
