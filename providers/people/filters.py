import django_filters
from django.db.models import Exists, OuterRef

from providers.directory.models import Setting
from providers.directory.selectors import search_q
from providers.people.models import Organisation, SettingLead
from providers.people.rules import own_organisation
from providers.people.selectors import possible_leads
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import FieldOptions
from qa_portal.core.ui.lists import ListFilter


class OrganisationFilter(ListFilter):
    look = {"name": FieldOptions(width="20")}

    name = django_filters.CharFilter(label="Name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Organisation.Kind.choices, empty_label="All")

    class Meta:
        model = Organisation
        fields = ["name", "kind"]


class AccessFilter(ListFilter):
    purpose = django_filters.ChoiceFilter(
        label="What was done", choices=AccessEvent.Purpose.choices, empty_label="All"
    )

    class Meta:
        model = AccessEvent
        fields = ["purpose"]


NO_LEAD = "none"


class LeadFilter(ListFilter):
    """Settings by name, and those without a lead today or those of one officer."""

    search = django_filters.CharFilter(label="Search", help_text="Name or URN", method="search_for")
    lead = django_filters.ChoiceFilter(label="Lead officer", method="led_by", empty_label="All")

    class Meta:
        model = Setting
        fields: list[str] = []

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset.order_by("authority__name", "urn"))
        officers = possible_leads(own_organisation(user)).with_names()
        named = [(str(officer.pk), officer.person.name) for officer in officers]
        self.filters["lead"].extra["choices"] = [(NO_LEAD, "Nobody"), *named]
        self.leads = SettingLead.objects.visible_to(user).in_force(today()).filter(setting=OuterRef("pk"))

    def search_for(self, settings, name, value):
        words = value.strip()
        return settings.filter(search_q(words))

    def led_by(self, settings, name, value):
        if value == NO_LEAD:
            return settings.filter(~Exists(self.leads))
        return settings.filter(Exists(self.leads.filter(lead=value)))
