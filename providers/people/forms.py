import datetime as dt
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from providers.directory.models import Authority
from providers.people import roles
from providers.people.models import Membership, Organisation, SecondFactorReset, Share, User
from providers.people.models.memberships import MembershipQuerySet
from providers.people.rules import roles_to_invite
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST_REASON = 500


def reason_field(label: str = "Reason", hint: str = "Kept in the history.") -> forms.CharField:
    return textarea(label, hint, required="Give a reason", max_length=LONGEST_REASON)


class GiveReasonForm(GovukFormMixin, forms.Form):
    reason = reason_field()
    look = {"reason": FieldOptions(rows=3)}


class InviteForm(GovukFormMixin, forms.Form):
    email = forms.EmailField(
        label="Work email address",
        help_text=f"They get a link that works once, for {settings.INVITATION_DAYS} days.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter their work email address",
            "invalid": "Enter an email address in the correct format, like name@example.gov.uk",
        },
    )
    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"}
    )
    look = {
        "email": FieldOptions(width="30"),
        "role": FieldOptions(hints={role.key: role.duties for role in roles.ALL}),
    }

    def __init__(self, *args: Any, user: User, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (r.key, r.label) for r in roles_to_invite(user, organisation)
        ]


class AcceptForm(GovukFormMixin, forms.Form):
    full_name = forms.CharField(
        label="Your name",
        help_text="Colleagues and the organisations you work with see it beside what you do here.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three random words make a good one. You can paste from a password manager.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password"},
    )
    look = {"full_name": FieldOptions(width="20"), "password": FieldOptions(width="20")}

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email))
        return password


