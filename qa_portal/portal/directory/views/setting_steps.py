"""What people change about one setting: a page for each service."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from providers.contracts.models import PlacingCount
from providers.contracts.services import record_placing_counts
from providers.directory.models import Premises, Setting, SettingContact
from providers.directory.services import (
    add_premises,
    change_working_details,
    check_can_change_place,
    check_can_edit,
    end_contact,
    end_premises,
    note_contact,
    set_contact,
)
from providers.people.models import User
from providers.people.rules import can
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from qa_portal.core.ui.views import ServiceFormView
from qa_portal.portal.directory.forms import (
    ContactForm,
    ContactNoteForm,
    EndForm,
    PlacingCountForm,
    PremisesForm,
    WorkingDetailsForm,
)
from qa_portal.portal.directory.views.settings import SettingMixin


class SettingStep(SettingMixin, ServiceFormView):
    template_name = "directory/setting_step.html"
    may_see: Callable[..., None] | None = check_can_edit
    button = "Save"

    def get_success_url(self) -> str:
        return reverse("setting", args=[self.setting.public_id])


class ChangeWorkingDetails(SettingStep):
    may_see = check_can_change_place
    form_class = WorkingDetailsForm
    page_title = "Change the name and address"
    intro = "No import from Ofsted changes these. Leave them empty to go back to what Ofsted publishes."

    def get_initial(self) -> dict[str, Any]:
        setting = self.setting
        return {
            "name": setting.working_name,
            "address": setting.working_address,
            "postcode": setting.working_postcode,
        }

    def act(self, form: Any) -> None:
        change_working_details(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The name and address are saved."


class SetContact(SettingStep):
    form_class = ContactForm
    page_title = "Add a contact"
    intro = "A new contact takes the place of the one before, who is kept with their dates."

    def act(self, form: Any) -> None:
        set_contact(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The contact is saved."


class AddPremises(SettingStep):
    may_see = check_can_change_place
    form_class = PremisesForm
    page_title = "Add premises"

    def act(self, form: Any) -> None:
        add_premises(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The premises are added."


def check_can_note(by: User, setting: Setting) -> None:
    """Raise Refused for whom `note_contact` would refuse, so that the page does not open either."""
    check_can_edit(by, setting)
    if not by.scope.is_council:
        raise Refused("Contact notes are a council's own.")


class AddContactNote(SettingStep):
    may_see = check_can_note
    form_class = ContactNoteForm
    page_title = "Add a contact note"

    def act(self, form: Any) -> None:
        note_contact(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The note is saved."


class RecordPlacingCount(SettingStep):
    permission = Permission.RECORD_PLACING_COUNTS
    may_see = None
    form_class = PlacingCountForm
    page_title = "Record how many children are placed"
    intro = (
        "A number only, never anything about a child. A colleague confirms it before your council counts as using"
        " this setting; 0 takes effect at once."
    )

    def get_initial(self) -> dict[str, Any]:
        own = PlacingCount.objects.visible_to(self.request.user).latest(today())
        latest = own.filter(
            setting=self.setting, placing_authority=self.request.user.scope.authority_id
        ).first()
        return {"count": latest.count if latest else None, "as_at": today()}

    def act(self, form: Any) -> None:
        count, as_at = form.cleaned_data["count"], form.cleaned_data["as_at"]
        record_placing_counts(by=self.request.user, counts={self.setting.urn: count}, as_at=as_at)

    def success_message(self, form: Any) -> str:
        if not form.cleaned_data["count"]:
            return "The number is saved."
        return "The number is saved. It counts once a colleague has confirmed it."


class EndingStep(PermissionMixin, ServiceFormView):
    """Ends one dated thing of a setting; what has ended has no such page."""

    permission = Permission.EDIT_SETTINGS
    template_name = "directory/setting_step.html"
    form_class = EndForm
    button = "Save the end"
    model: type[SettingContact] | type[Premises]
    may_see: Callable = check_can_edit

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        standing = self.model.objects.visible_to(request.user).filter(to_on=None)
        names = standing.select_related("setting__provision_type", "setting__authority")
        self.ending = get_object_or_404(names, public_id=kwargs["public_id"])
        self.setting = self.ending.setting
        if not can(type(self).may_see, request.user, self.setting):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(setting=self.setting, **kwargs)

    def get_success_url(self) -> str:
        return reverse("setting", args=[self.setting.public_id])


class EndContact(EndingStep):
    model = SettingContact
    intro = "They stay in the list of past contacts. Until somebody follows, the post is shown as vacant."

    @property
    def page_title(self) -> str:
        who = self.ending.get_kind_display()
        return f"End {self.ending.name}, {who.lower()}" if self.ending.name else f"End the {who.lower()}"

    def act(self, form: Any) -> None:
        end_contact(by=self.request.user, contact=self.ending, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The contact has ended."


class EndPremises(EndingStep):
    model = Premises
    may_see = check_can_change_place

    @property
    def page_title(self) -> str:
        return f"End the use of {self.ending}"

    def act(self, form: Any) -> None:
        end_premises(by=self.request.user, premises=self.ending, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The use of the premises has ended."
