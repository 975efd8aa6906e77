"""One form for every code list: what they have in common, and what each model adds."""

from typing import Any

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.utils.text import capfirst

from providers.directory.models import GradeScale
from providers.directory.models.code_lists import Code
from providers.people.forms import reason_field
from qa_portal.core.present import present
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST_LABEL: int = present(Code._meta.get_field("label").max_length)
IN_COMMON = {"id", "row_version", *(field.name for field in Code._meta.get_fields())}
LABELS = {
    "ofsted_name": "Name in Ofsted’s files",
    "sets_rating": "Inspections on this scale set a setting’s rating",
    "starts_a_case": "Starts a case",
    "address_withheld": "Ofsted withholds the addresses of these settings",
    "is_open": "The service may run",
    "limiting": "Has limiting judgements",
}


def question(column: models.Field, **options: Any) -> forms.Field:
    field: Any = column.formfield(**options)  # each of our columns has a field
    field.label = LABELS.get(column.name, capfirst(column.verbose_name))
    field.error_messages["required"] = f"Enter the {field.label[0].lower()}{field.label[1:]}"
    if not field.required and not isinstance(field, forms.BooleanField):
        field.label += " (optional)"
    return field


def own_questions(model: type[Code]) -> dict[str, forms.Field]:
    """Return the fields that only this list has; not a scale's overall judgement, which would change old inspections."""
    names = [f.name for f in model._meta.concrete_fields if f.name not in IN_COMMON | {"headline"}]
    return fields_for_model(model, fields=names, formfield_callback=question)


class CodeForm(GovukFormMixin, forms.Form):
    label = forms.CharField(
        label="Label", max_length=LONGEST_LABEL, error_messages={"required": "Enter a label"}
    )
    from_on = DateField(
        label="In force from (optional)",
        name_in_errors="the first day",
        help_text="For example, 1 4 2027",
        required=False,
    )
    to_on = DateField(
        label="No longer in force from (optional)",
        name_in_errors="the day from which it is no longer in force",
        help_text="The first day on which it does not count any more. What was recorded before keeps it.",
        required=False,
    )
    source = forms.CharField(
        label="Source", max_length=200, error_messages={"required": "Say where this is written"}
    )
    reason = reason_field()
    look = {
        "reason": FieldOptions(rows=3),
        "judgements": FieldOptions(rows=6),
        "code": FieldOptions(width="20"),
    }

    def __init__(self, *args: Any, model: type[Code], **options: Any) -> None:
        super().__init__(*args, **options)
        own = own_questions(model)
        self.fields |= own
        self.order_fields(
            [
                "code",
                "label",
                "judgements",
                "headline",
                "grades",
                *own,
                "from_on",
                "to_on",
                "source",
                "reason",
            ]
        )


class AddCodeForm(CodeForm):
    code = forms.RegexField(
        r"^[\w-]+$",
        label="Code",
        help_text="Short, of letters, digits, hyphens and underscores. It is never changed.",
        max_length=60,
        error_messages={
            "required": "Enter a code",
            "invalid": "Code must have letters, digits, hyphens and underscores only",
        },
    )


class LinesField(forms.CharField):
    """One answer a line; gives a list without blank lines."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > LONGEST_LABEL for line in lines):
            raise forms.ValidationError(f"Each line must be {LONGEST_LABEL} characters or less")
        return lines


class AddScaleForm(AddCodeForm):
    judgements = LinesField(
        label="Judgements",
        help_text="One on each line, as Ofsted words it.",
        error_messages={"required": "Enter the judgements"},
    )
    headline = forms.CharField(
        label="Overall judgement (optional)",
        help_text="Repeat the line that is the overall judgement. Leave it empty if there is no overall grade.",
        max_length=LONGEST_LABEL,
        required=False,
    )
    grades = LinesField(
        label="Grades",
        help_text="One on each line, the best first.",
        error_messages={"required": "Enter the grades"},
    )


def form_for(model: type[Code], *, adding: bool) -> type[CodeForm]:
    if not adding:
        return CodeForm
    return AddScaleForm if model is GradeScale else AddCodeForm
