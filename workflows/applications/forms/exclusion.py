"""What an officer answers about exclusion and the debarment list."""

import datetime as dt
from typing import Any

from django import forms

from providers.purchasing.exclusion import assessment_of
from providers.purchasing.models import Application, ExclusionAssessment
from providers.purchasing.rules import ExclusionFinding
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin
from workflows.applications.forms.steps import LONGEST_NOTE, long_note

State = ExclusionAssessment.State
ASK = "ask"
A_YEAR = dt.timedelta(days=365)
OF_FINDING = {
    "list_looked_on": "Enter the day on which you looked at the debarment list",
    "list_finding": "Say what the debarment list said, and where you looked",
    "review_on": "Enter the day on which this is reviewed",
}


class AssessmentForm(GovukFormMixin, forms.Form):
    list_looked_on = DateField(
        label="When did you look at the debarment list?",
        name_in_errors="the day on which you looked at the debarment list",
        help_text="For example, 27 3 2027",
        required=False,
        past=True,
    )
    list_finding = long_note(
        "What did the list say?", "The names you looked for, what you found, and the page or reference."
    )
    state = forms.ChoiceField(
        label="What did you find about the provider and everyone connected with it?",
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )
    question = long_note("What do you ask the provider?", "The provider reads this.")
    grounds = long_note(
        "Which grounds, and whom do they concern?",
        "For example: Schedule 6, fraud, a former director. Needed unless you found no ground.",
    )
    reason = long_note(
        "Your reasons",
        "Is it likely to happen again? What has the provider put right, and how do you know? Needed if the"
        " provider declared a ground or you found one. The provider reads this with its letters.",
    )
    review_on = DateField(
        label="When must this be reviewed?",
        name_in_errors="the review day",
        help_text="After this day the assessment no longer counts for an approval.",
        required=False,
        future=True,
    )
    look = {
        "list_finding": FieldOptions(rows=3),
        "state": FieldOptions(
            hints={
                State.EXCLUDED: "It continues or is likely to happen again. Nobody can approve the lot.",
                State.LISTED_MANDATORY: "Nobody can approve the lot.",
                State.EXCLUDABLE: "It continues or is likely to happen again. The decider needs a reason to approve.",
                State.LISTED_DISCRETIONARY: "The decider needs a reason to approve.",
            },
            reveals={ASK: ["question"]},
        ),
        "question": FieldOptions(rows=3),
        "grounds": FieldOptions(rows=3),
        "reason": FieldOptions(count=LONGEST_NOTE),
    }

    def __init__(self, *args: Any, may_ask: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if may_ask:
            self.fields["state"].choices = [*State.choices, (ASK, "Ask the provider first")]
        else:
            del self.fields["question"]
            self.look = self.look | {"state": FieldOptions(hints=self.look["state"].hints)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.require_if("question", "state", ASK, "Write your question")
        if cleaned.get("state") not in State.values:
            return cleaned
        for name, sentence in OF_FINDING.items():
            self.require_if(name, "state", cleaned["state"], sentence)
        if cleaned["state"] != State.NO_GROUND:
            self.require_if("grounds", "state", cleaned["state"], "Name the grounds, and whom they concern")
            self.require_if("reason", "state", cleaned["state"], "Give your reasons")
        return cleaned

    @property
    def finding(self) -> ExclusionFinding | None:
        """None where the provider is asked first."""
        values = self.cleaned_data
        if values["state"] == ASK:
            return None
        return ExclusionFinding(**{name: values[name] for name in ExclusionFinding.__dataclass_fields__})

    @staticmethod
    def initial_for(application: Application) -> dict:
        """Return what was assessed last, on another lot perhaps: the same finding is the same assessment."""
        if last := assessment_of(application):
            return {name: getattr(last, name) for name in ExclusionFinding.__dataclass_fields__}
        return {"review_on": today() + A_YEAR}

    @staticmethod
    def initial_again() -> dict:
        """Nothing of the last finding, which the page shows: a new one rests on a new look at the list."""
        return {"review_on": today() + A_YEAR}
