"""The portal's addresses, and a page that starts a process: the smallest a start page can be."""

from django.urls import include, path, reverse

from providers.people.models import Organisation
from qa_portal.core.ui.views import ServiceFormView
from tests.flows.driving import process_of
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel


class SendParcel(ServiceFormView):
    page_title = "Send a parcel"

    def act(self, form):
        parcel = Parcel.objects.create()
        council = Organisation.objects.get(pk=self.request.user.scope.organisation_id)
        ParcelFlow.start.run(parcel=parcel, council=council)
        self.process = process_of(ParcelFlow, parcel)

    def get_success_url(self):
        return reverse("case", args=[self.process.pk])


urlpatterns = [
    path("", include("qa_portal.urls")),
    path("parcels/send/", SendParcel.as_view(), name="send_parcel"),
]
