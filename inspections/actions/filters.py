import django_filters
from django import forms
from django.db.models import Q

from inspections.actions.models import Action, Source
from providers.directory.models import Setting
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import GovukFormMixin

SHOWN = {
    "live": ("Open", lambda actions, on: actions.live()),
    "overdue": ("Overdue", lambda actions, on: actions.overdue(on)),
    "due_soon": ("Due in the next 14 days", lambda actions, on: actions.due_soon(on)),
    "to_agree": ("Steps to agree", lambda actions, on: actions.to_agree()),
    "to_verify": ("To be verified", lambda actions, on: actions.to_verify()),
    "closed": ("Closed", lambda actions, on: actions.filter(state=Action.State.CLOSED)),
    "all": ("All", lambda actions, on: actions),
}


class ActionFilterForm(GovukFormMixin, forms.Form):
    pass


class ActionFilter(django_filters.FilterSet):
    """Filter the actions that the reader may see. Without `show`, only open ones."""

    search = django_filters.CharFilter(label="Search", help_text="Words of the action", method="search_for")
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[(key, label) for key, (label, _) in SHOWN.items()],
        empty_label=None,
        method="shown",
    )
    setting = django_filters.ChoiceFilter(label="Setting", field_name="setting", empty_label="All")
    source = django_filters.ChoiceFilter(
        label="Came from", field_name="source_kind", choices=Source.choices, empty_label="All"
    )

    class Meta:
        model = Action
        fields: list[str] = []
        form = ActionFilterForm

    def __init__(self, data, queryset):
        data = data.copy()
        data.setdefault("show", "live")
        super().__init__(data, queryset)
        self.filters["setting"].extra["choices"] = settings_of(queryset)

    @property
    def is_set(self) -> bool:
        """Tell whether the reader chose more than the first view of the list."""
        asked = {name: value for name, value in self.form.data.items() if value and name != "page"}
        return asked != {"show": "live"}

    def search_for(self, actions, name, value):
        words = value.strip()
        return actions.filter(
            Q(what__icontains=words) | Q(standard__icontains=words) | Q(steps__icontains=words)
        )

    def shown(self, actions, name, value):
        return SHOWN[value][1](actions, today())


def settings_of(actions) -> list[tuple[str, str]]:
    """Return (id, name) of each setting that has an action in the list, sorted by name."""
    found = Setting.objects.filter(pk__in=actions.order_by().values("setting")).select_related(
        "provision_type"
    )
    choices = ((str(setting.pk), str(setting)) for setting in found)
    return sorted(choices, key=lambda choice: choice[1].casefold())
