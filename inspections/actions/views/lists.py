"""The list of actions, its CSV file, and the page that records an action."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View

from inspections.actions import services
from inspections.actions.exports import HEADER, action_rows
from inspections.actions.filters import ActionFilter
from inspections.actions.forms import RecordActionForm
from inspections.actions.models import Action
from inspections.actions.selectors import action_counts
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.exports import csv_response
from qa_portal.core.ui.views import ServiceFormView

PAGE = 50


class ActionListMixin(PermissionMixin):
    permission = Permission.VIEW_CASES

    def seen(self):
        return Action.objects.visible_to(self.request.user)

    def found(self) -> ActionFilter:
        return ActionFilter(self.request.GET, self.seen())


class ActionList(ActionListMixin, TemplateView):
    template_name = "actions/actions.html"

    def get_context_data(self, **kwargs):
        found = self.found()
        page = Paginator(found.qs.with_names(), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter=found,
            page_obj=page,
            actions=page.object_list,
            load=action_counts(self.seen(), today()),
            has_actions=bool(page.object_list) or self.seen().exists(),
            may_record=may_record(self.request.user),
            **kwargs,
        )


class ActionListCsv(ActionListMixin, View):
    def get(self, request) -> HttpResponse:
        rows = action_rows(self.found().qs.with_names())
        return csv_response(filename="actions.csv", header=HEADER, rows=rows)


def may_record(user) -> bool:
    return user.scope.is_council and user.scope.may(Permission.MANAGE_ACTIONS)


class RecordAction(PermissionMixin, ServiceFormView):
    """Record an action that was agreed with a provider outside a visit."""

    permission = Permission.MANAGE_ACTIONS
    form_class = RecordActionForm
    template_name = "actions/record.html"
    page_title = "Record an action"
    intro = (
        "Use this for something you agreed with a provider. Actions from a visit are proposed in its report."
    )
    button = "Record the action"

    def get_initial(self):
        asked = self.request.GET.get("setting", "")
        return {"setting": self.settings().filter(urn=asked).first() if asked else None}

    def settings(self):
        known = Setting.objects.known_to(self.request.user)
        return known.select_related("provision_type").with_owner(today()).filter(owner_id__isnull=False)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"settings": self.settings()}

    def act(self, form):
        setting = form.cleaned_data["setting"]
        owner = setting.ownerships.in_force(today()).select_related("provider__merger__into").get()
        self.action = services.record_action(
            by=self.request.user, provider=owner.provider.present, **form.cleaned_data
        )

    def success_message(self, form) -> str:
        return "The action is recorded and the provider can see it."

    def get_success_url(self):
        return reverse("action", args=[self.action.public_id])
