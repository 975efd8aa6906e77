"""Forms of the pages of placing counts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices

from providers.contracts.counts_file import MOST_BYTES, CountsFile
from providers.contracts.reading import counts_of
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.file_field import MEGABYTE, file_field
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin


def counts_in(upload: UploadedFile) -> CountsFile:
    # One byte more than is read is enough for the reader to say that it is too many.
    return counts_of(upload.read(MOST_BYTES + 1))


class PlacingCountsForm(GovukFormMixin, forms.Form):
    upload = file_field(
        "File of counts",
        f"A CSV file with a URN and a number on each line, up to {MOST_BYTES // MEGABYTE} MB.",
        ".csv",
        counts_in,
    )
    as_at = DateField(
        label="On which day were the children placed?",
        name_in_errors="the day of the counts",
        help_text="For example, 27 3 2026",
        past=True,
    )


class ConfirmAnswer(TextChoices):
    CONFIRM = "confirm", "Confirm: our council has these children there"
    REFUSE = "refuse", "Refuse: these numbers are wrong"


class ConfirmUseForm(GovukFormMixin, forms.Form):
    """Each row is sent as its key and the version that the page showed, so that nobody confirms what changed since."""

    rows = forms.MultipleChoiceField(
        label="Which numbers?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one number",
            "invalid_choice": "A number was changed, confirmed or refused while you had this page open. Check the"
            " list again",
        },
    )
    answer = forms.ChoiceField(
        label="Are these numbers right?",
        choices=ConfirmAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you confirm or refuse"},
    )
    reason = textarea(
        "What is wrong?",
        "The colleague who recorded them will read this. Do not include anything about a child.",
        max_length=500,
    )
    look = {
        "rows": FieldOptions(small=True),
        "answer": FieldOptions(reveals={ConfirmAnswer.REFUSE: ["reason"]}),
        "reason": FieldOptions(rows=3),
    }

    def __init__(self, *args: Any, counts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rows"].choices = [
            (f"{count.pk}-{count.row_version}", words_of(count)) for count in counts
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.require_if("reason", "answer", ConfirmAnswer.REFUSE, "Say what is wrong")
        return cleaned

    @property
    def seen(self) -> dict[int, int]:
        """Return the key of each chosen row and its version on the page."""
        pairs = (value.split("-") for value in self.cleaned_data["rows"])
        return {int(key): int(version) for key, version in pairs}


def words_of(count: Any) -> str:
    children = "1 child" if count.count == 1 else f"{count.count} children"
    host = f", {count.setting.authority}" if count.setting.authority else ""
    by = f", recorded by {count.declared_by}" if count.declared_by else ""
    return f"{count.setting} ({count.setting.urn}{host}): {children} on {count.as_at:%-d %B %Y}{by}"
