"""The process of a recorded inspection: a colleague verifies it, it is corrected if needed, then published."""

from django.urls import reverse
from viewflow import this
from viewflow.workflow import flow

from inspections.ofsted.recorded_inspections import authors_of
from providers.people.models import Share
from qa_portal.core.access.permissions import Permission as P
from workflows.models import RecordedInspectionCase
from workflows.recorded_inspections import steps
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import Human


class RecordedInspectionFlow(QAFlow):
    process_title = "Recorded inspection"
    kind = "recorded_inspections"
    share_kind = Share.Kind.RATINGS
    link = RecordedInspectionCase

    start = flow.StartHandle(this.begin).Annotation(title="Inspection recorded").Next(this.verify)
    verify = (
        Human(steps.VerifyInspection)
        .Annotation(
            title="Verify the judgements",
            description="Compare them with the report, then verify them or send them back.",
        )
        .Permission(P.VERIFY_INSPECTIONS, obj=this.council)
        .NotBy(this.authors)
        .Due(1)
        .Next(this.where)
    )
    where = (
        flow.Switch()
        .Annotation(title="Verified and published?")
        .Case(this.end, this.is_over)
        .Case(this.correct, this.is_returned)
        .Case(this.publish, this.is_provisional)
        .Default(this.verify)
    )
    correct = (
        Human(steps.CorrectInspection)
        .Annotation(title="Correct the judgements", description="The verifier sent them back.")
        .Permission(P.RECORD_INSPECTIONS, obj=this.council)
        .Due(2)
        .Next(this.where)
    )
    publish = (
        Human(steps.RecordPublication)
        .Annotation(
            title="Record the publication",
            description="When Ofsted has published the report. A second person verifies it again.",
        )
        .Permission(P.RECORD_INSPECTIONS, obj=this.council)
        .Due(30)
        .Next(this.where)
    )
    end = flow.End().Annotation(title="Inspection settled")

    def begin(self, activation, inspection):
        """Start the process; its inbox row names the inspection but not the outcome."""
        return self.open_case(
            activation,
            subject=inspection,
            council=inspection.recorded_for,
            setting=inspection.setting,
            detail=f"{inspection.inspection_type}, {inspection.inspected_on:%-d %B %Y}",
        )

    def subject_url(self, inspection) -> str:
        return reverse("inspection", args=[inspection.public_id])

    def authors(self, process) -> set[int]:
        return authors_of(self.subject(process))

    def is_over(self, activation) -> bool:
        inspection = self.subject(activation)
        return bool(inspection.counts or inspection.withdrawn_on or inspection.superseded_by_id)

    def is_returned(self, activation) -> bool:
        inspection = self.subject(activation)
        return bool(inspection.returned_at and not inspection.verified_at)

    def is_provisional(self, activation) -> bool:
        return self.subject(activation).verified_at is not None
