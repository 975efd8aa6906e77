"""The process of a self-assessment: the provider submits, the council validates or returns it."""

import datetime as dt

from django.urls import reverse
from viewflow import this
from viewflow.workflow import flow

from inspections.self_assessments.models import SelfAssessment, State
from inspections.self_assessments.services import close_without_answers, closes_on, note_overdue
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import end_of_day
from workflows.models import SelfAssessmentCase
from workflows.self_assessments import steps
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import Human


class SelfAssessmentFlow(QAFlow):
    process_title, kind, link = "Self-assessment", "self_assessments", SelfAssessmentCase

    start = flow.StartHandle(this.begin).Next(this.answer)
    answer = (
        Human(steps.SubmitAnswers)
        .Annotation(
            title="Answer the self-assessment",
            description="Answer each standard, check your answers and submit them.",
        )
        .Permission(P.ANSWER_FOR_PROVIDER, obj=this.provider_organisation)
        .Due(this.answers_due)
        .OnTimeout(this.answers_due, this.note_overdue, interrupting=False, title="Answers are due")
        .OnTimeout(this.closes, this.close, title="Closes with no answers")
        .Next(this.validate)
    )
    note_overdue = flow.Function(this.do_note_overdue).Annotation(title="Mark as overdue").Next(this.noted)
    noted = flow.End()
    close = (
        flow.Function(this.do_close)
        .Annotation(title="Record that nothing was submitted")
        .Next(this.never_submitted)
    )
    never_submitted = flow.End()
    validate = (
        Human(steps.ValidateAnswers)
        .Annotation(
            title="Validate the self-assessment",
            description="Say whether you agree with each answer, then validate or return the self-assessment.",
        )
        .Permission(P.VALIDATE_SELF_ASSESSMENTS, obj=this.council)
        .ForLead()
        .Due(this.validation_due)
        .Next(this.returned)
    )
    returned = flow.If(this.is_returned).Annotation(title="Returned?").Then(this.answer).Else(this.end)
    end = flow.End()

    def begin(self, activation, assessment: SelfAssessment):
        campaign = assessment.campaign
        return self.open_case(
            activation,
            subject=assessment,
            council=campaign.council,
            provider=assessment.provider.present,
            setting=assessment.setting,
            open_to_provider=True,
            detail=campaign.name,
        )

    def subject_url(self, subject: SelfAssessment) -> str:
        return reverse("self_assessment", args=[subject.public_id])

    def answers_due(self, activation) -> dt.datetime:
        return end_of_day(self.subject(activation).due_on)

    def closes(self, activation) -> dt.datetime:
        return end_of_day(closes_on(self.subject(activation)))

    def validation_due(self, activation) -> dt.datetime:
        """Return when validation is due: the campaign's date, or a later round's own."""
        return end_of_day(closes_on(self.subject(activation)))

    def do_note_overdue(self, activation) -> None:
        note_overdue(assessment=self.subject(activation))

    def do_close(self, activation) -> None:
        close_without_answers(assessment=self.subject(activation))

    def is_returned(self, activation) -> bool:
        return self.subject(activation).state == State.RETURNED
