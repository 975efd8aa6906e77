"""A date asked for in three boxes, with the Design System's sentences when it is wrong."""

import datetime as dt
from typing import NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from qa_portal.core.dates import today

PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1900  # "26" is a slip for 2026, not the first century
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


class DateInput(forms.Widget):
    template_name = "govuk/widgets/date.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name) -> dict[str, str]:
        return {part: (data.get(f"{name}_{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data, files, name) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)

    def format_value(self, value) -> dict:
        if isinstance(value, dt.date):
            return {part: getattr(value, part) for part in PARTS}
        return value or {}

    def get_context(self, name, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        attrs, typed = context["widget"]["attrs"], self.format_value(value)
        wrong = attrs.pop("wrong_parts", ())
        context["parts"] = [
            {
                "label": part.capitalize(),
                "id": f"{attrs['id']}_{part}",
                "name": f"{name}_{part}",
                "value": typed.get(part, ""),
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part in PARTS
        ]
        return context

    def id_for_label(self, id_: str) -> str:
        return ""


class DateField(forms.Field):
    """`name_in_errors` is how sentences call it, with its article: "the date of the visit".

    `past` and `future` both allow today. An error's `parts` parameter names the boxes that are wrong.
    """

    widget = DateInput

    def __init__(self, *, name_in_errors: str = "", past: bool = False, future: bool = False, **options):
        super().__init__(**options)
        self.name_in_errors, self.past, self.future = name_in_errors, past, future

    def clean(self, value) -> dt.date | None:
        value = value or {}
        missing = tuple(part for part in PARTS if not value.get(part))
        if missing == PARTS:
            if self.required:
                self.fail(f"Enter {self.name_in_errors or 'a date'}", "required")
            return None
        if missing:
            self.fail(f"{self.subject} must include a {' and '.join(missing)}", "incomplete", missing)
        date = self.read(value)
        if self.past and date > today():
            self.fail(f"{self.subject} must be today or in the past", "future")
        if self.future and date < today():
            self.fail(f"{self.subject} must be today or in the future", "past")
        return date

    def read(self, value: dict[str, str]) -> dt.date:
        try:
            year, day = int(value["year"]), int(value["day"])
            date = dt.date(year, month_number(value["month"]), day)
        except (ValueError, OverflowError):
            date = None
        if date is None or date.year < EARLIEST_YEAR:
            self.fail(f"{self.subject} must be a real date", "invalid")
        return date

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True

    @property
    def subject(self) -> str:
        return capfirst(self.name_in_errors or str(self.label or "date"))

    @staticmethod
    def fail(sentence: str, code: str, parts: tuple[str, ...] = PARTS) -> NoReturn:
        raise ValidationError(sentence, code=code, params={"parts": parts})


def month_number(typed: str) -> int:
    """Return the number of 3, March, mar or Sept; raise ValueError for anything else."""
    word = typed.lower().rstrip(".")
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and name.startswith(word):
            return number
    return int(typed)
