import django_filters
from django import forms

from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.selectors import SOON
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import GovukFormMixin

EXPIRED, SOON_EXPIRED, ALL = "expired", "soon", "all"


class DocumentFilterForm(GovukFormMixin, forms.Form):
    pass


class DocumentFilter(django_filters.FilterSet):
    """Filter a library: current documents unless all are asked for, the soonest to expire first."""

    kind = django_filters.ChoiceFilter(label="What it is", choices=DocumentKind.choices, empty_label="All")
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[
            (EXPIRED, "Expired"),
            (SOON_EXPIRED, f"Expiring within {SOON.days} days"),
            (ALL, "Also replaced and removed"),
        ],
        empty_label="Current",
        method="shown",
    )

    class Meta:
        model = Document
        fields = ["kind"]
        form = DocumentFilterForm

    @property
    def is_set(self) -> bool:
        return any(self.form.data.get(name) for name in self.filters)

    @property
    def qs(self):
        found = super().qs
        everything = self.form.data.get("show") == ALL
        return (found if everything else found.current()).soonest_first()

    def shown(self, documents, name, value):
        if value == EXPIRED:
            return documents.expired(today())
        return documents.expiring(today(), SOON.days) if value == SOON_EXPIRED else documents
