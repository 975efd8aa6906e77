import django_filters
from django import forms

from providers.people.models import Organisation
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.ui.forms import GovukFormMixin, Look


class OrganisationFilterForm(GovukFormMixin, forms.Form):
    look = {"name": Look(width="20")}


class OrganisationFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Organisation.Kind.choices, empty_label="All")

    class Meta:
        model = Organisation
        fields = ["name", "kind"]
        form = OrganisationFilterForm


class AccessFilterForm(GovukFormMixin, forms.Form):
    look = {}


class AccessFilter(django_filters.FilterSet):
    purpose = django_filters.ChoiceFilter(
        label="What was done", choices=AccessEvent.Purpose.choices, empty_label="All"
    )

    class Meta:
        model = AccessEvent
        fields = ["purpose"]
        form = AccessFilterForm
