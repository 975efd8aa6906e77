"""What the head of service answers when allowing an exemption."""

from django import forms

from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin


class ExemptionForm(GovukFormMixin, forms.Form):
    reason = textarea(
        "Why may this lot be approved all the same?",
        "Kept with the decision.",
        required="Give the reason",
        max_length=4000,
    )
    expires_on = DateField(
        label="Until when?", name_in_errors="the day it ends", help_text="For example, 27 3 2027", future=True
    )
    look = {"reason": FieldOptions(rows=5)}
