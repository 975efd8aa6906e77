"""Pages of the tasks of a visit. Recording has a page of its own, beside the queue."""

from inspections.visits.models import AccuracyComment, ReportVersion
from inspections.visits.reports import VisitRecord, draft_gaps, proposed_actions
from inspections.visits.services import reporting
from workflows.shared.steps import TaskStep
from workflows.visits.notifications import notify_draft_ready, notify_report_published
from workflows.visits.step_forms import CONFIRM, PUBLISH, AnswerCommentsForm, EndAccuracyForm, SignOffForm


class OfficerStep(TaskStep):
    """Show the officer what the draft still lacks before they send it."""

    template_name = "visits/step_officer.html"

    def get_context_data(self, **context):
        visit = self.subject
        return super().get_context_data(
            visit=visit,
            gaps=draft_gaps(visit, VisitRecord(visit)),
            actions=list(proposed_actions(visit)),
            **context,
        )


class SendDraft(OfficerStep):
    button = "Send the draft to the provider"

    def act(self, form):
        self.version = reporting.send_draft(by=self.request.user, visit=self.subject)
        notify_draft_ready(self.version.visit)

    def success_message(self, form) -> str:
        return (
            f"The draft is with the provider until the end of {self.version.visit.accuracy_due_on:%-d %B %Y}."
        )


class CheckAccuracy(TaskStep):
    form_class = EndAccuracyForm
    template_name = "visits/step_accuracy.html"
    button = "Send to the council"

    def get_context_data(self, **context):
        user, visit = self.request.user, self.subject
        return super().get_context_data(
            visit=visit,
            version=ReportVersion.objects.visible_to(user).filter(visit=visit).last(),
            comments=AccuracyComment.objects.visible_to(user).filter(visit=visit).active(),
            **context,
        )

    def act(self, form):
        reporting.end_accuracy(
            by=self.request.user,
            visit=self.subject,
            nothing_to_correct=form.cleaned_data["answer"] == CONFIRM,
        )

    def success_message(self, form) -> str:
        return "Your answer is sent. We will email you when the report is published."


class AnswerComments(OfficerStep):
    form_class = AnswerCommentsForm
    button = "Send for sign-off"

    def get_form_kwargs(self):
        comments = self.subject.comments.active().select_related("document")
        return super().get_form_kwargs() | {"comments": comments}

    def act(self, form):
        reporting.answer_comments(by=self.request.user, visit=self.subject, answers=form.answers())

    def success_message(self, form) -> str:
        return "The report is waiting for sign-off."


class AmendReport(OfficerStep):
    button = "Send for sign-off again"

    def act(self, form):
        reporting.send_for_sign_off(by=self.request.user, visit=self.subject)

    def success_message(self, form) -> str:
        return "The report is waiting for sign-off."


class SignOff(TaskStep):
    form_class = SignOffForm
    template_name = "visits/step_sign_off.html"
    button = "Save the decision"

    def get_context_data(self, **context):
        user, visit = self.request.user, self.subject
        version = ReportVersion.objects.visible_to(user).filter(visit=visit).last()
        return super().get_context_data(visit=visit, version=version, **context)

    def act(self, form):
        by, visit = self.request.user, self.subject
        if form.cleaned_data["decision"] == PUBLISH:
            notify_report_published(reporting.sign_off(by=by, visit=visit).visit)
        else:
            reporting.return_to_officer(by=by, visit=visit, reason=form.cleaned_data["reason"])

    def success_message(self, form) -> str:
        published = form.cleaned_data["decision"] == PUBLISH
        return "The report is published." if published else "The report is back with the officer."
