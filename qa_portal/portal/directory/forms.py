from typing import Any

from django import forms

from providers.directory.fields import name_key
from providers.directory.models import Premises, Provider, SettingContact
from providers.people.models import User
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

POSTCODE = r"(?i)^\s*[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\s*$"
MOST_CHILDREN = 999


class PostcodeField(forms.RegexField):
    """Kept the way the post office writes it: CA11 7XY."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Postcode")
        messages = {"invalid": "Enter a full UK postcode, like CA11 7XY", "required": "Enter a postcode"}
        super().__init__(POSTCODE, error_messages=messages, **options)

    def clean(self, value: Any) -> str:
        compact = "".join(super().clean(value).split()).upper()
        return f"{compact[:-3]} {compact[-3:]}".strip()


class WorkingDetailsForm(GovukFormMixin, forms.Form):
    name = forms.CharField(
        label="Name (optional)",
        help_text="What people who work with it call it. For a home whose name Ofsted withholds, only its provider,"
        " its host council, councils with a confirmed use and people with a case about it see this.",
        max_length=200,
        required=False,
    )
    address = textarea(
        "Address (optional)",
        "Only its provider, its host council and councils with a confirmed use see this.",
        max_length=500,
    )
    postcode = PostcodeField(label="Postcode (optional)", required=False)
    look = {
        "name": FieldOptions(width="30"),
        "address": FieldOptions(rows=3),
        "postcode": FieldOptions(width="10"),
    }


class ContactForm(GovukFormMixin, forms.Form):
    kind = forms.ChoiceField(
        label="Who is it?",
        choices=SettingContact.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it is"},
    )
    name = forms.CharField(label="Name (optional)", max_length=120, required=False)
    telephone = forms.CharField(
        label="Telephone number (optional)",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="Email address (optional)",
        max_length=254,
        required=False,
        error_messages={"invalid": "Enter an email address in the correct format, like name@example.com"},
    )
    from_on = DateField(
        label="Since when?", name_in_errors="the first day", help_text="For example, 27 3 2026", past=True
    )
    look = {
        "name": FieldOptions(width="20"),
        "telephone": FieldOptions(width="20"),
        "email": FieldOptions(width="30"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned[part] for part in ("name", "telephone", "email")):
            self.add_error("name", "Enter a name, a telephone number or an email address")
        return cleaned


class EndForm(GovukFormMixin, forms.Form):
    on = DateField(
        label="From which day does it no longer hold?",
        name_in_errors="the day it ended",
        help_text="For example, 27 3 2026",
        past=True,
    )


class ContactNoteForm(GovukFormMixin, forms.Form):
    on = DateField(
        label="Day of the contact",
        name_in_errors="the day of the contact",
        help_text="For example, 27 3 2026",
        past=True,
    )
    text = textarea(
        "What was said",
        "Nothing about a child. Only your own council reads it.",
        required="Enter what was said",
    )
    look = {"text": FieldOptions(rows=5, count=2000)}


class PremisesForm(GovukFormMixin, forms.Form):
    name = forms.CharField(label="Name (optional)", max_length=200, required=False)
    address = textarea("Address", required="Enter an address", max_length=500)
    postcode = PostcodeField()
    category = forms.ChoiceField(
        label="Category (optional)",
        choices=[("", "Not known"), *Premises.Category.choices],
        required=False,
    )
    from_on = DateField(
        label="In use since when?",
        name_in_errors="the first day",
        help_text="For example, 27 3 2026",
        past=True,
    )
    look = {
        "name": FieldOptions(width="30"),
        "address": FieldOptions(rows=3),
        "postcode": FieldOptions(width="10"),
    }


class PlacingCountForm(GovukFormMixin, forms.Form):
    count = forms.IntegerField(
        label="How many children has your council placed here?",
        help_text="Enter 0 if there are none now.",
        min_value=0,
        max_value=MOST_CHILDREN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter how many children",
            "invalid": "Number of children must be a whole number, like 3",
            "min_value": "Number of children must be 0 or more",
            "max_value": f"Number of children must be {MOST_CHILDREN} or fewer",
        },
    )
    as_at = DateField(
        label="On which day?",
        name_in_errors="the day of the count",
        help_text="For example, 27 3 2026",
        past=True,
    )
    look = {"count": FieldOptions(width="3")}


class MergeForm(GovukFormMixin, forms.Form):
    into = forms.CharField(
        label="Which provider is it?",
        help_text="The name as it stands in the register. Capitals and spaces do not matter.",
        max_length=200,
        error_messages={"required": "Enter the name of the other provider"},
    )
    reason = textarea(
        "How do you know that they are one?",
        "For example: the same company number at Companies House. Kept in the history.",
        required="Say how you know",
        max_length=500,
    )
    look = {"into": FieldOptions(width="30"), "reason": FieldOptions(rows=3)}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.providers = Provider.objects.visible_to(user)

    def clean_into(self) -> Provider:
        found = self.providers.filter(name_key=name_key(self.cleaned_data["into"])).first()
        if found is None:
            raise forms.ValidationError("The register has no provider of this name")
        return found