class MyDetailsForm(GovukFormMixin, forms.Form):
    full_name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    job_title = forms.CharField(label="Job title (optional)", max_length=120, required=False)
    phone = forms.CharField(
        label="Work phone (optional)",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    look = {
        "full_name": FieldOptions(width="20"),
        "job_title": FieldOptions(width="20"),
        "phone": FieldOptions(width="20"),
    }


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return f"{membership.person.name} ({membership.get_role_display()})"


def colleagues_of(membership: Membership, user: User) -> MembershipQuerySet:
    return (
        Membership.objects.visible_to(user)
        .in_force()
        .filter(organisation=membership.organisation)
        .exclude(pk=membership.pk)
        .with_names()
    )


class EndMembershipForm(GovukFormMixin, forms.Form):
    hand_over_to = ColleagueField(
        label="Who takes over the work in hand?",
        queryset=Membership.objects.none(),
        empty_label="Choose a colleague",
        required=False,
    )
    reason = reason_field(hint="For example: left the council. Kept in the history.")
    look = {"reason": FieldOptions(rows=3)}

    def __init__(
        self, *args: Any, membership: Membership, user: User, has_work: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if has_work:
            cast(forms.ModelChoiceField, self.fields["hand_over_to"]).queryset = colleagues_of(
                membership, user
            )
        else:
            del self.fields["hand_over_to"]


class ReassignWorkForm(GovukFormMixin, forms.Form):
    to = ColleagueField(
        label="Who takes over?",
        queryset=Membership.objects.none(),
        empty_label="Choose a colleague",
        error_messages={"required": "Choose who takes over"},
    )
    reason = reason_field(hint="For example: on leave until March. Kept in the history.")
    look = {"reason": FieldOptions(rows=3)}

    def __init__(self, *args: Any, membership: Membership, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = colleagues_of(membership, user)


class ResetSecondFactorForm(GovukFormMixin, forms.Form):
    known_by = forms.ChoiceField(
        label="How do you know who is asking?",
        choices=SecondFactorReset.Known.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how you know who is asking"},
    )
    number_from = forms.ChoiceField(
        label="Where did the number come from?",
        help_text="Never use a number that the caller gave you.",
        choices=SecondFactorReset.NumberFrom.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    called_on = DateField(
        label="Day of the call", name_in_errors="the day of the call", past=True, required=False
    )
    called_time = forms.TimeField(
        label="Time of the call",
        help_text="For example, 14:30",
        required=False,
        widget=forms.TextInput(),
        error_messages={"invalid": "Time of the call must be like 14:30"},
    )
    note = textarea(
        "What was said",
        "Only what shows that it was them. No personal reasons.",
        required="Say what was said",
        max_length=1000,
    )
    look = {
        "known_by": FieldOptions(reveals={"called_back": ["number_from", "called_on", "called_time"]}),
        "called_time": FieldOptions(width="5"),
        "note": FieldOptions(rows=3, count=1000),
    }

    def __init__(self, *args: Any, own_people: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not own_people:
            cast(forms.ChoiceField, self.fields["known_by"]).choices = [
                choice
                for choice in SecondFactorReset.Known.choices
                if choice[0] == SecondFactorReset.Known.CALLED_BACK
            ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        called = SecondFactorReset.Known.CALLED_BACK
        self.require_if("number_from", "known_by", called, "Say where the number came from")
        self.require_if("called_on", "known_by", called, "Enter the day of the call")
        self.require_if("called_time", "known_by", called, "Enter the time of the call")
        return cleaned

    @property
    def call(self) -> dict:
        """Return the call back that the service takes; without one the revealed answers do not count."""
        values = self.cleaned_data
        answers = {"known_by": values["known_by"], "note": values["note"]}
        if values["known_by"] != SecondFactorReset.Known.CALLED_BACK:
            return answers
        moment = dt.datetime.combine(values["called_on"], values["called_time"])
        return answers | {
            "number_from": values["number_from"],
            "called_at": timezone.make_aware(moment),
        }


class AddProviderForm(GovukFormMixin, forms.Form):
    name = forms.CharField(
        label="Name of the provider",
        help_text="The registered name of the company or charity, not of one home.",
        max_length=200,
        error_messages={"required": "Enter the provider's name"},
    )
    company_number = forms.RegexField(
        r"^([A-Za-z]{2}\d{6}|\d{8})$",
        label="Company number (optional)",
        help_text="Eight characters, for example 01234567 or SC123456.",
        required=False,
        error_messages={"invalid": "Company number must be 8 characters, like 01234567 or SC123456"},
    )
    look = {"name": FieldOptions(width="30"), "company_number": FieldOptions(width="10")}

    def clean_company_number(self) -> str:
        return self.cleaned_data["company_number"].upper()


class AddAgencyForm(GovukFormMixin, forms.Form):
    name = forms.CharField(
        label="Name of the agency",
        max_length=200,
        error_messages={"required": "Enter the agency's name"},
    )
    agency_kind = forms.ChoiceField(
        label="What is it?",
        choices=Organisation.AgencyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what kind of agency it is"},
    )
    look = {"name": FieldOptions(width="30")}


class RenameForm(GovukFormMixin, forms.Form):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter a name"})
    reason = reason_field()
    look = {"name": FieldOptions(width="30"), "reason": FieldOptions(rows=3)}


class AuthorityForm(GovukFormMixin, forms.Form):
    council_name = forms.CharField(
        label="Name of the council",
        help_text="Shown at the top of every page of this council.",
        max_length=120,
        error_messages={"required": "Enter the council's name"},
    )
    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label="Colour",
        help_text="Six digits after a hash, for example #1f4e5f. White text must be readable on it.",
        error_messages={
            "required": "Enter a colour",
            "invalid": "Colour must be a hash and six digits, like #1f4e5f",
        },
    )
    reason = reason_field()
    look = {
        "council_name": FieldOptions(width="30"),
        "colour": FieldOptions(width="10"),
        "reason": FieldOptions(rows=3),
    }

    def clean_colour(self) -> str:
        colour = self.cleaned_data["colour"].lower()
        if contrast_with_white(colour) < 4.5:
            raise forms.ValidationError("White text cannot be read on this colour. Choose a darker one.")
        return colour

    @staticmethod
    def initial_for(authority: Authority) -> dict:
        return {"council_name": authority.council_name, "colour": authority.colour}


def contrast_with_white(colour: str) -> float:
    """Ratio of WCAG 2.2 (relative luminance), 1 to 21."""

    def light(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (light(colour[i : i + 2]) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


class ShareForm(GovukFormMixin, forms.Form):
    reader = forms.ModelChoiceField(
        label="Who may read them?",
        queryset=Organisation.objects.none(),
        empty_label="Choose a council or a partner agency",
        error_messages={"required": "Choose a council or a partner agency"},
        help_text="A partner agency reads scorecards only.",
    )
    kind = forms.ChoiceField(
        label="What do you share?",
        choices=Share.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you share"},
    )
    from_on = DateField(
        label="From which day?", name_in_errors="the first day", help_text="For example, 27 3 2026"
    )
    reason = reason_field(hint="For example: regional information sharing agreement of May 2026.")
    look = {"reason": FieldOptions(rows=3)}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Organisation.objects.visible_to(user).exclude(pk=user.scope.organisation_id)
        others = others.exclude(kind=Organisation.Kind.PROVIDER)
        cast(forms.ModelChoiceField, self.fields["reader"]).queryset = others.order_by("-kind", "name")


class ActingForForm(GovukFormMixin, forms.Form):
    membership = forms.ChoiceField(
        label="Whom are you acting for now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you are acting for"},
    )
    look = {"membership": FieldOptions(label="l", heading=True)}

    def __init__(self, *args: Any, memberships: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["membership"]).choices = [
            (str(row.pk), str(row)) for row in memberships
        ]
