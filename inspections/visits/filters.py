import django_filters
from django import forms
from django.db.models import Q

from inspections.visits.models import Visit
from providers.directory.selectors import search_q
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import GovukFormMixin

SHOWN = {
    "current": ("Planned and in draft", lambda visits, on: visits.planned() | visits.in_draft()),
    "planned": ("Planned", lambda visits, on: visits.planned()),
    "overdue": ("Overdue", lambda visits, on: visits.overdue(on)),
    "in_draft": ("In draft", lambda visits, on: visits.in_draft()),
    "published": ("Published", lambda visits, on: visits.published()),
    "cancelled": ("Cancelled", lambda visits, on: visits.filter(state=Visit.State.CANCELLED)),
    "all": ("All", lambda visits, on: visits),
}


class VisitFilterForm(GovukFormMixin, forms.Form):
    pass


class VisitFilter(django_filters.FilterSet):
    """Filter the visits that the reader may see. Without `show`, planned ones and those in draft."""

    search = django_filters.CharFilter(label="Search", help_text="Name, URN or provider", method="search_for")
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[(key, label) for key, (label, _) in SHOWN.items()],
        empty_label=None,
        method="shown",
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=Visit.Kind.choices, empty_label="All")

    class Meta:
        model = Visit
        fields: list[str] = []
        form = VisitFilterForm

    def __init__(self, data, queryset):
        data = data.copy()
        data.setdefault("show", "current")
        super().__init__(data, queryset)

    def search_for(self, visits, name, value):
        words = value.strip()
        return visits.filter(search_q(words, "setting") | Q(provider__name__icontains=words))

    def shown(self, visits, name, value):
        return SHOWN[value][1](visits, today())
