from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from providers.people.filters import AccessFilter
from providers.people.models import Organisation, Person
from providers.people.selectors import acting_words
from qa_portal.core.access.log import record_access
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.exports import csv_response

PAGE = 50


class AccessLog(PermissionMixin, TemplateView):
    permission = Permission.READ_ACCESS_LOG
    template_name = "people/access_log.html"

    def get_context_data(self, **kwargs):
        found = AccessFilter(self.request.GET, AccessEvent.objects.visible_to(self.request.user))
        page = Paginator(found.qs, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(filter=found, page_obj=page, events=named(page.object_list), **kwargs)


class AccessLogDownload(PermissionMixin, View):
    """The same rows as the page, filtered alike; the download is itself in the log."""

    permission = Permission.READ_ACCESS_LOG

    def get(self, request) -> HttpResponse:
        record_access(
            by=request.user, item="access log", item_id="csv", purpose=AccessEvent.Purpose.DOWNLOADED
        )
        found = AccessFilter(request.GET, AccessEvent.objects.visible_to(request.user))
        rows = [
            [
                f"{timezone.localtime(e.at):%Y-%m-%d %H:%M:%S}",
                e.who,
                e.acting,
                e.get_purpose_display(),
                e.item,
                e.item_id,
            ]
            for e in named(found.qs)
        ]
        header = ["When", "Who", "Acting as", "What was done", "Kind of item", "Item"]
        return csv_response(filename="access-log.csv", header=header, rows=rows)


def named(events) -> list[AccessEvent]:
    """The events with names looked up now, because the log keeps numbers only."""
    events = list(events)
    people = Person.objects.select_related("details").in_bulk({event.person_id for event in events})
    organisations = Organisation.objects.in_bulk({event.organisation_id for event in events})
    for event in events:
        event.who = people[event.person_id].name
        event.acting = acting_words(event.role, organisations.get(event.organisation_id))
    return events
