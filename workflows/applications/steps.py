"""The pages of the steps: one for the whole application, six for a lot, and two where the provider answers."""

from functools import cached_property
from typing import NamedTuple

from django import forms
from django.urls import reverse

from providers.directory.regulator_status import RegulatorStatus
from providers.documents.models import Document
from providers.purchasing.approval_blockers import approval_blockers
from providers.purchasing.exclusion import counting_assessments
from providers.purchasing.insurance import (
    asks_for_public_liability,
    insurance_asked_for,
    policy_fault,
)
from providers.purchasing.models import Application, ApplicationLot, ApprovalBlocker, LotCheck
from providers.purchasing.rules import exemption_of
from providers.purchasing.selectors import documents_asked_for, newest_checks, open_clarification
from providers.purchasing.services.checks import (
    answer_question,
    record_check,
    record_completeness,
)
from providers.purchasing.services.decisions import decide_lot
from providers.purchasing.services.exclusion_assessments import record_exclusion
from qa_portal.core.dates import today
from workflows.applications.exclusion_presenter import exclusion_context, visible_declarations
from workflows.applications.forms.exclusion import AssessmentForm
from workflows.applications.forms.steps import (
    AnswerForm,
    CheckForm,
    CompletenessForm,
    InsuranceForm,
    LotDecisionForm,
)
from workflows.applications.lot_suspensions import suspension_sentences
from workflows.applications.regulator_statuses import regulator_statuses
from workflows.applications.selectors import (
    documents_not_asked_for,
    documents_of_check,
    documents_sent,
    library_of,
    with_replaced,
)
from workflows.shared.steps import TaskStep


class ApplicationStep(TaskStep):
    """`subject` is the application."""

    def application(self) -> Application:
        return self.subject

    def get_success_url(self):
        return reverse("application", args=[self.application().public_id])


class LotStep(ApplicationStep):
    """`subject` is the lot applied for."""

    subject: ApplicationLot

    def application(self) -> Application:
        return self.subject.application


class CheckCompleteness(ApplicationStep):
    template_name = "applications/steps/completeness.html"
    form_class = CompletenessForm
    button = "Record"

    def act(self, form):
        record_completeness(by=self.request.user, application=self.subject, **form.cleaned_data)

    def success_message(self, form) -> str:
        if form.cleaned_data["outcome"] == LotCheck.Outcome.UNCLEAR:
            return "Your question has been sent to the provider."
        return "The checks of each lot can start."

    def get_context_data(self, **context):
        application = self.subject
        asked_for = documents_asked_for(application)
        return super().get_context_data(
            asked_for=asked_for,
            also_sent=documents_not_asked_for(application, asked_for),
            declarations=visible_declarations(application, self.request.user),
            questions=application.clarifications.filter(lot=None),
            **context,
        )


class CheckLot(LotStep):
    """One of the five checks that run at the same time."""

    template_name = "applications/steps/check.html"
    form_class: type[forms.Form] = CheckForm
    button = "Record the check"
    kind: LotCheck.Kind

    def act(self, form):
        self.record(form)

    def record(self, form, **seen):
        record_check(
            by=self.request.user, application_lot=self.subject, kind=self.kind, **form.cleaned_data, **seen
        )

    def success_message(self, form) -> str:
        return "The check is recorded."

    def get_context_data(self, **context):
        return super().get_context_data(
            applied=self.subject,
            documents=documents_of_check(self.application(), self.kind),
            kind_of_check=self.kind,
            before=newest_checks(self.subject).get(self.kind),
            questions=self.subject.clarifications.all(),
            **context,
        )


class CheckOfsted(CheckLot):
    template_name = "applications/steps/ofsted.html"
    kind = LotCheck.Kind.OFSTED

    def statuses(self):
        return regulator_statuses(self.subject, self.request.user, today())

    def get_initial(self):
        """Fill in what the register says. The officer may still find fault with what it passes."""
        failing = [one.failing for one in self.statuses() if one.failing]
        outcome = LotCheck.Outcome.FAILED if failing else LotCheck.Outcome.PASSED
        return {"outcome": outcome, "note": " ".join(failing)}

    def act(self, form):
        self.record(form, statuses=self.statuses())

    def get_context_data(self, **context):
        return super().get_context_data(statuses=self.statuses(), **context)


