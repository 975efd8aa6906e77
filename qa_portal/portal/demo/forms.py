import datetime as dt

from django import forms

from qa_portal.core.dates import today
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin
from qa_portal.portal.demo.clock import MOST_DAYS


class WindForm(GovukFormMixin, forms.Form):
    to = DateField(label="Move to a date", name_in_errors="the date")
    look = {"to": FieldOptions(label="s")}

    def clean_to(self) -> dt.date:
        to = self.cleaned_data["to"]
        if to <= today():
            raise forms.ValidationError(
                "The date must be after the demo’s today: the clock only goes forward."
            )
        if (to - today()).days > MOST_DAYS:
            raise forms.ValidationError("The date must be within a year.")
        return to
