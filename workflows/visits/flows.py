"""The process of a monitoring visit, from the plan to the published report."""

import datetime as dt

from django.urls import reverse
from viewflow import this
from viewflow.workflow import flow

from inspections.visits.models import Visit
from inspections.visits.rules import authors_of
from inspections.visits.services.reporting import lapse_accuracy
from providers.people.models import Share
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import end_of_day
from workflows.models import VisitCase
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import Human
from workflows.visits import steps

FOR_COMMENTS, FOR_SIGN_OFF, FOR_AMENDING = 5, 5, 5
"""Working days in the queue [P]; nothing happens by itself when they pass."""


class VisitFlow(QAFlow):
    process_title, kind, link = "Monitoring visit", "visit", VisitCase
    share_kind = Share.Kind.VISITS

    start = flow.StartHandle(this.begin).Next(this.record)
    record = (
        Human(steps.SendDraft)
        .Annotation(
            title="Record the visit and send the draft",
            description="Answer every question in scope, then send the draft to the provider.",
        )
        .Permission(P.RECORD_VISITS, obj=this.council)
        .Assign(this.lead)
        .Due(this.planned_day)
        .Next(this.accuracy)
    )
    accuracy = (
        Human(steps.CheckAccuracy)
        .Annotation(
            title="Check that the draft is accurate",
            description="Comment on any finding that is wrong, or confirm that the draft is accurate.",
        )
        .Permission(P.ANSWER_FOR_PROVIDER, obj=this.provider_organisation)
        .Due(this.last_day)
        .OnTimeout(this.last_day, this.lapse, title="The deadline for comments has passed")
        .Next(this.any_comments)
    )
    lapse = flow.Function(this.do_lapse).Annotation(title="No answer in time").Next(this.lapsed)
    lapsed = flow.If(this.has_lapsed).Then(this.any_comments).Else(this.accuracy)
    any_comments = flow.If(this.has_comments).Then(this.answer).Else(this.sign_off)
    answer = (
        Human(steps.AnswerComments)
        .Annotation(
            title="Answer the provider's comments",
            description="Uphold or reject each comment, with a reason. The report then goes to sign-off.",
        )
        .Permission(P.RECORD_VISITS, obj=this.council)
        .Assign(this.lead)
        .Due(FOR_COMMENTS)
        .Next(this.sign_off)
    )
    sign_off = (
        Human(steps.SignOff)
        .Annotation(
            title="Sign off the report",
            description="Someone not on the visit must publish the report, or return it with a reason.",
        )
        .Permission(P.SIGN_OFF_VISITS, obj=this.council)
        .NotSameAs(this.record, this.answer, this.amend)
        .NotBy(this.authors)
        .Due(FOR_SIGN_OFF)
        .Next(this.signed)
    )
    signed = flow.If(this.is_published).Then(this.end).Else(this.amend)
    amend = (
        Human(steps.AmendReport)
        .Annotation(
            title="Amend the report",
            description="The manager returned the report. Change what is needed, then send it for sign-off again.",
        )
        .Permission(P.RECORD_VISITS, obj=this.council)
        .Assign(this.lead)
        .Due(FOR_AMENDING)
        .Next(this.sign_off)
    )
    end = flow.End()

    def begin(self, activation, visit: Visit):
        return self.open_case(
            activation,
            subject=visit,
            council=visit.council,
            provider=visit.provider,
            setting=visit.setting,
            open_to_provider=visit.is_known_to_provider,
            detail=f"{visit.get_kind_display()}, {visit.planned_on:%-d %B %Y}",
        )

    def subject_url(self, visit: Visit) -> str:
        return reverse("visit", args=[visit.public_id])

    def lead(self, activation):
        """Return the lead while they may record at the council, else None: any officer can take it."""
        membership = self.subject(activation).lead
        may = membership.is_in_force and membership.person.user.has_perm(
            P.RECORD_VISITS, membership.organisation
        )
        return membership.person.user if may else None

    def planned_day(self, activation) -> dt.datetime:
        return end_of_day(self.subject(activation).planned_on)

    def last_day(self, activation) -> dt.datetime:
        return self.subject(activation).accuracy_deadline

    def do_lapse(self, activation) -> None:
        lapse_accuracy(visit=self.subject(activation))

    def has_lapsed(self, activation) -> bool:
        """Return False if the deadline was extended as the timer fired."""
        return self.subject(activation).state != Visit.State.WITH_PROVIDER

    def has_comments(self, activation) -> bool:
        return self.subject(activation).state == Visit.State.ANSWERING

    def is_published(self, activation) -> bool:
        return self.subject(activation).state == Visit.State.PUBLISHED

    def authors(self, process) -> set[int]:
        return authors_of(self.subject(process))
