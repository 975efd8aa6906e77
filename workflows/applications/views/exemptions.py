from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from providers.people.rules import can
from providers.purchasing.approval_blockers import approval_blockers
from providers.purchasing.models import ApplicationLot, Override
from providers.purchasing.rules import check_can_exempt
from providers.purchasing.services.decisions import allow_exemption
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView
from workflows.applications.forms.exemptions import ExemptionForm
from workflows.applications.lot_suspensions import suspension_sentences
from workflows.applications.regulator_statuses import regulator_statuses


class AllowExemption(PermissionMixin, ServiceFormView):
    """The head of service's own record, apart from the decision that somebody else makes."""

    permission = Permission.DECIDE_SUSPENSIONS
    template_name = "applications/exemption.html"
    form_class = ExemptionForm
    button = "Allow the exemption"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = ApplicationLot.objects.visible_to(request.user).select_related(
            "lot", "application__system__council", "application__provider"
        )
        self.applied = get_object_or_404(seen, public_id=kwargs["public_id"])
        if not can(check_can_exempt, request.user, self.applied):
            raise Http404

    @cached_property
    def seen(self) -> tuple[list, list[str]]:
        """Return what Ofsted says of the settings, and which of the council's suspensions hold the lot."""
        return (
            regulator_statuses(self.applied, self.request.user, today()),
            suspension_sentences(self.applied, today()),
        )

    @property
    def page_title(self) -> str:
        return f"Exemption for lot {self.applied}"

    def act(self, form: Any) -> None:
        statuses, suspended = self.seen
        allow_exemption(
            by=self.request.user,
            application_lot=self.applied,
            statuses=statuses,
            suspended=suspended,
            **form.cleaned_data,
        )

    def success_message(self, form: Any) -> str:
        return "The exemption is recorded. Somebody else decides the lot."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        statuses, suspended = self.seen
        found = approval_blockers(self.applied, statuses, today(), suspended=suspended)
        return super().get_context_data(
            application=self.applied.application,
            covered=[one for one in found if one.way == Override.EXEMPTION],
            not_covered=[one for one in found if one.way != Override.EXEMPTION],
            **kwargs,
        )

    def get_success_url(self) -> str:
        return reverse("application", args=[self.applied.application.public_id])
