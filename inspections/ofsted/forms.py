"""Forms of the pages of Ofsted files."""

from typing import Any

from django import forms

from inspections.ofsted.reader.reading import offered
from inspections.ofsted.reader.tables import MOST_BYTES
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.file_field import MEGABYTE, file_field
from qa_portal.core.ui.forms import DateField, GovukFormMixin


class ImportForm(GovukFormMixin, forms.Form):
    upload = file_field(
        "Ofsted’s file",
        f"A CSV file or an Excel workbook (.xlsx), up to {MOST_BYTES // MEGABYTE} MB.",
        ".csv,.xlsx",
        offered,
    )
    as_at = DateField(
        label="Date of the register in this file (optional)",
        name_in_errors="the date of the register in this file",
        help_text="Only needed if the file’s title and name do not say it. For example, 31 3 2026",
        required=False,
        past=True,
    )


class ConfirmImportForm(GovukFormMixin, forms.Form):
    """Confirmation of an import.

    Asks once more if much of Ofsted's list would be removed; otherwise only a button.
    """

    gone_confirmed = forms.BooleanField(
        label="The file is complete, and these settings are to be removed from Ofsted’s list",
        error_messages={"required": "Confirm that these settings are to be removed from Ofsted’s list"},
    )

    def __init__(self, *args: Any, takes_too_many: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_too_many:
            del self.fields["gone_confirmed"]


class WithdrawFileForm(GovukFormMixin, forms.Form):
    reason = textarea(
        "Why are you withdrawing this file?",
        "Everybody at a council can read this on the file’s page.",
        required="Say why you are withdrawing the file",
    )
