"""The list of visits and its CSV file."""

from typing import Any

from inspections.visits.exports import HEADER, visit_rows
from inspections.visits.filters import VisitFilter
from inspections.visits.models import Visit
from inspections.visits.selectors import visit_counts
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import ListCsv, ScopedList, ScopedListView


class VisitLists(PermissionMixin, ScopedList):
    permission = Permission.VIEW_CASES
    model: Any = Visit
    filterset_class = VisitFilter


class VisitList(VisitLists, ScopedListView):
    template_name = "visits/visits.html"
    context_object_name = "visits"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope, visible = self.request.user.scope, self.visible()
        return super().get_context_data(
            counts=visit_counts(visible, today()),
            has_visits=bool(self.object_list) or visible.exists(),
            may_plan=scope.is_council and scope.may(Permission.PLAN_VISITS),
            **kwargs,
        )


class VisitListCsv(VisitLists, ListCsv):
    filename, header = "visits.csv", HEADER
    cells = staticmethod(visit_rows)
