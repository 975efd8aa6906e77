"""A version of the report, as page and as PDF, and the provider's comments on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from inspections.actions.models import Action
from inspections.visits import rules
from inspections.visits.models import AccuracyComment, ReportVersion, VisitEvidence
from inspections.visits.reports import VisitRecord
from inspections.visits.services import reporting
from inspections.visits.services.recording import add_evidence
from providers.documents.document_kinds import DocumentKind
from providers.documents.services import store_document
from providers.people.models import User
from providers.people.rules import can
from qa_portal.core.access.permissions import Permission
from qa_portal.core.pdf import pdf_response
from qa_portal.core.rules import Refused
from workflows.visits import forms
from workflows.visits.views.base import VisitMixin, VisitStep


class ReportMixin(VisitMixin):
    """Find the report version of the URL; 404 for one that the reader may not see."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        versions = ReportVersion.objects.visible_to(request.user).filter(visit=self.visit)
        self.version = get_object_or_404(versions, number=kwargs["number"])

    def about(self) -> dict:
        return {"version": self.version, "report": self.version.content}


class ReportPage(ReportMixin, TemplateView):
    template_name = "visits/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, visit = self.request.user, self.visit
        comments = AccuracyComment.objects.visible_to(user).filter(version=self.version).active()
        ids = [told["public_id"] for told in self.version.content["actions"]]
        may_comment = self.version.kind == ReportVersion.Kind.FOR_PROVIDER and can(
            rules.check_can_comment, user, visit
        )
        return super().get_context_data(
            may_comment=may_comment,
            comments=comments.select_related("document"),
            seen_actions=set(
                map(
                    str,
                    Action.objects.visible_to(user)
                    .filter(public_id__in=ids)
                    .values_list("public_id", flat=True),
                )
            ),
            **self.about(),
            **kwargs,
        )


class ReportPdf(ReportMixin, View):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        visit, version = self.visit, self.version
        address = reverse("visit_report", args=[visit.public_id, version.number])
        title = f"{visit}: {version.get_kind_display().lower()}"
        try:
            return pdf_response(
                "pdf/visit_report.html",
                {"visit": visit, "council": visit.council, **self.about()},
                title=title,
                address=address,
                filename=f"visit {visit.on:%Y-%m-%d} version {version.number}.pdf",
            )
        except Refused as refused:
            messages.warning(request, refused.sentence)
            return redirect(address)


class ProviderStep(VisitStep):
    may_do = staticmethod(rules.check_can_comment)

    @classmethod
    def may_see(cls, by: User, visit: Any) -> None:
        rules.check_provider_may(by, visit)

    def draft(self) -> ReportVersion | None:
        seen = ReportVersion.objects.visible_to(self.request.user).filter(visit=self.visit)
        return seen.filter(kind=ReportVersion.Kind.FOR_PROVIDER).last()

    def get_success_url(self) -> str:
        draft = self.draft()
        if draft is None:
            return super().get_success_url()
        return reverse("visit_report", args=[self.visit.public_id, draft.number])


class CommentOnDraft(ProviderStep):
    """Comment on the finding whose code is in the query string, else on the whole report."""

    form_class = forms.DraftCommentForm
    template_name = "visits/comment.html"
    page_title = "Comment on the draft"
    button = "Save the comment"

    @property
    def code(self) -> str:
        return self.request.GET.get("finding", "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft()
        finding = reporting.findings_of(draft).get(self.code) if draft else None
        return super().get_context_data(finding=finding, **kwargs)

    def act(self, form: Any) -> None:
        user, answers = self.request.user, form.cleaned_data
        document = None
        if answers["upload"]:
            document = store_document(
                by=user, upload=answers["upload"], kind=DocumentKind.EVIDENCE, identifies_child=False
            )
        reporting.comment_on_draft(
            by=user, visit=self.visit, remark=answers["remark"], finding=self.code, document=document
        )

    def success_message(self, form: Any) -> str:
        return "Your comment is saved. The council will read it when you send your answer or when the deadline passes."


class WithdrawComment(ProviderStep):
    page_title = "Withdraw the comment"
    button = "Withdraw it"
    template_name = "visits/withdraw.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        active = AccuracyComment.objects.visible_to(request.user).filter(visit=self.visit).active()
        self.comment = get_object_or_404(active, public_id=kwargs["comment_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(comment=self.comment, **kwargs)

    def act(self, form: Any) -> None:
        reporting.withdraw_comment(by=self.request.user, comment=self.comment)

    def success_message(self, form: Any) -> str:
        return "The comment is withdrawn."


class AddVisitEvidence(VisitStep):
    may_do = staticmethod(rules.check_can_record)
    form_class = forms.VisitEvidenceForm
    page_title = "Add a photograph or document"
    intro = "Pictures are made smaller and location data is removed."
    button = "Add it"
    may = Permission.RECORD_VISITS

    def get_form_kwargs(self) -> dict[str, Any]:
        record = VisitRecord(self.visit)
        self.answers = {str(pk): answer for pk, answer in record.answers.items()}
        answered = [question for question in record.questions if question.pk in record.answers]
        return super().get_form_kwargs() | {"questions": answered}

    def act(self, form: Any) -> None:
        user, given = self.request.user, form.cleaned_data
        document = store_document(
            by=user, upload=given["upload"], kind=DocumentKind.EVIDENCE, identifies_child=False
        )
        self.evidence: VisitEvidence = add_evidence(
            by=user,
            visit=self.visit,
            document=document,
            what=given["what"],
            answer=self.answers.get(given["question"]),
        )

    def success_message(self, form: Any) -> str:
        return "The evidence is added to the visit."

    def get_success_url(self) -> str:
        return reverse("record_visit", args=[self.visit.public_id])
