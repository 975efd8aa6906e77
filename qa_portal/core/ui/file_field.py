"""A form field whose answer is what was read in an uploaded file."""

from collections.abc import Callable

from django import forms
from django.core.files.uploadedfile import UploadedFile

from qa_portal.core.rules import Refused

MEGABYTE = 1024 * 1024


class ReadFileField(forms.FileField):
    """Return what `reading(upload)` made of the file; read before the transaction, so that nobody waits for a lock."""

    def __init__(self, *, reading: Callable[[UploadedFile], object], **options) -> None:
        super().__init__(**options)
        self.reading = reading

    def clean(self, data, initial=None) -> object:
        try:
            return self.reading(super().clean(data, initial))
        except Refused as refused:
            raise forms.ValidationError(refused.sentence, code="refused") from refused


def file_field(
    label: str, hint: str, accept: str, reading: Callable[[UploadedFile], object]
) -> ReadFileField:
    return ReadFileField(
        reading=reading,
        label=label,
        help_text=hint,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
