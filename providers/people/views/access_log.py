from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict

from django.http import HttpResponse
from django.utils import timezone

from providers.people.filters import AccessFilter
from providers.people.models import Organisation, Person
from providers.people.selectors import acting_words
from qa_portal.core.access.log import record_access
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.lists import ListCsv, ScopedList, ScopedListView

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Names(TypedDict):
        """What `with_names` adds to an event."""

        who: str
        acting: str

    NamedEvent = WithAnnotations[AccessEvent, Names]


class AccessEvents(PermissionMixin, ScopedList):
    permission = Permission.READ_ACCESS_LOG
    model: Any = AccessEvent
    filterset_class = AccessFilter


class AccessLog(AccessEvents, ScopedListView):
    template_name = "people/access_log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"events": with_names(context["page_obj"].object_list)}


class AccessLogDownload(AccessEvents, ListCsv):
    """The rows of the page as a file; the download is itself in the log."""

    filename = "access-log.csv"
    header = ["When", "Who", "Acting as", "What was done", "Kind of item", "Item"]

    def get(self, request: Any) -> HttpResponse:
        record_access(
            by=request.user, item="access log", item_id="csv", purpose=AccessEvent.Purpose.DOWNLOADED
        )
        return super().get(request)

    @staticmethod
    def cells(rows: Any) -> list[list[str]]:
        return [
            [
                f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
                event.who,
                event.acting,
                event.get_purpose_display(),
                event.item,
                event.item_id,
            ]
            for event in with_names(rows)
        ]


def with_names(events: Iterable["NamedEvent"]) -> list["NamedEvent"]:
    """Return the events with names looked up now, because the log keeps numbers only."""
    events = list(events)
    people = Person.objects.select_related("details").in_bulk({event.person_id for event in events})
    organisations = Organisation.objects.in_bulk({event.organisation_id for event in events})
    for event in events:
        event.who = people[event.person_id].name
        event.acting = acting_words(event.role, organisations.get(event.organisation_id))
    return events
