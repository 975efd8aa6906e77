"""Pages that plan, move and cancel a visit."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from inspections.question_sets.models import Standard
from inspections.question_sets.selectors import version_for
from inspections.visits import rules
from inspections.visits.services.planning import VisitPlan
from providers.directory.models import Setting
from providers.directory.models.settings import SettingQuerySet
from providers.directory.selectors import owner_of
from providers.people.models import User
from providers.people.selectors import holders, officer_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView
from workflows.visits import forms, services
from workflows.visits.views.base import VisitStep


def settings_known_to(user: User) -> SettingQuerySet:
    return Setting.objects.known_to(user).select_related("provision_type", "authority").order_by("urn")


class ChooseSetting(PermissionMixin, TemplateView):
    """Choose the setting; the answer is part of the next page's URL."""

    permission = Permission.PLAN_VISITS
    template_name = "visits/choose_setting.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET if "setting" in request.GET else None
        form = forms.ChooseSettingForm(asked, settings=settings_known_to(request.user))
        if form.is_bound and form.is_valid():
            return redirect("plan_visit_of", public_id=form.cleaned_data["setting"].public_id)
        return self.render_to_response(self.get_context_data(form=form))


class PlanVisit(PermissionMixin, ServiceFormView):
    permission = Permission.PLAN_VISITS
    form_class = forms.PlanVisitForm
    template_name = "visits/plan.html"
    button = "Plan the visit"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.setting = get_object_or_404(settings_known_to(request.user), public_id=kwargs["public_id"])
        self.version = version_for(self.setting, today())

    @property
    def page_title(self) -> str:
        return f"Plan a visit to {self.setting}"

    def get_initial(self) -> dict[str, Any]:
        own = self.request.user.membership.organisation
        lead = officer_for(own, self.setting, today()) or self.request.user.membership
        return {"lead": lead, "standards": self.standards()}

    def standards(self) -> QuerySet[Standard]:
        return Standard.objects.filter(version=self.version).order_by("order")

    def get_form_kwargs(self) -> dict[str, Any]:
        officers = holders(Permission.RECORD_VISITS, self.request.user.membership.organisation)
        given = {"standards": self.standards(), "officers": officers.select_related("person__details")}
        return super().get_form_kwargs() | given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            setting=self.setting,
            version=self.version,
            owner=owner_of(self.setting),
            **kwargs,
        )

    def act(self, form: Any) -> None:
        plan = VisitPlan(setting=self.setting, **form.cleaned_data)
        self.visit = services.plan_visit(by=self.request.user, plan=plan)

    def success_message(self, form: Any) -> str:
        told = (
            "The provider can see it now."
            if self.visit.is_known_to_provider
            else "The provider cannot see it yet."
        )
        return f"The visit is planned for {self.visit.planned_on:%-d %B %Y}. {told}"

    def get_success_url(self) -> str:
        return reverse("visit", args=[self.visit.public_id])


class MoveVisit(VisitStep):
    may = Permission.PLAN_VISITS
    may_do = staticmethod(rules.check_can_change_plan)
    form_class = forms.MoveVisitForm
    page_title = "Change the date of the visit"
    button = "Change the date"

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.visit.planned_on}

    def act(self, form: Any) -> None:
        services.move_visit(by=self.request.user, visit=self.visit, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"The visit is planned for {form.cleaned_data['on']:%-d %B %Y}."


class CancelVisit(VisitStep):
    may = Permission.PLAN_VISITS
    may_do = staticmethod(rules.check_can_cancel)
    form_class = forms.CancelVisitForm
    page_title = "Cancel the visit"
    intro = "It stays in the list with your reason. Anything already recorded is kept."
    button = "Cancel the visit"

    def act(self, form: Any) -> None:
        services.cancel_visit(by=self.request.user, visit=self.visit, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The visit is cancelled."
