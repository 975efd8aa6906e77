"""Forms of the tasks of a visit."""

from collections.abc import Iterable
from typing import Any

from django import forms

from inspections.visits.models import AccuracyComment
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin

CONFIRM, COMMENTS = "confirm", "comments"
PUBLISH, RETURN = "publish", "return"


class EndAccuracyForm(GovukFormMixin, forms.Form):
    answer = forms.ChoiceField(
        label="Your response",
        choices=[
            (CONFIRM, "The draft is accurate"),
            (COMMENTS, "Send our comments"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the draft is accurate"},
    )
    look = {"answer": FieldOptions(label="m")}


class AnswerCommentsForm(GovukFormMixin, forms.Form):
    """Two fields for each comment: `decision_<id>` and `reason_<id>`."""

    def __init__(self, *args: Any, comments: Iterable[AccuracyComment], **options: Any) -> None:
        super().__init__(*args, **options)
        self.comments = list(comments)
        self.look = {}
        for number, made in enumerate(self.comments, start=1):
            self.fields[f"decision_{made.pk}"] = forms.ChoiceField(
                label=f"Comment {number}{f', on {made.finding}' if made.finding else ''}",
                help_text=made.remark,
                choices=AccuracyComment.Decision.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Decide on comment {number}"},
            )
            self.fields[f"reason_{made.pk}"] = textarea(
                f"Reason for your decision on comment {number}",
                "The provider will read this.",
                required=f"Give a reason for your decision on comment {number}",
            )
            self.look |= {
                f"decision_{made.pk}": FieldOptions(label="m", inline=True),
                f"reason_{made.pk}": FieldOptions(label="", rows=3),
            }

    def answers(self) -> dict[int, tuple[str, str]]:
        given = self.cleaned_data
        return {made.pk: (given[f"decision_{made.pk}"], given[f"reason_{made.pk}"]) for made in self.comments}


class SignOffForm(GovukFormMixin, forms.Form):
    decision = forms.ChoiceField(
        label="What is your decision?",
        choices=[(PUBLISH, "Publish the report"), (RETURN, "Return it to the officer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your decision"},
    )
    reason = textarea("What must change?")
    look = {
        "decision": FieldOptions(
            label="m",
            hints={PUBLISH: "The provider can read it straight away and its actions get their due dates."},
            reveals={RETURN: ["reason"]},
        ),
        "reason": FieldOptions(rows=4),
    }

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        self.require_if("reason", "decision", RETURN, "Say what must change")
        return cleaned
