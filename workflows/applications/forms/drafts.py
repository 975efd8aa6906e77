"""What a provider answers while it prepares an application."""

from collections import defaultdict
from typing import Any

from django import forms

from providers.directory.models import Setting
from providers.documents.document_kinds import EXPIRES, INSURANCES, DocumentKind
from providers.documents.forms import DocumentDetailsForm
from providers.documents.models import Document
from providers.purchasing.models import Application, Declaration, Lot
from providers.purchasing.selectors import lots_under_way, settings_of
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin
from workflows.applications.forms.steps import LONGEST_NOTE, DocumentsChoice, long_note, yes_no

NO_SETTING = "Ofsted’s register has no setting of yours for this lot, so you cannot choose it now."


class SettingsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, setting: Setting) -> str:
        return f"{setting.display_name} ({setting.urn})"


class LotsForm(GovukFormMixin, forms.Form):
    """Each lot reveals the provider's settings of its type; `chosen` is what the service takes."""

    lots = forms.MultipleChoiceField(
        label="Which lots do you apply for?",
        help_text="Each is checked and decided on its own.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one lot"},
    )

    def __init__(self, *args: Any, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        system_lots = list(application.system.lots.select_related("provision_type"))
        self.under_way = lots_under_way(application.provider, system_lots)
        self.offered = {str(lot.pk): lot for lot in system_lots if lot.pk not in self.under_way}
        self.fields["lots"].choices = [(key, str(lot)) for key, lot in self.offered.items()]
        by_type = defaultdict(list)
        for setting in settings_of(application.provider, today()):
            by_type[setting.provision_type_id].append(setting)
        for key, lot in self.offered.items():
            self.add_settings(key, by_type[lot.provision_type_id])
        self.look = self.looks(
            {lot.pk for lot in self.offered.values() if not by_type[lot.provision_type_id]}
        )

    def add_settings(self, key: str, settings: list[Setting]) -> None:
        self.fields[self.name_of(key)] = SettingsChoice(
            label="Which of your settings?",
            queryset=Setting.objects.filter(pk__in=[setting.pk for setting in settings]).with_names(),
            required=False,
        )

    def looks(self, empty: set[int]) -> dict[str, FieldOptions]:
        reveals = {key: [self.name_of(key)] for key, lot in self.offered.items() if lot.pk not in empty}
        hints = {key: NO_SETTING for key, lot in self.offered.items() if lot.pk in empty}
        small = {self.name_of(key): FieldOptions(small=True) for key in self.offered}
        return {"lots": FieldOptions(reveals=reveals, hints=hints)} | small

    @staticmethod
    def name_of(key: str) -> str:
        return f"settings_{key}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in cleaned.get("lots", []):
            if not cleaned.get(self.name_of(key)):
                lot = self.offered[key]
                name = self.name_of(key) if self.name_of(key) in self.revealed else "lots"
                self.add_error(name, f"Choose at least one registered setting for {lot}")
        return cleaned

    @property
    def chosen(self) -> dict[Lot, list[Setting]]:
        return {
            self.offered[key]: list(self.cleaned_data[self.name_of(key)]) for key in self.cleaned_data["lots"]
        }

    @classmethod
    def initial_for(cls, application: Application) -> dict:
        initial: dict = {"lots": []}
        for applied in application.lots.prefetch_related("settings"):
            initial["lots"].append(str(applied.lot_id))
            initial[cls.name_of(str(applied.lot_id))] = [row.setting_id for row in applied.settings.all()]
        return initial


class DocumentsForm(GovukFormMixin, forms.Form):
    documents = DocumentsChoice(
        label="Which of your documents do you send?",
        help_text="One document serves every lot that asks for it.",
        queryset=Document.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, library: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["documents"].queryset = library


class UploadForm(DocumentDetailsForm):
    """A document of one kind, for the library and the application at once; nothing here identifies a child."""

    field_order = ["upload", "cover_amount", "from_on", "expires_on"]

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        del self.fields["identifies_child"]
        if kind not in INSURANCES:
            del self.fields["cover_amount"]
        else:
            self.fields["cover_amount"].label = "Cover amount"
            self.fields["from_on"].label = "First day of the policy"
        self.fields["expires_on"].label = "Expiry date" if kind in EXPIRES else "Expiry date (optional)"
        if kind not in INSURANCES:
            self.fields["from_on"].label = "First day (optional)"

    def current_kind(self) -> str:
        return self.kind

    @property
    def kind_label(self) -> str:
        return str(DocumentKind(self.kind).label)


class DeclarationsForm(GovukFormMixin, forms.Form):
    ground = yes_no(
        "Does a mandatory or discretionary exclusion ground apply to you?",
        "Schedules 6 and 7 of the Procurement Act 2023. Answer also for people and companies connected"
        " or associated with you.",
    )
    ground_detail = long_note("What happened, and what has been put right since?", "Say which ground it is.")
    debarred = yes_no("Is anyone listed above on the debarment list?")
    debarred_detail = long_note("Who, and until when?")
    platform_supplier_id = forms.CharField(
        label="Supplier id of the central digital platform (optional)", max_length=60, required=False
    )
    platform_share_code = forms.CharField(
        label="Share code of the central digital platform (optional)",
        help_text="What you have answered there is not asked again.",
        max_length=60,
        required=False,
    )
    look = {
        "ground": FieldOptions(reveals={"yes": ["ground_detail"]}),
        "ground_detail": FieldOptions(count=LONGEST_NOTE),
        "debarred": FieldOptions(reveals={"yes": ["debarred_detail"]}),
        "debarred_detail": FieldOptions(rows=3),
        "platform_supplier_id": FieldOptions(width="20"),
        "platform_share_code": FieldOptions(width="20"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.require_if(
            "ground_detail", "ground", True, "Say what happened and what has been put right since"
        )
        self.require_if("debarred_detail", "debarred", True, "Say who is on the list, and until when")
        return cleaned

    @property
    def answers(self) -> dict[str, tuple[bool, str]]:
        values = self.cleaned_data
        return {
            question: (values[question], values[f"{question}_detail"]) for question in Declaration.Question
        }

    @staticmethod
    def initial_for(application: Application) -> dict:
        initial = {
            "platform_supplier_id": application.platform_supplier_id,
            "platform_share_code": application.platform_share_code,
        }
        for declared in application.declarations.all():
            initial[declared.question] = "yes" if declared.answer else "no"
            initial[f"{declared.question}_detail"] = declared.detail
        return initial


class WithdrawApplicationForm(GovukFormMixin, forms.Form):
    because = long_note("Reason for withdrawing (optional)", "The council reads this.")
    look = {"because": FieldOptions(rows=3)}
