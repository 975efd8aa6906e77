from typing import Any, cast

from django import forms

from inspections.actions.forms import ActionWordingForm, PersonField, choose_from, name_and_role
from inspections.question_sets.models import Standard
from inspections.visits.models import PeopleSpokenTo, Visit
from providers.directory.models import Setting
from providers.documents.forms import UploadField, UploadFormMixin
from providers.people.models import Membership
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

EXAMPLE = "For example, 27 3 2027"


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_and_role(obj)


class ChooseSettingForm(GovukFormMixin, forms.Form):
    setting = forms.ModelChoiceField(
        label="Which setting will you visit?",
        queryset=Setting.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a setting",
        error_messages={"required": "Choose a setting"},
    )

    def __init__(self, *args: Any, settings: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "setting", settings)


class PlanVisitForm(GovukFormMixin, forms.Form):
    kind = forms.ChoiceField(
        label="What kind of visit is it?",
        choices=Visit.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of visit"},
    )
    mode = forms.ChoiceField(
        label="How will you visit?",
        help_text="Leave this empty for a desktop review.",
        choices=Visit.Mode.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notice = forms.ChoiceField(
        label="How much notice does the provider get?",
        choices=Visit.Notice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much notice the provider gets"},
    )
    on = DateField(
        label="When is the visit?", name_in_errors="the day of the visit", help_text=EXAMPLE, future=True
    )
    standards = forms.ModelMultipleChoiceField(
        label="Which standards will you check?",
        queryset=Standard.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one standard"},
    )
    lead = PersonField(
        label="Who will lead the visit?",
        queryset=Membership.objects.none(),
        empty_label="Choose an officer",
        error_messages={"required": "Choose who will lead the visit"},
    )
    assessors = PeopleField(
        label="Who else is going? (optional)",
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = textarea("Reason for the visit (optional)", "Only councils can read this.")
    look = {
        "mode": FieldOptions(inline=True),
        "notice": FieldOptions(
            hints={
                Visit.Notice.ANNOUNCED: "The provider sees it as soon as it is planned.",
                Visit.Notice.SHORT: "The provider sees it as soon as it is planned, so plan it when you call them.",
                Visit.Notice.UNANNOUNCED: "The provider sees nothing until you press “We have arrived”.",
            }
        ),
        "standards": FieldOptions(small=True),
        "assessors": FieldOptions(small=True),
        "reason": FieldOptions(rows=3, count=2000),
    }

    def __init__(self, *args: Any, standards: Any, officers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "standards", standards)
        choose_from(self, "lead", officers)
        choose_from(self, "assessors", officers)

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        desktop = cleaned.get("kind") == Visit.Kind.DESKTOP
        if not desktop and not cleaned.get("mode") and "kind" in cleaned:
            self.add_error("mode", "Choose how you will visit")
        if desktop and cleaned.get("notice") == Visit.Notice.UNANNOUNCED:
            self.add_error(
                "notice", "A desktop review needs documents from the provider, so it must be announced"
            )
        return cleaned


class MoveVisitForm(GovukFormMixin, forms.Form):
    on = DateField(label="New date", name_in_errors="the new date", help_text=EXAMPLE, future=True)
    reason = textarea("Why is the date changing?", required="Say why the date is changing")
    look = {"reason": FieldOptions(rows=3)}


class CancelVisitForm(GovukFormMixin, forms.Form):
    reason = textarea("Why are you cancelling it?", required="Say why you are cancelling it")
    look = {"reason": FieldOptions(rows=3)}


class WithdrawProposalForm(GovukFormMixin, forms.Form):
    reason = textarea("Why are you withdrawing it?", required="Say why you are withdrawing it")
    look = {"reason": FieldOptions(rows=3)}


class MoreTimeForm(GovukFormMixin, forms.Form):
    to = DateField(
        label="New deadline for comments", name_in_errors="the new deadline", help_text=EXAMPLE, future=True
    )
    reason = textarea("Why are you giving more time?", required="Say why you are giving more time")
    look = {"reason": FieldOptions(rows=3)}


class VisitConcernForm(GovukFormMixin, forms.Form):
    text = textarea(
        "What did you see?",
        "Give facts, place and time. Do not include a child's name.",
        required="Enter what you saw",
    )
    look = {"text": FieldOptions(rows=6, count=2000)}


class DraftCommentForm(UploadFormMixin, forms.Form):
    remark = textarea(
        "What is wrong, and what should it say?",
        "Facts only. Do not include a child's name.",
        required="Enter what is wrong",
        max_length=4000,
    )
    upload = UploadField(label="Supporting document (optional)", required=False)
    names_no_child = forms.BooleanField(
        label="I confirm no child is named or shown in this file", required=False
    )
    look = {"remark": FieldOptions(rows=6, count=4000)}

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("upload") and not cleaned.get("names_no_child"):
            sentence = "Check the file and remove anything that could identify a child before you upload it"
            self.add_error("names_no_child", sentence)
        return cleaned


class VisitEvidenceForm(UploadFormMixin, forms.Form):
    question = forms.ChoiceField(label="Which question is it evidence for?", required=False)
    what = forms.CharField(
        label="What does it show?", max_length=500, error_messages={"required": "Say what it shows"}
    )
    upload = UploadField()
    names_no_child = forms.BooleanField(
        label="I confirm no child is named or shown in this file",
        error_messages={"required": "Confirm that no child is named or shown in the file"},
    )

    def __init__(self, *args: Any, questions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        answered = [(str(one.pk), str(one)) for one in questions]
        cast(forms.ChoiceField, self.fields["question"]).choices = [("", "The whole visit"), *answered]


class ChangeProposalForm(ActionWordingForm):
    due_on = DateField(
        label="When is it due? (optional)",
        name_in_errors="the day it is due",
        help_text="Leave this empty for 28 days after the report is published.",
        future=True,
        required=False,
    )


class ProposeActionForm(ChangeProposalForm):
    standard = forms.ModelChoiceField(
        label="Which standard is it about?",
        queryset=Standard.objects.none(),
        empty_label="Choose a standard",
        error_messages={"required": "Choose a standard"},
    )
    field_order = ["standard", "what", "priority", "due_on"]

    def __init__(self, *args: Any, standards: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "standard", standards)


class VisitDetailsForm(GovukFormMixin, forms.Form):
    """Details of the visit. `version` and `people_<role>_version` say which rows the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    visited_on = DateField(
        label="Day of the visit",
        name_in_errors="the day of the visit",
        help_text=EXAMPLE,
        past=True,
        required=False,
    )
    verbal_feedback = textarea("Verbal feedback given on the day", max_length=4000)
    look = {"verbal_feedback": FieldOptions(rows=4)}

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        self.rows = {row.role: row for row in visit.people.all()}
        initial = {
            "version": visit.row_version,
            "visited_on": visit.visited_on,
            "verbal_feedback": visit.verbal_feedback,
        }
        super().__init__(*args, prefix="details", initial=initial, **options)
        self.fields["visited_on"].required = visit.draft_sent_at is not None
        for role, label in PeopleSpokenTo.Role.choices:
            row = self.rows.get(role)
            self.fields[f"people_{role}"] = forms.IntegerField(
                label=f"{label} you spoke to",
                min_value=0,
                max_value=200,
                required=False,
                initial=row.number if row else None,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"{label} must be a whole number up to 200"
                ),
            )
            self.fields[f"people_{role}_version"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, initial=row.row_version if row else 0
            )
        self.look = VisitDetailsForm.look | {
            f"people_{role}": FieldOptions(label="", width="3") for role in PeopleSpokenTo.Role.values
        }
