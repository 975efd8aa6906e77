"""What a council answers when it sets up what it buys through."""

import datetime as dt
from typing import Any

from django import forms

from providers.directory.models import Premises, ProvisionType
from providers.documents.document_kinds import INSURANCES, DocumentKind
from providers.documents.forms import PoundsField
from providers.people.models import Organisation, User
from providers.purchasing.models import Lot, PurchasingSystem
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST_TEXT = 20_000
SUPPORTED = "supported_accommodation"


def days(label: str, hint: str = "", least: int = 1) -> forms.IntegerField:
    sentence = f"{label} must be a whole number from {least} to 365"
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class SystemForm(GovukFormMixin, forms.Form):
    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter the name of the system"}
    )
    reference = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9]{1,11}$",
        label="Short reference",
        help_text="2 to 12 letters and digits, like NWRES. Applications are numbered under it: NWRES-0001.",
        error_messages={
            "required": "Enter a short reference",
            "invalid": "Short reference must be 2 to 12 letters and digits and start with a letter",
        },
    )
    regime = forms.ChoiceField(
        label="Legal regime",
        choices=PurchasingSystem.Regime.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the legal regime"},
    )
    external_reference = forms.CharField(
        label="Reference elsewhere (optional)",
        help_text="For example the number in The Chest, like DN492655.",
        max_length=60,
        required=False,
    )
    about = textarea("What it is for (optional)", "Providers read this before they apply.", max_length=4000)
    opens_on = DateField(
        label="First day for applications",
        name_in_errors="the first day for applications",
        help_text="For example, 1 4 2027",
    )
    closes_on = DateField(
        label="Last day for applications (optional)",
        name_in_errors="the last day for applications",
        help_text="Leave empty for a system that is open all the time.",
        required=False,
    )
    ends_on = DateField(
        label="Day on which the system ends (optional)", name_in_errors="the end", required=False
    )
    completeness_days = days("Working days to check that an application is complete")
    decision_days = days(
        "Working days to decide",
        "A PCR 2015 dynamic purchasing system decides within 10, or 15 with reasons.",
    )
    clarification_days = days("Working days for a provider to answer a question")
    reconsideration_days = days("Working days for a provider to ask for reconsideration")
    pause_days = days("Working days between the outcome and its effect", "0 for none.", least=0)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    look = {
        "name": FieldOptions(width="30"),
        "reference": FieldOptions(width="10"),
        "external_reference": FieldOptions(width="20"),
        "about": FieldOptions(rows=4),
        **dict.fromkeys(
            (
                "completeness_days",
                "decision_days",
                "clarification_days",
                "reconsideration_days",
                "pause_days",
            ),
            FieldOptions(width="3"),
        ),
    }
    COLUMNS = (
        *("name", "reference", "regime", "external_reference", "about", "opens_on", "closes_on", "ends_on"),
        *("completeness_days", "decision_days", "clarification_days", "reconsideration_days", "pause_days"),
    )
    USUAL = {
        "completeness_days": 5,
        "decision_days": 10,
        "clarification_days": 10,
        "reconsideration_days": 10,
        "pause_days": 0,
    }

    def clean_reference(self) -> str:
        return self.cleaned_data["reference"].upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last, end = (cleaned.get(name) for name in ("opens_on", "closes_on", "ends_on"))
        if first and last and last < first:
            self.add_error("closes_on", "The last day for applications must be on or after the first")
        if end and first and end < (last or first):
            self.add_error("ends_on", "The system must end on or after the last day for applications")
        return cleaned

    @classmethod
    def initial_for(cls, system: PurchasingSystem) -> dict:
        return {name: getattr(system, name) for name in (*cls.COLUMNS, "row_version")}


class ConditionsForm(GovukFormMixin, forms.Form):
    text = textarea(
        "Conditions for membership",
        "What a provider must meet. Proportionate, and the same for everybody.",
        required="Write the conditions",
        max_length=LONGEST_TEXT,
    )
    from_on = DateField(
        label="In force from", name_in_errors="the first day", help_text="For example, 1 4 2027"
    )
    look = {"text": FieldOptions(rows=12)}


class LotForm(GovukFormMixin, forms.Form):
    code = forms.CharField(
        label="Code",
        help_text="Short, like 1 or 2a.",
        max_length=12,
        error_messages={"required": "Enter a code"},
    )
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter a name"})
    provision_type = forms.ModelChoiceField(
        label="Type of provision",
        queryset=ProvisionType.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose the type of provision"},
    )
    category = forms.ChoiceField(
        label="Category (supported accommodation only)",
        choices=[("", "None"), *Premises.Category.choices],
        required=False,
    )
    look = {"code": FieldOptions(width="5"), "name": FieldOptions(width="30")}

    def __init__(self, *args: Any, user: User, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["provision_type"].queryset = ProvisionType.objects.visible_to(user).in_force(on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("provision_type")
        if kind and cleaned.get("category") and kind.code != SUPPORTED:
            self.add_error("category", "Only supported accommodation has categories")
        return cleaned

    @staticmethod
    def initial_for(lot: Lot) -> dict:
        return {
            "code": lot.code,
            "name": lot.name,
            "provision_type": lot.provision_type_id,
            "category": lot.category,
        }


class RequirementForm(GovukFormMixin, forms.Form):
    kind = forms.ChoiceField(
        label="Which document?",
        choices=[("", "Choose"), *DocumentKind.choices],
        error_messages={"required": "Choose which document"},
    )
    is_compulsory = forms.TypedChoiceField(
        label="Must it be sent?",
        choices=[("yes", "Yes"), ("no", "No, it may be left out")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        initial="yes",
        error_messages={"required": "Say whether it must be sent"},
    )
    minimum_cover = PoundsField(
        label="Minimum cover (insurance only)",
        help_text="In whole pounds. Usual: employers’ and public liability £10,000,000, professional indemnity"
        " £1,000,000, cyber £5,000,000.",
        required=False,
        min_value=1,
        max_value=100_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Minimum cover must be in whole pounds, like 10,000,000",
            "min_value": "Minimum cover must be £1 or more",
            "max_value": "Minimum cover must be £100 billion or less",
        },
    )
    valid_months = forms.IntegerField(
        label="Not older than, in months (optional)",
        required=False,
        min_value=1,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Months must be a whole number from 1 to 120"
        ),
    )
    look = {"minimum_cover": FieldOptions(width="20", prefix="£"), "valid_months": FieldOptions(width="3")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, cover = cleaned.get("kind"), cleaned.get("minimum_cover")
        if kind and cover is not None and kind not in INSURANCES:
            self.add_error("minimum_cover", f"{DocumentKind(kind).label} has no cover: leave this empty")
        return cleaned


class ParticipantForm(GovukFormMixin, forms.Form):
    council = forms.ModelChoiceField(
        label="Which council buys through this system?",
        queryset=Organisation.objects.none(),
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )

    def __init__(self, *args: Any, user: User, system: PurchasingSystem, **options: Any) -> None:
        super().__init__(*args, **options)
        councils = Organisation.objects.visible_to(user).councils().exclude(pk=system.council_id)
        self.fields["council"].queryset = councils
