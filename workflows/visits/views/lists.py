"""The list of visits and its CSV file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.generic import TemplateView, View

from inspections.visits.exports import HEADER, visit_rows
from inspections.visits.filters import VisitFilter
from inspections.visits.models import Visit
from inspections.visits.selectors import visit_counts
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.exports import csv_response

PAGE = 50


class ListMixin(PermissionMixin):
    permission = Permission.VIEW_CASES

    def seen(self):
        return Visit.objects.visible_to(self.request.user)

    def found(self) -> VisitFilter:
        return VisitFilter(self.request.GET, self.seen())


class VisitList(ListMixin, TemplateView):
    template_name = "visits/visits.html"

    def get_context_data(self, **kwargs):
        found, scope = self.found(), self.request.user.scope
        page = Paginator(found.qs.with_names(), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter=found,
            page_obj=page,
            visits=page.object_list,
            programme=visit_counts(self.seen(), today()),
            has_visits=bool(page.object_list) or self.seen().exists(),
            may_plan=scope.is_council and scope.may(Permission.PLAN_VISITS),
            **kwargs,
        )


class VisitListCsv(ListMixin, View):
    def get(self, request) -> HttpResponse:
        rows = visit_rows(self.found().qs.with_names())
        return csv_response(filename="visits.csv", header=HEADER, rows=rows)
