"""What the Design System's templates ask of one field of a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.forms.boundfield import BoundField

from qa_portal.core.ui.date_field import PARTS, DateInput

if TYPE_CHECKING:
    from qa_portal.core.ui.forms import GovukFormMixin

KINDS = [
    (DateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.PasswordInput, "password"),
]
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}
GROUPS = {"radios", "checkboxes", "date"}


@dataclass(frozen=True)
class FieldOptions:
    """How one field is shown. `reveals` maps a choice to the fields that show when it is picked."""

    label: str = "s"
    """Size of the label or legend: s, m, l, xl, or nothing for the weight of the text."""
    heading: bool = False
    """The label or legend is the page's h1."""
    width: str = ""
    """In characters (2 3 4 5 10 20 30) or as a fraction (one-half)."""
    inline: bool = False
    small: bool = False
    rows: int = 5
    count: int | None = None
    """Tells how many of this many characters are left."""
    prefix: str = ""
    suffix: str = ""
    hints: dict[str, str] = field(default_factory=dict)
    reveals: dict[str, list[str]] = field(default_factory=dict)


class GovukBoundField(BoundField):
    form: GovukFormMixin

    @property
    def kind(self) -> str:
        widget = self.field.widget
        return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "input")

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def look(self) -> FieldOptions:
        return self.form.look.get(self.name, FieldOptions())

    @property
    def label_size(self) -> str:
        """A revealed question stands below the one that reveals it, also to the eye."""
        return "" if self.name in self.form.revealed else self.look.label

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        if not self.errors:
            return ()
        for error in self.errors.as_data():
            if error.params and "parts" in error.params:
                return error.params["parts"]
        return PARTS

    @property
    def anchor(self) -> str:
        """The first control that is wrong: where the error summary leads."""
        if self.kind == "date":
            return f"{self.auto_id}_{self.wrong_parts[0]}"
        if self.is_group:
            return f"{self.auto_id}_0"
        return self.auto_id

    @property
    def described_by(self) -> str:
        ids = [self.hint_id] if self.help_text else []
        ids += [self.error_id] if self.errors else []
        return " ".join(ids)

    @property
    def options(self):
        for widget in self.subwidgets:
            value = str(widget.data["value"])
            yield {
                "id": widget.data["attrs"]["id"],
                "value": value,
                "label": widget.choice_label,
                "checked": widget.data["selected"],
                "hint": self.look.hints.get(value),
                "reveals": [
                    self.form[name] for name in self.look.reveals.get(value, []) if name in self.form.fields
                ],
            }

    def build_widget_attrs(self, attrs, widget=None) -> dict:
        """Leave out `required` and `maxlength`: people may type too much or nothing, and get a sentence."""
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if self.is_group:
            attrs.pop("aria-invalid", None)
            return attrs | ({"wrong_parts": self.wrong_parts} if self.kind == "date" else {})
        attrs |= {"class": " ".join(self.css_classes_of_control()), "maxlength": False}
        if self.kind == "textarea":
            attrs["rows"] = self.look.rows
        if self.look.count:
            attrs["aria-describedby"] = f"{self.described_by} {self.auto_id}-info".strip()
        return attrs

    def css_classes_of_control(self):
        """Radios and checkboxes are not here: their templates write each control."""
        css = CLASSES[self.kind]
        yield css
        if self.errors and self.kind != "checkbox":
            yield f"{css}--error"
        if self.look.width:
            yield (
                f"govuk-input--width-{self.look.width}"
                if self.look.width.isdigit()
                else f"govuk-!-width-{self.look.width}"
            )
        if self.look.count:
            yield "govuk-js-character-count"
        if self.kind == "password":
            yield "govuk-password-input__input govuk-js-password-input-input"
