from collections.abc import Callable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices

from inspections.ofsted.feed_tables import MOST_BYTES
from inspections.ofsted.reading import offered
from providers.contracts.counts_file import MOST_BYTES as MOST_BYTES_OF_COUNTS
from providers.contracts.counts_file import CountsFile
from providers.contracts.reading import counts_of
from qa_portal.core.rules import Refused
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

MEGABYTE = 1024 * 1024


class ReadFileField(forms.FileField):
    """Gives what `reading(upload)` makes of the file: before any transaction, in which others would wait for it."""

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


def counts_in(upload: UploadedFile) -> CountsFile:
    # One byte more than is read is enough for the reader to say that it is too many.
    return counts_of(upload.read(MOST_BYTES_OF_COUNTS + 1))


class ImportForm(GovukFormMixin, forms.Form):
    upload = file_field(
        "Ofsted’s file",
        f"A CSV file or an Excel workbook (.xlsx), up to {MOST_BYTES // MEGABYTE} MB.",
        ".csv,.xlsx",
        offered,
    )
    as_at = DateField(
        label="Day that the file speaks for (optional)",
        name_in_errors="the day that the file speaks for",
        help_text="Only where neither its title nor its name says it. For example, 31 3 2026",
        required=False,
        past=True,
    )


class ConfirmImportForm(GovukFormMixin, forms.Form):
    """Asks once more where much of Ofsted's list would go; else the button does it."""

    gone_confirmed = forms.BooleanField(
        label="The file is complete, and these settings are to be removed from Ofsted’s list",
        error_messages={"required": "Confirm that these settings are to be removed from Ofsted’s list"},
    )

    def __init__(self, *args, takes_too_many: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not takes_too_many:
            del self.fields["gone_confirmed"]


class WithdrawFileForm(GovukFormMixin, forms.Form):
    reason = forms.CharField(
        label="Why is the file withdrawn?",
        help_text="Everybody at a council can read this on the file’s page.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the file is withdrawn"},
    )


class PlacingCountsForm(GovukFormMixin, forms.Form):
    upload = file_field(
        "File of counts",
        f"A CSV file with a URN and a number on each line, up to {MOST_BYTES_OF_COUNTS // MEGABYTE} MB.",
        ".csv",
        counts_in,
    )
    as_at = DateField(
        label="On which day were the children placed?",
        name_in_errors="the day of the counts",
        help_text="For example, 27 3 2026",
        past=True,
    )


class Answer(TextChoices):
    CONFIRM = "confirm", "Confirm: our council has these children there"
    REFUSE = "refuse", "Refuse: these numbers are wrong"


class ConfirmUseForm(GovukFormMixin, forms.Form):
    """Each row is sent as its key and the version that the page showed, so that nobody confirms what changed since."""

    rows = forms.MultipleChoiceField(
        label="Which numbers?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one number",
            "invalid_choice": "A number was changed, confirmed or refused while you had this page open. Look at the"
            " list again",
        },
    )
    answer = forms.ChoiceField(
        label="Are these numbers right?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you confirm or refuse"},
    )
    reason = forms.CharField(
        label="What is wrong?",
        help_text="The colleague who recorded them reads this. Nothing about a child.",
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    look = {
        "rows": FieldOptions(small=True),
        "answer": FieldOptions(reveals={Answer.REFUSE: ["reason"]}),
        "reason": FieldOptions(rows=3),
    }

    def __init__(self, *args, counts, **options):
        super().__init__(*args, **options)
        self.fields["rows"].choices = [
            (f"{count.pk}-{count.row_version}", words_of(count)) for count in counts
        ]

    def clean(self):
        cleaned = super().clean()
        self.require_if("reason", "answer", Answer.REFUSE, "Say what is wrong")
        return cleaned

    @property
    def seen(self) -> dict[int, int]:
        """Key of each chosen row, and its version on the page."""
        pairs = (value.split("-") for value in self.cleaned_data["rows"])
        return {int(key): int(version) for key, version in pairs}


def words_of(count) -> str:
    children = "1 child" if count.count == 1 else f"{count.count} children"
    host = f", {count.setting.authority}" if count.setting.authority else ""
    by = f", recorded by {count.declared_by}" if count.declared_by else ""
    return f"{count.setting} ({count.setting.urn}{host}): {children} on {count.as_at:%-d %B %Y}{by}"
