"""One question as a form.

Visits and self-assessments ask the same questions with labels of their own (`texts`).
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms

from inspections.question_sets.answers import REASONS, TEXTS, YES_NO, WrongAnswer, check_answer, is_empty
from inspections.question_sets.grades import NEEDS_REASON, AnswerGrade
from inspections.question_sets.models import Answer, Question
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

REASON_FIELDS = {AnswerGrade.NOT_APPLICABLE: "na_reason", AnswerGrade.NOT_ASSESSED: "not_assessed_reason"}
OTHERWISE = [(grade.value, grade.label) for grade in NEEDS_REASON]
PICKED: dict[str, Callable[[Question], list]] = {
    Question.Kind.GRADE: lambda question: [(grade.value, grade.label) for grade in AnswerGrade],
    Question.Kind.YES_NO: lambda question: YES_NO + OTHERWISE,
    Question.Kind.CHOICE: lambda question: [tuple(pair) for pair in question.choices] + OTHERWISE,
}
"""Kinds that are answered by picking one; the reason then opens below what needs it."""


class QuestionForm(GovukFormMixin, forms.Form):
    """One question as a form: once valid, `answer` has the columns of an `Answer`.

    `row_version` is the version that was on the page: 0 where the question had no answer.
    `texts` maps the columns narrative, good_practice and action_needed to (label, hint); those left out
    are not asked. The last two are asked of scored questions only.
    """

    texts: Mapping[str, tuple[str, str]] = {
        "narrative": ("Evidence", ""),
        "good_practice": ("Good practice (optional)", ""),
        "action_needed": ("What needs to be done? (optional)", ""),
    }
    row_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(self, question: Question, *args: Any, answer: Answer | None = None, **options: Any) -> None:
        options.setdefault("prefix", f"q{question.pk}")
        options.setdefault("initial", initial_of(question, answer))
        super().__init__(*args, **options)
        self.question = question
        self.saved = answer
        self.look = {}
        if question.kind in PICKED:
            self._ask_to_pick()
        else:
            self._ask_to_type()
        for name, (label, hint) in self.texts.items():
            if name == "narrative" or question.is_scored:
                self.fields[name] = textarea(label, hint, max_length=None)
                self.look[name] = FieldOptions(label="", rows=3)

    def _ask_to_pick(self) -> None:
        self.fields["pick"] = forms.ChoiceField(
            label=self.question.prompt,
            help_text=self.question.guidance,
            choices=PICKED[self.question.kind](self.question),
            widget=forms.RadioSelect,
            required=False,
        )
        for grade, name in REASON_FIELDS.items():
            self.fields[name] = textarea(REASONS[grade], max_length=None)
        reveals = {grade.value: [name] for grade, name in REASON_FIELDS.items()}
        self.look = {"pick": FieldOptions(label="m", small=True, reveals=reveals)} | {
            name: FieldOptions(rows=2) for name in REASON_FIELDS.values()
        }

    def _ask_to_type(self) -> None:
        question = self.question
        asked: dict[str, Any] = {"label": question.prompt, "help_text": question.guidance, "required": False}
        if question.kind == Question.Kind.DATE:
            self.fields["value"] = DateField(name_in_errors="the date", **asked)
        else:
            self.fields["value"] = forms.CharField(widget=_widget(question), **asked)
        self.fields["otherwise"] = forms.ChoiceField(
            label="If there is no answer", choices=[("", "There is an answer"), *OTHERWISE], required=False
        )
        self.fields["reason"] = textarea("Why there is no answer", max_length=None)
        number = question.kind == Question.Kind.NUMBER
        self.look = {
            "value": FieldOptions(label="m", rows=4, width="10" if number else ""),
            "otherwise": FieldOptions(label=""),
            "reason": FieldOptions(label="", rows=2),
        }

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        self.answer: dict = {}
        if self.errors:
            return cleaned
        try:
            self.answer = check_answer(self.question, self._columns(cleaned))
        except WrongAnswer as wrong:
            self.add_error(self._field_of(wrong.field, cleaned), wrong.sentence)
        return cleaned

    def _columns(self, cleaned: Mapping) -> dict:
        """Return what was typed, by the names of the columns of an answer."""
        data = {name: cleaned.get(name) for name in TEXTS}
        if self.question.kind not in PICKED:
            return data | {"grade": cleaned["otherwise"], "value": cleaned["value"]}
        picked = cleaned["pick"]
        if picked in REASON_FIELDS:
            data["reason"] = cleaned[REASON_FIELDS[picked]]
        is_grade = self.question.kind == Question.Kind.GRADE or picked in NEEDS_REASON
        return data | {"grade" if is_grade else "value": picked}

    def _field_of(self, column: str, cleaned: Mapping) -> str:
        if column == "reason" and self.question.kind in PICKED:
            return REASON_FIELDS[cleaned["pick"]]
        return (
            column
            if column in self.fields
            else next(name for name in ("pick", "value") if name in self.fields)
        )

    @property
    def is_blank(self) -> bool:
        return is_empty(self.answer)


def initial_of(question: Question, answer: Answer | None) -> dict:
    if answer is None:
        return {"row_version": 0}
    told = {name: getattr(answer, name) for name in TEXTS} | {"row_version": answer.row_version}
    if question.kind in PICKED:
        told["pick"] = answer.grade or answer.value
        if answer.grade in REASON_FIELDS:
            told[REASON_FIELDS[AnswerGrade(answer.grade)]] = answer.reason
        return told
    value = answer.value
    if value and question.kind == Question.Kind.DATE:
        value = dt.date.fromisoformat(value)
    if value and question.kind == Question.Kind.LIST:
        value = "\n".join(value)
    return told | {"value": value, "otherwise": answer.grade}


def _widget(question: Question) -> forms.Widget:
    if question.kind == Question.Kind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.Textarea()


class SectionForm:
    """Several forms sent with one button, behind the interface that `ServiceFormView` expects of one form.

    Each must have a prefix of its own. `token` is the page's and appears once.
    """

    is_multipart = False
    has_heading = False
    token = ""

    def __init__(self, forms: list[GovukFormMixin]) -> None:
        self.forms = forms
        self.of_the_page: list[str] = []

    def __iter__(self) -> Iterator[Any]:
        return iter(self.forms)

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # each, so that every fault is told at once
        return all(valid) and not self.of_the_page

    @property
    def errors(self) -> bool:
        return bool(self.of_the_page) or any(form.is_bound and form.errors for form in self.forms)

    def add_error(self, field: None, sentence: str) -> None:
        """Add a service's sentence, which is about the page and no single field."""
        self.of_the_page.append(sentence)

    def non_field_errors(self) -> list[str]:
        return self.of_the_page

    def error_list(self) -> list[tuple[str, str]]:
        """Return (id of the control, sentence) in the order of the page."""
        return [("", sentence) for sentence in self.of_the_page] + [
            error for form in self.forms if form.is_bound for error in form.error_list()
        ]
