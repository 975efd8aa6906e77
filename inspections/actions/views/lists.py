"""The list of actions, its CSV file, and the page that records an action."""

from typing import Any

from django.urls import reverse

from inspections.actions import services
from inspections.actions.exports import HEADER, action_rows
from inspections.actions.filters import ActionFilter
from inspections.actions.forms import RecordActionForm
from inspections.actions.models import Action
from inspections.actions.selectors import action_counts
from providers.directory.models import Setting
from providers.directory.models.settings import SettingQuerySet
from providers.directory.selectors import owner_of
from providers.people.models import User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import ListCsv, ScopedList, ScopedListView
from qa_portal.core.ui.views import ServiceFormView


class ActionLists(PermissionMixin, ScopedList):
    permission = Permission.VIEW_CASES
    model: Any = Action
    filterset_class = ActionFilter


class ActionList(ActionLists, ScopedListView):
    template_name = "actions/actions.html"
    context_object_name = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = self.visible()
        return super().get_context_data(
            counts=action_counts(visible, today()),
            has_actions=bool(self.object_list) or visible.exists(),
            may_record=may_record(self.request.user),
            **kwargs,
        )


class ActionListCsv(ActionLists, ListCsv):
    filename, header = "actions.csv", HEADER
    cells = staticmethod(action_rows)


def may_record(user: User) -> bool:
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

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("setting", "")
        return {"setting": self.settings().filter(urn=asked).first() if asked else None}

    def settings(self) -> SettingQuerySet:
        known = Setting.objects.known_to(self.request.user)
        return known.select_related("provision_type").with_owner(today()).filter(owner_id__isnull=False)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"settings": self.settings()}

    def act(self, form: Any) -> None:
        provider = owner_of(form.cleaned_data["setting"])
        assert provider  # noqa: S101 the form offers settings with an owner
        self.action = services.record_action(by=self.request.user, provider=provider, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The action is recorded and the provider can see it."

    def get_success_url(self) -> str:
        return reverse("action", args=[self.action.public_id])
