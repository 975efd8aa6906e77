"""Pages of the tasks of a recorded inspection."""

from inspections.ofsted.models import Inspection
from inspections.ofsted.recorded_inspections import correct_inspection, return_inspection, verify_inspection
from qa_portal.core import due
from qa_portal.core.present import present
from workflows.recorded_inspections.forms import OutcomeForm, VerifyInspectionForm, as_recorded
from workflows.shared.steps import TaskStep

VERIFIED = "open issues from verified judgements"
"""The due work that looks at what has just been verified; `workflows.reactions` says what it does."""


def told_of(inspection: Inspection) -> dict:
    """Return what a page shows about one inspection."""
    labels = {question.code: question.label for question in present(inspection.scale).judgements.all()}
    judged = inspection.judgements.all()
    return {
        "inspection": inspection,
        "judgements": [(labels.get(one.subject, one.subject), one.words) for one in judged],
        "items": list(inspection.items.all()),
    }


class InspectionStep(TaskStep):
    template_name = "recorded_inspections/step.html"

    def get_context_data(self, **context):
        return super().get_context_data(**told_of(self.subject), **context)


class VerifyInspection(InspectionStep):
    form_class = VerifyInspectionForm
    button = "Save your decision"

    def act(self, form):
        by, inspection = self.request.user, self.subject
        if form.cleaned_data["decision"] == VerifyInspectionForm.VERIFY:
            verify_inspection(by=by, inspection=inspection)
            due.run_soon(VERIFIED)
        else:
            return_inspection(by=by, inspection=inspection, reason=form.cleaned_data["reason"])

    def success_message(self, form) -> str:
        if form.cleaned_data["decision"] == VerifyInspectionForm.VERIFY:
            return "The judgements are verified."
        return "Sent back to the person who recorded them."


class CorrectInspection(InspectionStep):
    form_class = OutcomeForm
    button = "Send to be verified"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scale": self.subject.scale}

    def get_initial(self):
        return as_recorded(self.subject)

    def act(self, form):
        correct_inspection(by=self.request.user, inspection=self.subject, outcome=form.outcome())

    def success_message(self, form) -> str:
        return "Sent to a colleague to verify."


class RecordPublication(CorrectInspection):
    """The same questions: what is published may differ from what was said before."""

    def get_initial(self):
        return super().get_initial() | {"outcome_status": Inspection.OutcomeStatus.PUBLISHED.value}
