"""An application from the moment it is sent to its letters; each of its lots is a process of its own."""

import datetime as dt

from django.urls import reverse
from viewflow import this
from viewflow.workflow import flow

from providers.people.models import Share
from providers.purchasing.models import Application, ApplicationLot, LotCheck
from providers.purchasing.rules import checkers
from providers.purchasing.selectors import (
    decision_due_on,
    kinds_to_check,
    may_be_asked_again,
    open_clarification,
    unclear_checks,
)
from providers.purchasing.services.checks import ask_about_checks, close_question
from providers.purchasing.services.decisions import conclude_application
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import add_working_days, end_of_day, today
from qa_portal.core.present import present
from workflows.applications import steps
from workflows.applications.notifications import notify_outcome_letters
from workflows.models import ApplicationCase, LotCase
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import CallProcess, Human


def answer_due(application: Application, lot: ApplicationLot | None = None) -> dt.datetime:
    return end_of_day(present(open_clarification(application, lot)).due_on)


def answer_lapses(application: Application, lot: ApplicationLot | None = None) -> dt.datetime:
    """Return the moment at which the council continues without an answer: twice the time to answer.

    A late answer counts until then, and says that it is late.
    """
    question = present(open_clarification(application, lot))
    return end_of_day(add_working_days(question.due_on, application.system.clarification_days))


