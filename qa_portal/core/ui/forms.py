"""GOV.UK Design System forms on Django's own way of rendering forms.

    class VisitForm(GovukFormMixin, forms.Form):
        held_on = DateField(label="Date of the visit", name_in_errors="the date of the visit", past=True)
        look = {"held_on": FieldOptions(label="m")}

`{{ form }}` draws the fields; `govuk/error_summary.html` goes above the heading of the page.
"""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from qa_portal.core.ui.bound_field import FieldOptions, GovukBoundField
from qa_portal.core.ui.date_field import DateField, DateInput

__all__ = ["DateField", "DateInput", "FieldOptions", "GovukBoundField", "GovukFormMixin", "GovukFormRenderer"]


class GovukFormRenderer(TemplatesSetting):
    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = GovukBoundField


class GovukFormMixin(forms.BaseForm):
    default_renderer = GovukFormRenderer
    look: dict[str, FieldOptions] = {}
    fields: dict[str, Any]  # each form knows the kinds of its own fields
    cleaned_data: dict[str, Any]  # asked for after the form was found valid

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    @property
    def revealed(self) -> set[str]:
        return {name for look in self.look.values() for names in look.reveals.values() for name in names}

    @property
    def has_heading(self) -> bool:
        """A page that asks one thing may let the question be its heading."""
        return any(look.heading for look in self.look.values())

    def top_level(self) -> list[BoundField]:
        """Return the fields that the form draws itself; a choice draws those that it reveals."""
        revealed = self.revealed
        return [field for field in self.visible_fields() if field.name not in revealed]

    def error_list(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) in the order of the page."""
        fields = cast(Iterable[GovukBoundField], self)
        below = [(field.anchor, str(error)) for field in fields for error in field.errors]
        return [("", str(error)) for error in self.non_field_errors()] + below

    def full_clean(self) -> None:
        """Name the limit in the error, because the browser does not cut a long text short."""
        for bound in self:
            if limit := getattr(bound.field, "max_length", None):
                sentence = f"{bound.label} must be {limit} characters or less"
                bound.field.error_messages.setdefault("max_length", sentence)
        super().full_clean()

    def require_if(self, name: str, trigger: str, value: Any, sentence: str) -> None:
        """Require the field `name` when the answer to `trigger` is `value`; for `clean`."""
        answered = self.cleaned_data.get(name) not in (None, "", [])
        if self.cleaned_data.get(trigger) == value and not answered and name not in self.errors:
            self.add_error(name, sentence)
