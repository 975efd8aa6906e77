from typing import Any

from django.urls import reverse

from providers.purchasing.rules import check_can_assess
from providers.purchasing.services.exclusion_assessments import assess_exclusion
from qa_portal.core.access.permissions import Permission
from qa_portal.core.ui.views import ServiceFormView
from workflows.applications.exclusion_presenter import exclusion_context
from workflows.applications.forms.exclusion import AssessmentForm
from workflows.applications.views.applications import ApplicationMixin


class AssessExclusion(ApplicationMixin, ServiceFormView):
    """Again, outside the check of a lot: past the review day, or because something became known."""

    permission = Permission.CHECK_APPLICATIONS
    may_see = check_can_assess
    template_name = "applications/assess_exclusion.html"
    form_class = AssessmentForm
    page_title = "Assess exclusion and debarment"
    button = "Record the assessment"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"may_ask": False}

    def get_initial(self) -> dict[str, Any]:
        return AssessmentForm.initial_again()

    def act(self, form: Any) -> None:
        assess_exclusion(by=self.request.user, application=self.application, finding=form.finding)

    def success_message(self, form: Any) -> str:
        return "The assessment is recorded."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = exclusion_context(self.application, self.request.user)
        return super().get_context_data(**about, **kwargs)

    def get_success_url(self) -> str:
        return reverse("application", args=[self.application.public_id])
