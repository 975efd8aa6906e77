from typing import Any

from django import forms

from providers.directory.models import Setting
from providers.people.models import User
from providers.people.rules import own_organisation
from providers.people.selectors import possible_leads
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin


class LeadForm(GovukFormMixin, forms.Form):
    lead = forms.TypedChoiceField(
        label="Lead officer",
        help_text="Tasks about the setting go to them.",
        error_messages={"required": "Choose the lead officer"},
    )
    deputy = forms.TypedChoiceField(
        label="Deputy (optional)",
        help_text="Tasks go to them while the lead officer is away.",
        required=False,
        empty_value=None,
    )
    on = DateField(
        label="From which day?", name_in_errors="the first day", help_text="For example, 27 3 2026"
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = {str(row.pk): row for row in possible_leads(own_organisation(user)).with_names()}
        named = [(key, f"{row.person} ({row.get_role_display()})") for key, row in colleagues.items()]
        for name, nobody in (("lead", "Choose a colleague"), ("deputy", "Nobody")):
            self.fields[name].choices = [("", nobody), *named]
            self.fields[name].coerce = colleagues.__getitem__

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("lead") and cleaned["lead"] == cleaned.get("deputy"):
            self.add_error("deputy", "The deputy must be somebody else than the lead officer")
        return cleaned


class LeadsForm(LeadForm):
    """One choice for the settings that are ticked in the list above it."""

    settings = forms.ModelMultipleChoiceField(
        label="Settings",
        queryset=Setting.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one setting"},
    )
    field_order = ["settings", "lead", "deputy", "on"]

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        self.fields["settings"].queryset = Setting.objects.known_to(user)

    data: Any  # a QueryDict: the form is sent by a page

    @property
    def ticked(self) -> set[str]:
        return set(self.data.getlist("settings")) if self.is_bound else set()


class EndLeadForm(GovukFormMixin, forms.Form):
    on = DateField(
        label="From which day does nobody lead?",
        name_in_errors="the day it ends",
        help_text="For example, 27 3 2026",
    )


class AbsenceForm(GovukFormMixin, forms.Form):
    from_on = DateField(
        label="First day away", name_in_errors="the first day away", help_text="For example, 27 3 2026"
    )
    to_on = DateField(
        label="Day back",
        name_in_errors="the day back",
        help_text="The first day of work again. For example, 13 4 2026",
    )
    look = {"from_on": FieldOptions(label="s"), "to_on": FieldOptions(label="s")}
