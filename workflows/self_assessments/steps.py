"""The two tasks of a self-assessment: the provider submits, the council decides."""

from inspections.self_assessments.selectors import (
    answer_sheet,
    unreviewed_questions,
    validated_grades,
    validations_of,
    variances,
)
from inspections.self_assessments.services import return_with_reason, submit, validate
from workflows.self_assessments.forms import ValidationDecisionForm
from workflows.self_assessments.presenters import section_views
from workflows.shared.steps import TaskStep


class SubmitAnswers(TaskStep):
    """Check and submit the answers: everything on one page, with what is left."""

    template_name = "self_assessments/submit.html"
    button = "Submit the answers"

    def act(self, form):
        submit(by=self.request.user, assessment=self.subject)

    def success_message(self, form) -> str:
        return f"The self-assessment of {self.subject.setting} is submitted."

    def get_context_data(self, **kwargs):
        sheet = answer_sheet(self.subject)
        left = sheet.unfinished()
        return super().get_context_data(
            assessment=self.subject,
            sections=section_views(sheet),
            left=left,
            is_finished=not left,
            **kwargs,
        )


class ValidateAnswers(TaskStep):
    template_name = "self_assessments/validate.html"
    form_class = ValidationDecisionForm
    button = "Continue"

    def act(self, form):
        user, told = self.request.user, form.cleaned_data
        if told["decision"] == ValidationDecisionForm.VALIDATE:
            validate(by=user, assessment=self.subject)
        else:
            return_with_reason(by=user, assessment=self.subject, reason=told["reason"], due_on=told["due_on"])

    def success_message(self, form) -> str:
        done = "validated" if form.cleaned_data["decision"] == ValidationDecisionForm.VALIDATE else "returned"
        return f"The self-assessment of {self.subject.setting} is {done}."

    def get_context_data(self, **kwargs):
        sheet = answer_sheet(self.subject)
        validations = validations_of(self.subject)
        _, own = sheet.graded()
        _, ours = validated_grades(sheet, validations)
        return super().get_context_data(
            assessment=self.subject,
            sections=section_views(sheet, validations),
            unseen=unreviewed_questions(self.subject, sheet, validations),
            variances=variances(sheet, validations),
            own_grade=own,
            our_grade=ours,
            **kwargs,
        )