class LotFlow(QAFlow):
    """Five checks at once, a question to the provider where one is unclear, then somebody else decides."""

    process_title, kind, link = "Lot of an application", "application_lot", LotCase
    share_kind = Share.Kind.APPLICATIONS

    start = flow.StartHandle(this.begin).Next(this.checks)

    checks = (
        flow.Split()
        .Annotation(title="What is still to be checked")
        .Next(this.check_ofsted, case=this.asks_ofsted)
        .Next(this.check_insurance, case=this.asks_insurance)
        .Next(this.check_safeguarding, case=this.asks_safeguarding)
        .Next(this.check_references, case=this.asks_references)
        .Next(this.check_exclusion, case=this.asks_exclusion)
    )
    check_ofsted = (
        Human(steps.CheckOfsted)
        .Annotation(
            title="Check Ofsted’s registration and grade",
            description="Every setting must be registered, and none graded Inadequate.",
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .Due(5)
        .Next(this.checked)
    )
    check_insurance = (
        Human(steps.CheckInsurance)
        .Annotation(
            title="Check the insurance",
            description="Hold the policies against what the lot asks for.",
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .Due(5)
        .Next(this.checked)
    )
    check_safeguarding = (
        Human(steps.CheckSafeguarding)
        .Annotation(
            title="Check safeguarding",
            description="Read the safeguarding, missing, behaviour and safer-recruitment policies.",
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .Due(5)
        .Next(this.checked)
    )
    check_references = (
        Human(steps.CheckReferences)
        .Annotation(
            title="Check the references", description="Two, from councils or agencies that know the work."
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .Due(5)
        .Next(this.checked)
    )
    check_exclusion = (
        Human(steps.CheckExclusion)
        .Annotation(
            title="Check exclusion and debarment",
            description="Read what the provider declared, look at the debarment list, and say what you found.",
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .Due(5)
        .Next(this.checked)
    )
    checked = flow.Join().Annotation(title="All checks done").Next(this.is_clear)
    is_clear = flow.If(this.must_ask).Annotation(title="Anything unclear?").Then(this.ask).Else(this.decide)
    ask = flow.Function(this.do_ask).Annotation(title="Ask the provider").Next(this.clarify)
    clarify = (
        Human(steps.AnswerAboutLot)
        .Annotation(
            title="Answer the council’s question", description="About one of the lots you applied for."
        )
        .Permission(P.APPLY, obj=this.provider_organisation)
        .Due(this.answer_due)
        .OnTimeout(this.answer_lapses, this.go_on, title="No answer came")
        .Next(this.checks)
    )
    go_on = flow.Function(this.do_go_on).Annotation(title="Go on without an answer").Next(this.decide)
    decide = (
        Human(steps.DecideLot)
        .Annotation(
            title="Decide the lot",
            description="Someone who did a check on this lot cannot decide it.",
        )
        .Permission(P.DECIDE_APPLICATIONS, obj=this.council)
        .Due(this.decision_due)
        .NotSameAs(
            this.check_ofsted,
            this.check_insurance,
            this.check_safeguarding,
            this.check_references,
            this.check_exclusion,
        )
        .NotBy(this.those_who_checked)
        .Next(this.decided)
    )
    decided = flow.End().Annotation(title="Decided")

    def begin(self, activation, applied):
        application = applied.application
        return self.open_case(
            activation,
            subject=applied,
            council=application.system.council,
            provider=application.provider,
            open_to_provider=True,
            detail=f"{application.reference}, {applied.lot}",
        )

    def subject_url(self, subject) -> str:
        return reverse("application", args=[subject.application.public_id])

    def asks(self, activation, kind: str) -> bool:
        return kind in kinds_to_check(self.subject(activation))

    def asks_ofsted(self, activation) -> bool:
        return self.asks(activation, LotCheck.Kind.OFSTED)

    def asks_insurance(self, activation) -> bool:
        return self.asks(activation, LotCheck.Kind.INSURANCE)

    def asks_safeguarding(self, activation) -> bool:
        return self.asks(activation, LotCheck.Kind.SAFEGUARDING)

    def asks_references(self, activation) -> bool:
        return self.asks(activation, LotCheck.Kind.REFERENCES)

    def asks_exclusion(self, activation) -> bool:
        return self.asks(activation, LotCheck.Kind.EXCLUSION)

    def must_ask(self, activation) -> bool:
        applied = self.subject(activation)
        return bool(unclear_checks(applied)) and may_be_asked_again(applied.application, applied)

    def do_ask(self, activation) -> None:
        ask_about_checks(application_lot=self.subject(activation))

    def answer_due(self, activation):
        applied = self.subject(activation)
        return answer_due(applied.application, applied)

    def answer_lapses(self, activation):
        applied = self.subject(activation)
        return answer_lapses(applied.application, applied)

    def do_go_on(self, activation) -> None:
        applied = self.subject(activation)
        close_question(clarification=present(open_clarification(applied.application, applied)))

    def decision_due(self, activation):
        applied = self.subject(activation)
        return end_of_day(decision_due_on(applied.application, applied, today()))

    def those_who_checked(self, process) -> set[int]:
        return checkers(self.subject(process))


class ApplicationFlow(QAFlow):
    """Completeness, with questions to the provider; then every lot on its own; then all letters at once."""

    process_title, kind, link = "Application to a purchasing system", "application", ApplicationCase
    share_kind = Share.Kind.APPLICATIONS

    start = flow.StartHandle(this.begin).Next(this.check_completeness)

    check_completeness = (
        Human(steps.CheckCompleteness)
        .Annotation(
            title="Check that the application is complete",
            description="Everything that its lots ask for, before anybody looks at what it says.",
        )
        .Permission(P.CHECK_APPLICATIONS, obj=this.council)
        .BarsFrom(LotFlow.decide)
        .Due(this.completeness_due)
        .Next(this.needs_more)
    )
    needs_more = (
        flow.If(this.waits_for_provider)
        .Annotation(title="Is something asked of the provider?")
        .Then(this.answer)
        .Else(this.lots)
    )
    answer = (
        Human(steps.AnswerQuestion)
        .Annotation(
            title="Answer the council’s question", description="About what your application still lacks."
        )
        .Permission(P.APPLY, obj=this.provider_organisation)
        .Due(this.answer_due)
        .OnTimeout(this.answer_lapses, this.go_on, title="No answer came")
        .Next(this.check_completeness)
    )
    go_on = (
        flow.Function(this.do_go_on).Annotation(title="Go on without an answer").Next(this.check_completeness)
    )
    lots = (
        CallProcess(LotFlow.start, children=this.lots_applied_for)
        .Annotation(title="Check and decide every lot")
        .Next(this.issue_letters)
    )
    issue_letters = (
        flow.Function(this.do_issue_letters).Annotation(title="Issue the letters").Next(this.concluded)
    )
    concluded = flow.End().Annotation(title="Letters issued")

    def begin(self, activation, application):
        return self.open_case(
            activation,
            subject=application,
            council=application.system.council,
            provider=application.provider,
            open_to_provider=True,
            detail=f"{application.reference}, {application.system}",
        )

    def subject_url(self, subject) -> str:
        return reverse("application", args=[subject.public_id])

    def completeness_due(self, activation):
        application = self.subject(activation)
        return end_of_day(add_working_days(today(), application.system.completeness_days))

    def waits_for_provider(self, activation) -> bool:
        return open_clarification(self.subject(activation)) is not None

    def answer_due(self, activation):
        return answer_due(self.subject(activation))

    def answer_lapses(self, activation):
        return answer_lapses(self.subject(activation))

    def do_go_on(self, activation) -> None:
        close_question(clarification=present(open_clarification(self.subject(activation))))

    def lots_applied_for(self, activation) -> list[dict]:
        lots = self.subject(activation).lots.select_related(
            "lot", "application__system__council", "application__provider"
        )
        return [{"applied": applied} for applied in lots]

    def do_issue_letters(self, activation) -> None:
        notify_outcome_letters(conclude_application(application=self.subject(activation)))
