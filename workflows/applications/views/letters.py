"""The letter of one lot, as a page and as a PDF of the same words."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView, View

from providers.purchasing.exclusion import assessment_as_decided
from providers.purchasing.models import LotDecision
from providers.purchasing.selectors import reconsideration_until
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.pdf import pdf_response


class LetterMixin(PermissionMixin):
    """Letters exist once the application is concluded: before that nobody may read a decision as final."""

    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        issued = (
            LotDecision.objects.visible_to(request.user)
            .exclude(application_lot__application__concluded_at=None)
            .select_related(
                "application_lot__lot",
                "application_lot__application__system__council",
                "application_lot__application__provider",
                "conditions",
            )
        )
        self.decision = get_object_or_404(issued, public_id=kwargs["public_id"])

    def letter(self) -> dict:
        application = self.decision.application_lot.application
        return {
            "decision": self.decision,
            "application": application,
            "lot": self.decision.application_lot.lot,
            "assessment": assessment_as_decided(self.decision),
            "membership": self.decision.memberships.first(),
            "still_to_do": self.decision.approval_conditions.all(),
            "reconsideration_until": reconsideration_until(application),
        }

    @property
    def title(self) -> str:
        return (
            f"Outcome of {self.decision.application_lot.application}, lot {self.decision.application_lot.lot}"
        )


class OutcomeLetter(LetterMixin, TemplateView):
    template_name = "applications/letter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.letter(), title=self.title, **kwargs)


class OutcomeLetterPdf(LetterMixin, View):
    def get(self, request: Any, public_id: Any) -> HttpResponseBase:
        letter = self.letter()
        return pdf_response(
            "pdf/outcome_letter.html",
            letter | {"council": letter["application"].system.council},
            title=self.title,
            address=reverse("outcome_letter", args=[public_id]),
            filename=f"{letter['application']} lot {letter['lot'].code}",
        )
