"""Forms that take a file. Other slices build theirs on `DocumentForm`, or put an `UploadField` in their own.

    class ReturnForm(DocumentForm):
        month = ...

`form.cleaned_data["upload"]` is a `CheckedFile`, ready for `store_document`.
"""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from providers.documents.document_kinds import EXPIRES, INSURANCES, DocumentKind
from providers.documents.models import Document
from providers.documents.upload_limits import UPLOAD_WORDS
from providers.documents.validation.file_check import CheckedFile, check_file
from providers.documents.validation.formats import ACCEPT, WORDS
from providers.people.forms import ColleagueField
from providers.people.models import Membership, User
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.rules import Refused
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

CHOOSE_AGAIN = "Choose the file again: browsers do not keep it when a page comes back"
YES, NO = "yes", "no"


class UploadField(forms.FileField):
    """Give a `CheckedFile`, or says in one sentence what is wrong with the file."""

    def __init__(self, *, label: str = "File", help_text: str = "", **options: Any) -> None:
        options.setdefault("error_messages", {"required": "Choose a file"})
        options.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(
            label=label,
            help_text=help_text or f"{WORDS}, up to {UPLOAD_WORDS}.",
            allow_empty_file=True,
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return check_file(upload)
        except Refused as refused:
            raise ValidationError(refused.sentence, code="refused") from refused


class UploadFormMixin(GovukFormMixin):
    """Tell people to choose the file again when another answer was wrong."""

    checked = False

    def full_clean(self) -> None:
        self.checked = False
        super().full_clean()
        self.checked = True
        if self.is_bound and self.errors:
            self.ask_for_files_again()

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        if self.checked:
            self.ask_for_files_again()

    def ask_for_files_again(self) -> None:
        for name in [name for name, value in self.cleaned_data.items() if isinstance(value, CheckedFile)]:
            super().add_error(name, CHOOSE_AGAIN)


def identifies_child_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Does this identify a child?",
        help_text="By a name, a picture, a date of birth or a story that only fits one child."
        " Never put a child’s name in the name of a file.",
        choices=[(NO, "No"), (YES, "Yes")],
        coerce=lambda answer: answer == YES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this identifies a child"},
    )


IDENTIFIES_CHILD = FieldOptions(
    hints={YES: "Only you, your managers and people you name can open it. It is kept for one year."}
)


class DocumentForm(UploadFormMixin, forms.Form):
    upload = UploadField()
    identifies_child = identifies_child_field()
    look = {"identifies_child": IDENTIFIES_CHILD}


class PoundsField(forms.IntegerField):
    """Take £10,000,000 and 10000000: people copy it from the policy."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace(",", "").replace("£", "").replace(" ", ""))


class DocumentDetailsForm(DocumentForm):
    """A document of the library with what has to be known of it; which facts depends on its kind."""

    cover_amount = PoundsField(
        label="Cover amount (insurance only)",
        help_text="In whole pounds, for each claim. For example, 10,000,000",
        required=False,
        min_value=1,
        max_value=100_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Cover amount must be in whole pounds, like 10,000,000",
            "min_value": "Cover amount must be £1 or more",
            "max_value": "Cover amount must be £100 billion or less",
        },
    )
    from_on = DateField(
        label="Start date (insurance; optional for others)",
        name_in_errors="the start date",
        help_text="The day on which the policy starts. For example, 1 4 2026",
        required=False,
    )
    expires_on = DateField(
        label="Expiry date (insurance and ICO registration; optional for others)",
        name_in_errors="the expiry date",
        help_text="For example, 31 3 2027",
        required=False,
    )
    look = DocumentForm.look | {"cover_amount": FieldOptions(width="20", prefix="£")}

    def current_kind(self) -> str:
        return self.cleaned_data.get("kind", "")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned, kind = self.cleaned_data, self.current_kind()
        if kind in INSURANCES:
            self.require("cover_amount", "Enter the cover amount")
            self.require("from_on", "Enter the start date of the policy")
        elif cleaned.get("cover_amount") is not None and kind:
            self.add_error(
                "cover_amount", f"{DocumentKind(kind).label} has no cover amount: leave this empty"
            )
        if kind in EXPIRES:
            self.require("expires_on", "Enter the expiry date")
        first, last = cleaned.get("from_on"), cleaned.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", "The expiry date must be on or after the start date")
        return cleaned

    def require(self, name: str, sentence: str) -> None:
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, sentence)


class AddDocumentForm(DocumentDetailsForm):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose"), *DocumentKind.choices],
        error_messages={"required": "Choose what it is"},
    )
    field_order = ["kind", "upload", "cover_amount", "from_on", "expires_on", "identifies_child"]


class ReplaceDocumentForm(DocumentDetailsForm):
    """A newer file for a document: the kind stays, and what identifies a child replaces nothing."""

    field_order = ["upload", "cover_amount", "from_on", "expires_on"]

    def __init__(self, *args: Any, document: Document, **options: Any) -> None:
        super().__init__(*args, **options)
        self.document = document
        del self.fields["identifies_child"]
        if document.kind not in INSURANCES:
            del self.fields["cover_amount"]

    def current_kind(self) -> str:
        return self.document.kind


class NameReaderForm(GovukFormMixin, forms.Form):
    membership = ColleagueField(
        label="Who may read it?",
        queryset=Membership.objects.none(),
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(self, *args: Any, user: User, document: Document, **options: Any) -> None:
        super().__init__(*args, **options)
        may_read = holders(Permission.VIEW_DOCUMENTS, document.organisation)
        field = cast(forms.ModelChoiceField, self.fields["membership"])
        field.queryset = (
            Membership.objects.visible_to(user)
            .filter(pk__in=may_read)
            .exclude(pk__in=document.readers.open().values("membership"))
            .exclude(pk=document.uploaded_by_id)
            .with_names()
        )
