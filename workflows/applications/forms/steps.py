"""What officers and providers answer at the steps of the flow."""

from typing import Any

from django import forms

from providers.documents.models import Document
from providers.purchasing.models import LotCheck, LotDecision
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST_NOTE = 4000
YES_NO = [("yes", "Yes"), ("no", "No")]


def long_note(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """Return a field of several lines, as long as every note of an application may be."""
    return textarea(label, hint, required=required, max_length=LONGEST_NOTE)


def yes_no(label: str, hint: str = "", sentence: str = "Answer yes or no") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": sentence},
    )


class CheckForm(GovukFormMixin, forms.Form):
    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=LotCheck.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )
    note = long_note(
        "What is wrong or missing",
        "Nothing about a child. When you need clarification the provider reads this as your question.",
    )
    look = {"note": FieldOptions(count=LONGEST_NOTE)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for outcome in (LotCheck.Outcome.FAILED, LotCheck.Outcome.UNCLEAR):
            self.require_if("note", "outcome", outcome, "Say what is wrong or missing")
        return cleaned


class CompletenessForm(CheckForm):
    OUTCOMES = [
        (LotCheck.Outcome.PASSED.value, "It is complete"),
        (LotCheck.Outcome.UNCLEAR.value, "Ask the provider for more"),
        (LotCheck.Outcome.FAILED.value, "Incomplete - continue anyway"),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = self.OUTCOMES


class InsuranceForm(CheckForm):
    """The two questions of the policy's wording are asked where the lot asks for public liability."""

    excludes_abuse = yes_no("Does the public liability policy exclude abuse?")
    has_inner_limit = yes_no("Does the public liability policy have an inner limit for abuse?")
    field_order = ["excludes_abuse", "has_inner_limit", "outcome", "note"]
    look = CheckForm.look | {
        "excludes_abuse": FieldOptions(inline=True),
        "has_inner_limit": FieldOptions(inline=True),
    }

    def __init__(self, *args: Any, asks_wording: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_wording:
            del self.fields["excludes_abuse"], self.fields["has_inner_limit"]


class DocumentsChoice(forms.ModelMultipleChoiceField):
    """A provider's library as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, document: Document) -> str:
        until = f", until {document.expires_on:%-d %B %Y}" if document.expires_on else ""
        return f"{document.get_kind_display()}: {document.filename}{until}"


class AnswerForm(GovukFormMixin, forms.Form):
    answer = long_note(
        "Your answer",
        "Nothing about a child.",
        required="Enter your answer",
    )
    documents = DocumentsChoice(
        label="Documents that you add (optional)",
        help_text="Choose from your documents. Documents you have already sent stay with the application.",
        queryset=Document.objects.none(),
        required=False,
    )
    look = {"answer": FieldOptions(count=LONGEST_NOTE), "documents": FieldOptions(small=True)}

    def __init__(self, *args: Any, library: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["documents"].queryset = library


class LotDecisionForm(GovukFormMixin, forms.Form):
    OUTCOMES = [
        (LotDecision.Outcome.APPROVED.value, "Approve"),
        (LotDecision.Outcome.WITH_CONDITIONS.value, "Approve with a condition"),
        (LotDecision.Outcome.DEFERRED.value, "Defer: the provider may apply again"),
        (LotDecision.Outcome.REJECTED.value, "Do not approve"),
    ]

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    condition = long_note("What must the provider still do?", "The letter to the provider says it.")
    condition_due_on = DateField(
        label="By which day?",
        name_in_errors="the day by which the condition must be met",
        help_text="For example, 27 3 2027",
        required=False,
        future=True,
    )
    reasons = forms.MultipleChoiceField(
        label="Reasons",
        help_text="Needed unless you approve.",
        choices=LotDecision.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    exclusion_reason = long_note(
        "Why do you not exclude this provider?",
        "Needed to approve an excludable supplier. The letter to the provider gives it.",
    )
    words = long_note(
        "Reasons in your own words",
        "Needed unless you approve without a condition. The letter to the provider gives them.",
    )
    effective_on = DateField(
        label="First day on the lot (optional)",
        name_in_errors="the first day",
        help_text="When you approve. Left empty, it is the earliest day that the system allows.",
        required=False,
        future=True,
    )
    look = {
        "outcome": FieldOptions(
            reveals={LotDecision.Outcome.WITH_CONDITIONS.value: ["condition", "condition_due_on"]}
        ),
        "condition": FieldOptions(rows=3),
        "reasons": FieldOptions(small=True),
        "words": FieldOptions(count=LONGEST_NOTE),
        "exclusion_reason": FieldOptions(count=LONGEST_NOTE),
    }

    def __init__(self, *args: Any, asks_exclusion_reason: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_exclusion_reason:
            del self.fields["exclusion_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        conditional = LotDecision.Outcome.WITH_CONDITIONS.value
        self.require_if("condition", "outcome", conditional, "Write the condition")
        self.require_if("condition_due_on", "outcome", conditional, "Enter the day by which it must be met")
        self.require_if("words", "outcome", conditional, "Give your reasons")
        for outcome in (LotDecision.Outcome.APPROVED.value, conditional):
            self.require_exclusion_reason(outcome)
        for outcome in (LotDecision.Outcome.DEFERRED.value, LotDecision.Outcome.REJECTED.value):
            self.require_if("reasons", "outcome", outcome, "Choose at least one reason")
            self.require_if("words", "outcome", outcome, "Give your reasons in your own words")
        return cleaned

    def require_exclusion_reason(self, outcome: str) -> None:
        if "exclusion_reason" in self.fields:
            sentence = "To approve an excludable supplier, say why you do not exclude them"
            self.require_if("exclusion_reason", "outcome", outcome, sentence)
