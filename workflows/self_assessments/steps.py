"""The two steps that move a self-assessment: the provider submits, the council decides."""

from inspections.self_assessments.selectors import (
    not_looked_at,
    sheet_of,
    validated_grades,
    validations_of,
    variances,
)
from inspections.self_assessments.services import return_with_reason, submit, validate
from workflows.self_assessments.forms import DecisionForm
from workflows.self_assessments.telling import sections_of
from workflows.shared.steps import TaskStep


class SubmitAnswers(TaskStep):
    """Check your answers: everything on one page, with what is left, and one button."""

    template_name = "self_assessments/submit.html"
    button = "Submit the answers"

    def act(self, form):
        submit(by=self.request.user, assessment=self.subject)

    def success_message(self, form) -> str:
        return f"The self-assessment of {self.subject.setting} is submitted."

    def get_context_data(self, **kwargs):
        sheet = sheet_of(self.subject)
        left = sheet.unfinished()
        return super().get_context_data(
            assessment=self.subject,
            sections=sections_of(sheet),
            left=left,
            is_finished=not left,
            **kwargs,
        )


class ValidateAnswers(TaskStep):
    template_name = "self_assessments/validate.html"
    form_class = DecisionForm
    button = "Continue"

    def act(self, form):
        user, told = self.request.user, form.cleaned_data
        if told["decision"] == DecisionForm.VALIDATE:
            validate(by=user, assessment=self.subject)
        else:
            return_with_reason(by=user, assessment=self.subject, reason=told["reason"], due_on=told["due_on"])

    def success_message(self, form) -> str:
        done = "validated" if form.cleaned_data["decision"] == DecisionForm.VALIDATE else "returned"
        return f"The self-assessment of {self.subject.setting} is {done}."

    def get_context_data(self, **kwargs):
        sheet = sheet_of(self.subject)
        validations = validations_of(self.subject)
        _, own = sheet.graded()
        _, ours = validated_grades(sheet, validations)
        return super().get_context_data(
            assessment=self.subject,
            sections=sections_of(sheet, validations),
            unseen=not_looked_at(self.subject, sheet, validations),
            variances=variances(sheet, validations),
            own_grade=own,
            our_grade=ours,
            **kwargs,
        )
