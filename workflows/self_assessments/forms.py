"""Forms of campaigns and of the council's review; `question_sets.forms` has the provider's."""

from typing import Any, cast

from django import forms

from inspections.question_sets.forms import QuestionForm
from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.models import Question
from inspections.self_assessments.models import CouncilValidation, SelfAssessmentAnswer
from inspections.self_assessments.services import CouncilView
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST_REASON, LONGEST_NOTE = 2000, 1000


class OwnAnswerForm(QuestionForm):
    """The question form with the provider's labels."""

    texts = {
        "narrative": (
            "How do you know?",
            "Give your evidence and when it was last checked. Do not include children's names.",
        ),
        "good_practice": ("Good practice that others could learn from (optional)", ""),
        "action_needed": (
            "What will you do about it, and by when?",
            "Required if the answer is partly met or not met.",
        ),
    }


class CouncilViewForm(GovukFormMixin, forms.Form):
    """The council's view of one answer. Left empty, the answer is not reviewed yet."""

    AGREE, DISAGREE = "agree", "disagree"

    view = forms.ChoiceField(
        label="Do you agree?",
        choices=[(AGREE, "Agree"), (DISAGREE, "Disagree")],
        widget=forms.RadioSelect,
        required=False,
    )
    council_grade = forms.ChoiceField(
        label="Your grade",
        choices=[("", "Choose a grade"), *((one.value, one.label) for one in AnswerGrade)],
        required=False,
    )
    note = textarea(
        "Why do you disagree?",
        "The provider will read this when you validate or return the self-assessment.",
        max_length=LONGEST_NOTE,
    )
    answer_version = forms.IntegerField(widget=forms.HiddenInput)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        question: Question,
        *args: Any,
        answer: SelfAssessmentAnswer,
        looked: CouncilValidation | None = None,
        **options: Any,
    ) -> None:
        self.question, self.answer, self.looked = question, answer, looked
        options["prefix"] = f"q{question.pk}"
        options["initial"] = self._initial()
        super().__init__(*args, **options)
        revealed = ["council_grade", "note"] if question.is_scored else ["note"]
        if not question.is_scored:
            del self.fields["council_grade"]
        self.fields["view"].label = f"Do you agree with the answer to {question.code}?"
        self.look = {
            "view": FieldOptions(label="", small=True, reveals={self.DISAGREE: revealed}),
            "note": FieldOptions(rows=3, count=LONGEST_NOTE),
        }

    def _initial(self) -> dict:
        told: dict[str, object] = {"answer_version": self.answer.row_version, "row_version": 0}
        if self.looked is None:
            return told
        told["row_version"] = self.looked.row_version
        if self.looked.answer_version == self.answer.row_version:
            told["view"] = self.AGREE if self.looked.agrees else self.DISAGREE
        return told | {"council_grade": self.looked.council_grade, "note": self.looked.note}

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        self.require_if("note", "view", self.DISAGREE, f"Say why you disagree with {self.question.code}")
        if self.question.is_scored:
            self.require_if(
                "council_grade", "view", self.DISAGREE, f"Choose your grade for {self.question.code}"
            )
        return cleaned

    def told(self, *, agree_with_the_rest: bool) -> CouncilView | None:
        """Return what the service takes, or None where nothing was chosen."""
        cleaned = self.cleaned_data
        if not cleaned["view"] and not agree_with_the_rest:
            return None
        agrees = cleaned["view"] != self.DISAGREE
        return CouncilView(
            self.question,
            cleaned["answer_version"],
            agrees=agrees,
            row_version=cleaned["row_version"],
            council_grade="" if agrees else cleaned.get("council_grade", ""),
            note="" if agrees else cleaned["note"],
        )


class AgreeWithRestForm(GovukFormMixin, forms.Form):
    rest = forms.BooleanField(
        label="I agree with all answers on this page that I have not marked", required=False
    )
    prefix = "all"


class ValidationDecisionForm(GovukFormMixin, forms.Form):
    VALIDATE, RETURN = "validate", "return"

    decision = forms.ChoiceField(
        label="What is your decision?",
        choices=[(VALIDATE, "Validate the self-assessment"), (RETURN, "Return it to the provider")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to validate or return it"},
    )
    reason = textarea(
        "What does the provider need to do?", "The provider will read this.", max_length=LONGEST_REASON
    )
    due_on = DateField(
        label="When is it due back?",
        name_in_errors="the date it is due back",
        future=True,
        required=False,
    )
    look = {
        "decision": FieldOptions(label="m", reveals={RETURN: ["reason", "due_on"]}),
        "reason": FieldOptions(rows=4, count=LONGEST_REASON),
    }

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        self.require_if("reason", "decision", self.RETURN, "Say what the provider needs to do")
        self.require_if("due_on", "decision", self.RETURN, "Enter the date it is due back")
        return cleaned


class CampaignForm(GovukFormMixin, forms.Form):
    """The form of a campaign; `asked` are the settings from `settings_to_ask` that can be included."""

    name = forms.CharField(
        label="Name of the campaign",
        help_text="Providers will see it. For example, Spring 2026.",
        max_length=120,
        error_messages={"required": "Enter a name for the campaign"},
    )
    opens_on = DateField(label="When does it open?", name_in_errors="the day it opens", future=True)
    due_on = DateField(
        label="When are the answers due?", name_in_errors="the day the answers are due", future=True
    )
    validation_due_on = DateField(
        label="When is validation due?",
        help_text="Anything not submitted by then is closed and recorded as never submitted.",
        name_in_errors="the day validation is due",
        future=True,
    )
    chosen = forms.MultipleChoiceField(
        label="Which settings will you include?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one setting"},
    )
    look = {"name": FieldOptions(width="20"), "chosen": FieldOptions(label="m", small=True)}

    def __init__(self, *args: Any, asked: list, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = {str(setting.pk): setting for setting in asked}
        cast(forms.ChoiceField, self.fields["chosen"]).choices = [
            (key, str(setting)) for key, setting in self.asked.items()
        ]
        self.look = self.look | {
            "chosen": FieldOptions(
                label="m",
                small=True,
                hints={key: f"{one.owner_name}, URN {one.urn}" for key, one in self.asked.items()},
            )
        }

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        opens, due, validation = (cleaned.get(name) for name in ("opens_on", "due_on", "validation_due_on"))
        if opens and due and due <= opens:
            self.add_error("due_on", "The day the answers are due must be after the day it opens")
        if due and validation and validation <= due:
            self.add_error("validation_due_on", "The day validation is due must be after the answers are due")
        return cleaned

    @property
    def settings(self) -> list:
        return [self.asked[key] for key in self.cleaned_data["chosen"]]
