import django_filters
from django import forms
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, Replace

from inspections.ofsted.models import Judgement
from inspections.ofsted.selectors import NOT_YET_INSPECTED
from inspections.visits.selectors import visited_in_last_year
from providers.directory.models import (
    Authority,
    Grade,
    GradeScale,
    ProvisionType,
    RegistrationState,
    Setting,
)
from providers.directory.selectors import called_openly
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin

NONE_YET = "none"
IN_USE, FOOTPRINT, IN_HOUSE, NOT_VISITED = "in_use", "footprint", "in_house", "not_visited"
NAME = Lower(
    Coalesce(
        # the order of a list tells no name that its rows do not
        Case(When(may_know_name=True, then=NullIf("working_name", Value("")))),
        NullIf("ofsted_name", Value("")),
        Concat("provision_type__label", Value(" "), "urn"),
        output_field=CharField(),
    )
)
SORTS = {
    "name": (NAME, "urn"),
    "authority": (F("authority__name").asc(nulls_last=True), NAME, "urn"),
    "type": (F("provision_type__label").asc(nulls_last=True), NAME, "urn"),
}


class RegisterFilterForm(GovukFormMixin, forms.Form):
    look = {"only": FieldOptions(small=True)}


class DirectoryFilter(django_filters.FilterSet):
    """Over `selectors.directory_of`. Choices are read once a request, however many filters are set."""

    search = django_filters.CharFilter(
        label="Search", help_text="Name, owner, URN or postcode", method="search_for"
    )
    type = django_filters.ChoiceFilter(label="Type", field_name="provision_type", empty_label="All")
    authority = django_filters.ChoiceFilter(label="Authority", field_name="authority", empty_label="All")
    grade = django_filters.ChoiceFilter(label="Current grade", method="graded", empty_label="All")
    state = django_filters.ChoiceFilter(
        label="Registration", field_name="registration_state", empty_label="All"
    )
    owner = django_filters.CharFilter(label="Owner", field_name="owner_name", lookup_expr="icontains")
    only = django_filters.MultipleChoiceFilter(
        label="Show only", widget=forms.CheckboxSelectMultiple, method="narrowed"
    )
    sort = django_filters.ChoiceFilter(
        label="Sort by",
        choices=[("name", "Name"), ("authority", "Authority"), ("type", "Type")],
        empty_label=None,
        method="ordered",
    )

    class Meta:
        model = Setting
        fields: list[str] = []
        form = RegisterFilterForm

    def __init__(self, data, queryset, *, user):
        self.user, self.scope = user, scope_of(user)
        super().__init__(data, queryset.order_by(*SORTS["name"]))
        choices = {
            "type": [(str(row.pk), row.label) for row in ProvisionType.objects.visible_to(user)],
            "authority": [(str(row.pk), row.name) for row in Authority.objects.visible_to(user)],
            "state": [(str(row.pk), row.label) for row in RegistrationState.objects.visible_to(user)],
            "grade": self.grades(),
            "only": self.narrowings(),
        }
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered

    @property
    def is_set(self) -> bool:
        """Something narrows the list, so that an empty one can be widened again."""
        return any(value for name, value in self.form.data.items() if name not in {"sort", "page"})

    def grades(self) -> list:
        """Return the grades of each scale under its name: Good on one scale is not Good on another."""
        scales = GradeScale.objects.visible_to(self.user).filter(sets_rating=True).exclude(headline="")
        by_scale: dict[str, list] = {}
        for grade in Grade.objects.filter(scale__in=scales).select_related("scale"):
            by_scale.setdefault(grade.scale.label, []).append((str(grade.pk), grade.label))
        return [(NONE_YET, NOT_YET_INSPECTED), *by_scale.items()]

    def narrowings(self) -> list[tuple[str, str]]:
        """Return the choices of “Show only” that make sense for the reader's organisation.

        An agency hosts and places nobody.
        """
        offered = [(IN_HOUSE, "Run by a council")]
        if self.scope.is_council or self.scope.is_provider:
            offered.insert(0, (IN_USE, "In use"))
        if self.scope.is_council:
            offered.insert(1, (FOOTPRINT, "In our area"))
        if self.scope.is_council and self.scope.may(Permission.VIEW_CASES):
            offered.append((NOT_VISITED, "Not visited in the last 12 months"))
        return offered

    def search_for(self, settings, name, value):
        """Return settings found by name, owner, URN or postcode.

        A postcode finds only settings whose address the reader may see, so a guess confirms
        nothing.
        """
        words = value.strip()
        told = called_openly(words) | Q(owner_name__icontains=words)
        compact = words.replace(" ", "")
        at_postcode = Q(compact_working__istartswith=compact)
        at_postcode |= Q(compact_working="", compact_published__istartswith=compact)
        return (
            settings.with_address_rule(self.user)
            .annotate(
                compact_working=Replace("working_postcode", Value(" ")),
                compact_published=Replace("ofsted_postcode", Value(" ")),
            )
            .filter(told | (Q(may_see_address=True) & at_postcode))
        )

    def graded(self, settings, name, value):
        if value == NONE_YET:
            return settings.filter(current_inspection=None)
        headlines = Judgement.objects.headlines().filter(grade=value)
        return settings.filter(Exists(headlines.filter(inspection=OuterRef("current_inspection"))))

    def narrowed(self, settings, name, value):
        if IN_USE in value:
            settings = settings.filter(in_use=True)
        if FOOTPRINT in value:
            settings = settings.in_footprint(self.scope.authority_id)
        if NOT_VISITED in value:
            settings = settings.exclude(visited_in_last_year(self.user, today()))
        return settings.in_house() if IN_HOUSE in value else settings

    def ordered(self, settings, name, value):
        return settings.order_by(*SORTS[value])
