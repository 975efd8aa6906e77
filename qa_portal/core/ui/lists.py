"""Pages that list rows: scoped to the reader, narrowed by a filter, fifty a page, and as a file.

    class ActionLists(PermissionMixin, ScopedList):
        permission = Permission.VIEW_CASES
        model = Action
        filterset_class = ActionFilter

    class ActionList(ActionLists, ScopedListView):
        template_name = "actions/actions.html"

    class ActionListCsv(ActionLists, ListCsv):
        filename, header = "actions.csv", HEADER
        cells = staticmethod(action_rows)

The template draws `filter.form` with `components/filter.html`, the rows of `page_obj`, and
`components/pagination.html`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.generic import ListView, View
from django.views.generic.base import ContextMixin

from qa_portal.core.exports import csv_response, xlsx_response
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin

PAGE_SIZE = 50


def page_of(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page:
    """Return the page that the address asks for; the first or the last where it asks for none that exists."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


class FilterForm(GovukFormMixin, forms.Form):
    """The form of a filter, drawn with the same fields as every other form."""


class ListFilter(django_filters.FilterSet):
    """A filter set whose form looks like ours. `shown_first` is what the list shows when nothing is asked."""

    look: dict[str, FieldOptions] = {}
    shown_first: Mapping[str, str] = {}
    only_sort: frozenset[str] = frozenset()
    """Names of filters that order the list and leave nothing out."""

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: one.field for name, one in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields | {"look": self.look})

    @property
    def is_set(self) -> bool:
        """Return whether the reader left anything out, so that an empty list can be widened again."""
        data = self.form.data
        narrowing = self.filters.keys() - self.only_sort
        return any(data.get(name) and data.get(name) != self.shown_first.get(name) for name in narrowing)


class ScopedList(ContextMixin, View):
    """The rows of one list for one reader: those `visible_to` them, narrowed by the filter."""

    model: Any  # a model with `visible_to`
    filterset_class: type[django_filters.FilterSet] | None = None
    filter: django_filters.FilterSet | None = None
    request: HttpRequest

    def visible(self) -> Any:
        """Return all that the reader may see; a list of something else starts from here too."""
        return self.model._default_manager.visible_to(self.request.user)

    def get_filter_options(self) -> dict[str, Any]:
        """Return what the filter set needs besides the query string and the rows, such as `user`."""
        return {}

    def get_queryset(self) -> QuerySet:
        rows = self.visible()
        if self.filterset_class:
            self.filter = self.filterset_class(self.request.GET, rows, **self.get_filter_options())
            rows = self.filter.qs
        return self.with_names(rows)

    def with_names(self, rows: QuerySet) -> QuerySet:
        """Return the rows with what a line shows; asked after the filter, which may not need it."""
        return rows.with_names() if hasattr(rows, "with_names") else rows


class ScopedListView(ScopedList, ListView):
    """A page of rows, with `page_obj` and `filter` for the template."""

    paginate_by = PAGE_SIZE

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """Return a page that exists, whatever the address asks for; Django's own answer is 404."""
        page = page_of(self.request, queryset, page_size)
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(filter=self.filter, **kwargs)


class ListFile(ScopedList):
    """All rows of the list as a file, filtered as on the page. `cells` makes the lines of the file."""

    filename: str
    header: Sequence[str]

    @staticmethod
    def cells(rows: Any) -> Iterable[Sequence[object]]:
        """Return one sequence of cells for each row."""
        raise NotImplementedError


class ListCsv(ListFile):
    def get(self, request: HttpRequest) -> HttpResponse:
        return csv_response(filename=self.filename, header=self.header, rows=self.cells(self.get_queryset()))


class ListXlsx(ListFile):
    title: str

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.cells(self.get_queryset())
        return xlsx_response(filename=self.filename, title=self.title, header=self.header, rows=rows)