class CheckInsurance(CheckLot):
    template_name = "applications/steps/insurance.html"
    form_class = InsuranceForm
    kind = LotCheck.Kind.INSURANCE

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"asks_wording": asks_for_public_liability(self.subject)}

    def get_context_data(self, **context):
        policies = [
            (required, document, policy_fault(required, document, today()))
            for required, document in insurance_asked_for(self.subject)
        ]
        return super().get_context_data(policies=policies, **context)


class CheckSafeguarding(CheckLot):
    kind = LotCheck.Kind.SAFEGUARDING


class CheckReferences(CheckLot):
    kind = LotCheck.Kind.REFERENCES


class CheckExclusion(CheckLot):
    """The finding is the application's: what was found on another lot of it stands in the form already."""

    template_name = "applications/steps/exclusion.html"
    form_class = AssessmentForm
    kind = LotCheck.Kind.EXCLUSION

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"may_ask": True}

    def get_initial(self):
        return AssessmentForm.initial_for(self.application())

    def act(self, form):
        record_exclusion(
            by=self.request.user,
            application_lot=self.subject,
            finding=form.finding,
            question=form.cleaned_data["question"],
        )

    def get_context_data(self, **context):
        about = exclusion_context(self.application(), self.request.user)
        return super().get_context_data(application=self.application(), **about, **context)


class AnswerQuestion(ApplicationStep):
    """The provider answers what the council asked about the application as a whole."""

    template_name = "applications/steps/answer.html"
    form_class = AnswerForm
    button = "Send your answer"

    def question(self):
        return open_clarification(self.application())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"library": library_of(self.request.user)}

    def act(self, form):
        answer_question(by=self.request.user, clarification=self.question(), **form.cleaned_data)

    def success_message(self, form) -> str:
        return "Your answer is sent."

    def get_context_data(self, **context):
        has_library = Document.objects.visible_to(self.request.user).exists()
        return super().get_context_data(question=self.question(), has_library=has_library, **context)


class AnswerAboutLot(AnswerQuestion):
    def application(self):
        return self.subject.application

    def question(self):
        return open_clarification(self.application(), self.subject)


class Seen(NamedTuple):
    statuses: list[RegulatorStatus]
    suspended: list[str]
    obstacles: list[ApprovalBlocker]


class DecideLot(LotStep):
    template_name = "applications/steps/decide.html"
    form_class = LotDecisionForm
    button = "Record the decision"

    def statuses(self):
        return regulator_statuses(self.subject, self.request.user, today())

    @cached_property
    def seen(self) -> Seen:
        """Return the facts as the page shows them; when a decision is recorded, read anew under the lock."""
        statuses, suspended = self.statuses(), suspension_sentences(self.subject, today())
        found = approval_blockers(self.subject, statuses, today(), suspended=suspended)
        return Seen(statuses, suspended, found)

    def get_form_kwargs(self):
        found = counting_assessments(self.application())
        return super().get_form_kwargs() | {
            "asks_exclusion_reason": any(one.is_discretionary for one in found)
        }

    def act(self, form):
        self.__dict__.pop("seen", None)
        decide_lot(
            by=self.request.user,
            application_lot=self.subject,
            statuses=self.seen.statuses,
            suspended=self.seen.suspended,
            **form.cleaned_data,
        )

    def success_message(self, form) -> str:
        return "The decision is recorded. The provider reads it once every lot of the application is decided."

    def get_context_data(self, **context):
        applied, exemption = self.subject, exemption_of(self.subject, today())
        found = [(one, bool(exemption and exemption.covers_blocker(one))) for one in self.seen.obstacles]
        return super().get_context_data(
            applied=applied,
            application=self.application(),
            obstacles=found,
            documents=documents_sent(self.application()),
            checks=with_replaced(applied.checks.select_related("checked_by__person__details").order_by("pk")),
            statuses=self.seen.statuses,
            exemption=exemption,
            questions=self.application().clarifications.all(),
            **exclusion_context(self.application(), self.request.user),
            **context,
        )
