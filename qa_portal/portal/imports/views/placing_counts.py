from django.core.paginator import Paginator
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from providers.contracts.models import PlacingCount
from providers.contracts.services import record_counts_file
from providers.directory.models import Authority
from providers.people.selectors import told_names
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView
from qa_portal.portal.imports.forms import PlacingCountsForm

PAGE = 50


class PlacingCounts(PermissionMixin, TemplateView):
    permission = Permission.RECORD_PLACING_COUNTS
    template_name = "imports/placing_counts.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        own = Authority.objects.lineage(user.scope.authority_id)
        counts = (
            PlacingCount.objects.visible_to(user)
            .filter(placing_authority__in=own)
            .latest(today())
            .select_related("setting__provision_type", "setting__authority")
            .order_by("setting__urn")
        )
        page = Paginator(counts, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, counts=with_recorder(list(page)), **kwargs)


def with_recorder(counts: list[PlacingCount]) -> list[tuple[PlacingCount, str]]:
    """Each with who gave it, as its history knows."""
    rows = PlacingCount.history.filter(id__in=[count.pk for count in counts]).order_by("history_id")
    newest = {row.id: row for row in rows}
    names = told_names([newest[count.pk] for count in counts])
    return [(count, by.who) for count, by in zip(counts, names, strict=True)]


class UploadPlacingCounts(PermissionMixin, ServiceFormView):
    permission = Permission.RECORD_PLACING_COUNTS
    template_name = "imports/upload_placing_counts.html"
    form_class = PlacingCountsForm
    page_title = "Upload placing counts"
    button = "Record these counts"
    success_url = reverse_lazy("placing_counts")

    def act(self, form):
        read = form.cleaned_data
        self.written = record_counts_file(by=self.request.user, content=read["upload"], as_at=read["as_at"])

    def success_message(self, form) -> str:
        if not self.written:
            return "These counts stood already: nothing has changed."
        return f"{self.written} count{'' if self.written == 1 else 's'} recorded."
