from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView

from inspections.ofsted.models import Inspection
from inspections.ofsted.recorded_inspections import check_can_withdraw, near_inspection, scale_on
from providers.directory.models import GradeScale, Setting
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.ui.views import ServiceFormView
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.recorded_inspections.forms import OutcomeForm, WhichForm, WithdrawInspectionForm
from workflows.recorded_inspections.services import record_inspection, withdraw_inspection
from workflows.recorded_inspections.steps import told_of
from workflows.shared.selectors import open_tasks


class RecordInspection(PermissionMixin, ServiceFormView):
    """Ask which inspection (GET), then its outcome on the scale in force on its day (POST)."""

    permission = Permission.RECORD_INSPECTIONS
    template_name = "recorded_inspections/record.html"
    page_title = "Record an inspection"
    button = "Send to be verified"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Setting.objects.known_to(request.user).with_names()
        self.setting = get_object_or_404(visible, public_id=kwargs["public_id"])
        asked = request.GET if "inspection_type" in request.GET else None
        self.which = WhichForm(asked, user=request.user)
        self.scale = self.chosen_scale() if asked else None

    def chosen_scale(self) -> GradeScale | None:
        if not self.which.is_valid():
            return None
        data = self.which.cleaned_data
        found = data["scale"] or scale_on(self.setting, data["inspection_type"], data["inspected_on"])
        if found is None:
            sentence = "No scale of grades was in force for such an inspection on that day. Choose one"
            self.which.add_error("scale", sentence)
        return found

    def get_form_class(self) -> type[forms.Form]:
        return OutcomeForm if self.scale else WhichForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.scale is None:
            return kwargs | {"user": self.request.user}
        data = self.which.cleaned_data
        near = near_inspection(self.request.user, self.setting, data["inspection_type"], data["inspected_on"])
        return kwargs | {"scale": self.scale, "near": near}

    def get_form(self, form_class: Any = None) -> Any:
        return super().get_form(form_class) if self.scale else self.which

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.scale is None:
            if not self.which.is_bound:
                self.which = WhichForm({}, user=request.user)
            return self.form_invalid(self.which)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(setting=self.setting, scale=self.scale, which=self.which, **context)

    def act(self, form: Any) -> None:
        data = self.which.cleaned_data
        self.inspection = record_inspection(
            by=self.request.user,
            setting=self.setting,
            inspection_type=data["inspection_type"],
            inspected_on=data["inspected_on"],
            scale=self.scale,
            outcome=form.outcome(),
            is_another=form.cleaned_data.get("is_another", False),
        )

    def success_message(self, form: Any) -> str:
        return "The inspection is recorded. It counts when somebody else has verified it."

    def get_success_url(self) -> str:
        return reverse("inspection", args=[self.inspection.public_id])


class InspectionMixin(PermissionMixin):
    """Find a record of the user's own council; other councils' inspections are on the setting's page only."""

    permission = Permission.VIEW_PROVISIONAL

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        ours = Inspection.objects.visible_to(request.user).recorded_by_hand()
        ours = ours.filter(recorded_for=scope_of(request.user).organisation_id)
        names = ("setting__provision_type", "inspection_type", "scale", "superseded_by", "case_link")
        people = ("recorded_by__person__details", "verified_by__details", "returned_by__person__details")
        self.inspection = get_object_or_404(
            ours.select_related(*names, *people), public_id=kwargs["public_id"]
        )


class InspectionPage(InspectionMixin, DetailView):
    template_name = "recorded_inspections/inspection.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.inspection

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, inspection = self.request.user, self.inspection
        told = told_of(inspection)
        process = RecordedInspectionFlow.link.objects.filter(subject=inspection).first()
        judged = list(inspection.judgements.all())
        return super().get_context_data(
            **told,
            may_withdraw=can(check_can_withdraw, user, inspection),
            tasks=open_tasks(user).filter(process=process.process_id) if process else [],
            timeline=timeline(inspection, *judged, *told["items"], names=names_told_to(user)),
            **kwargs,
        )


class WithdrawInspection(InspectionMixin, ServiceFormView):
    template_name = "recorded_inspections/withdraw.html"
    form_class = WithdrawInspectionForm
    page_title = "Withdraw this record"
    intro = "Where it was recorded in error, or Ofsted took the report back. It stays in the history and counts no more."
    button = "Withdraw the record"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can(check_can_withdraw, request.user, self.inspection):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(inspection=self.inspection, **kwargs)

    def act(self, form: Any) -> None:
        withdraw_inspection(by=self.request.user, inspection=self.inspection, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The record is withdrawn."

    def get_success_url(self) -> str:
        return reverse("inspection", args=[self.inspection.public_id])
