from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from inspections.actions.models import Action
from providers.directory.models import Setting
from providers.documents.forms import UploadField, UploadFormMixin
from providers.documents.models import Document
from providers.people.models import Membership
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

EXAMPLE = "For example, 27 3 2027"


class ActionStepForm(GovukFormMixin, forms.Form):
    """Carry the version that the person read, so that acting on an older one is a conflict."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def name_and_role(membership: Membership) -> str:
    return f"{membership.person}, {membership.get_role_display()}"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_and_role(obj)


def choose_from(form: forms.BaseForm, name: str, queryset: QuerySet) -> None:
    """Offer the rows of the queryset in the field of that name."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = queryset


class ActionWordingForm(GovukFormMixin, forms.Form):
    """Ask for the words and the urgency of an action, wherever it is written."""

    what = textarea(
        "What needs to change?",
        "Describe one change, so that it is clear when it is done. Do not include anything about a child.",
        required="Enter what needs to change",
    )
    priority = forms.ChoiceField(
        label="How urgent is it?",
        choices=Action.Priority.choices,
        initial=Action.Priority.ORDINARY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how urgent it is"},
    )
    look = {"what": FieldOptions(rows=4, count=2000), "priority": FieldOptions(inline=True)}


class RecordActionForm(ActionWordingForm):
    setting = forms.ModelChoiceField(
        label="Which setting is it about?",
        queryset=Setting.objects.none(),
        empty_label="Choose a setting",
        error_messages={"required": "Choose a setting"},
    )
    due_on = DateField(
        label="When is it due?", name_in_errors="the day it is due", help_text=EXAMPLE, future=True
    )
    field_order = ["setting", "what", "priority", "due_on"]

    def __init__(self, *args: Any, settings: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "setting", settings)


class WriteStepsForm(ActionStepForm):
    steps = textarea(
        "What will be done?",
        "Give job titles. Do not name children.",
        required="Enter what will be done",
        max_length=4000,
    )
    owner_role = forms.CharField(
        label="Who is responsible?",
        help_text="A job title, such as registered manager.",
        max_length=120,
        error_messages={"required": "Enter who is responsible"},
    )
    owner = PersonField(
        label="Who in the portal will follow it up? (optional)",
        queryset=Membership.objects.none(),
        empty_label="Nobody yet",
        required=False,
    )
    on = DateField(
        label="When will it be done?",
        name_in_errors="the date it will be done",
        help_text=EXAMPLE,
        future=True,
    )
    look = {"steps": FieldOptions(rows=6, count=4000), "owner_role": FieldOptions(width="30")}

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "owner", colleagues)


class ReturnActionForm(ActionStepForm):
    reason = textarea(
        "What is missing?", "The person responsible will read this.", required="Say what is missing"
    )
    look = {"reason": FieldOptions(count=2000)}


class ActionEvidenceForm(UploadFormMixin, forms.Form):
    """Ask for a new file or one already in the portal; only a provider must give one."""

    what = textarea("What does it show?", required="Say what it shows", max_length=1000)
    document = forms.ModelChoiceField(
        label="A document already in the portal (optional)",
        queryset=Document.objects.none(),
        empty_label="None of these",
        required=False,
    )
    upload = UploadField(label="Or a new file", required=False)
    names_no_child = forms.BooleanField(
        label="I confirm no child is named or shown in this file", required=False
    )
    look = {"what": FieldOptions(rows=3, count=1000)}

    def __init__(self, *args: Any, documents: Any, needs_a_document: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "document", documents)
        self.needs_a_document = needs_a_document

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        document, upload = cleaned.get("document"), cleaned.get("upload")
        if document and upload:
            self.add_error("upload", "Choose a document or a new file, not both")
        if self.needs_a_document and not (document or upload) and not self.errors:
            self.add_error("upload", "Choose a document or a new file")
        if upload and not cleaned.get("names_no_child"):
            sentence = "Check the file and remove anything that could identify a child before you upload it"
            self.add_error("names_no_child", sentence)
        return cleaned


class ReportDoneForm(ActionStepForm):
    note = textarea("What was done?", required="Enter what was done", max_length=4000)
    look = {"note": FieldOptions(count=4000)}


class VerifyActionForm(ActionStepForm):
    note = textarea(
        "How did you verify it?",
        "What you looked at and what it showed.",
        required="Say how you verified it",
    )
    look = {"note": FieldOptions(count=2000)}


class ExtendActionForm(ActionStepForm):
    to = DateField(label="New date", name_in_errors="the new date", help_text=EXAMPLE, future=True)
    reason = textarea("Why are you giving more time?", required="Say why you are giving more time")
    look = {"reason": FieldOptions(count=2000)}


class CancelActionForm(ActionStepForm):
    reason = textarea(
        "Why are you cancelling it?",
        "It stays in the list of actions with this reason.",
        required="Say why you are cancelling it",
    )
    look = {"reason": FieldOptions(count=2000)}
