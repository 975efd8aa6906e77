"""Forms whose values stand in the query string of a scorecard page, so that its link can be passed on."""

import datetime as dt
from typing import Any, cast

from django import forms

from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import WORST_FIRST
from providers.directory.models import Authority, ProvisionType
from providers.people.models import User
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today
from qa_portal.core.ui.date_field import EARLIEST_YEAR
from qa_portal.core.ui.forms import GovukFormMixin

REAL_DAY = "The day must be a real date, such as 31/10/2026, and no earlier than 1900"
NOT_FUTURE = "The day must be today or in the past"
WATCHED, EVERY = "watched", "all"
SETTINGS, PROVIDERS = "setting", "provider"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date field with one box, because the day is part of the address: ?as_at=2026-10-31."""

    widget = DayInput

    def clean(self, value: Any) -> dt.date | None:
        day = super().clean(value)
        if day and day.year < EARLIEST_YEAR:
            raise forms.ValidationError(REAL_DAY, code="invalid")
        if day and day > today():
            raise forms.ValidationError(NOT_FUTURE, code="future")
        return day


class AsAtForm(GovukFormMixin, forms.Form):
    """The day of the scorecard and, where several councils let the reader in, whose evidence counts."""

    as_at = DayField(label="As at", required=False, error_messages={"invalid": REAL_DAY})
    council = forms.ChoiceField(label="Evidence of", required=False)

    def __init__(self, data: Any, *, councils: Any) -> None:
        data = data.copy()
        if not data.get("as_at"):
            data["as_at"] = today().isoformat()
        super().__init__(data)
        self.fields["as_at"].widget.attrs["max"] = today().isoformat()
        self.offer("council", [(str(one.public_id), str(one)) for one in councils])
        if len(councils) < 2:
            self.fields["council"].widget = forms.HiddenInput()

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = choices
        field.error_messages["invalid_choice"] = f"Choose “{field.label}” from the list"

    def chosen(self, name: str) -> Any:
        """Return the chosen value; None if nothing valid was chosen."""
        return None if name in self.errors else self.cleaned_data.get(name) or None


class RegionForm(AsAtForm):
    type = forms.ChoiceField(label="Type", required=False)
    authority = forms.ChoiceField(label="Authority", required=False)
    band = forms.ChoiceField(label="Rating", required=False)
    only = forms.ChoiceField(label="Settings", required=False)
    by = forms.ChoiceField(label="Show by", required=False)

    def __init__(self, data: Any, *, user: User, councils: Any) -> None:
        super().__init__(data, councils=councils)
        everything = ("", "All")
        self.offer(
            "type",
            [everything, *((str(row.pk), row.label) for row in ProvisionType.objects.visible_to(user))],
        )
        self.offer(
            "authority",
            [everything, *((str(row.pk), row.name) for row in Authority.objects.visible_to(user))],
        )
        self.offer("band", [everything, *((band.value, words.BANDS[band]) for band in WORST_FIRST)])
        first = str(councils[0].public_id) if councils else ""  # a council's people see their own first
        ours = scope_of(user).is_council and data.get("council") in {None, "", first}
        watched = "Settings we monitor" if ours else "In its area"
        self.offer("only", [(WATCHED, watched), (EVERY, "All registered")])
        self.offer("by", [(SETTINGS, "Setting"), (PROVIDERS, "Provider")])
        if scope_of(user).is_provider:
            del self.fields["only"], self.fields["by"]

    @property
    def narrows(self) -> bool:
        """Return whether the filters leave out rows that the page shows by default."""
        return any(self.chosen(name) for name in ("type", "authority", "band"))
