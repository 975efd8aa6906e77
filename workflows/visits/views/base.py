from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspections.visits import rules
from inspections.visits.models import Visit
from providers.people.models import User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.guarded_form_view import GuardedFormView


class VisitMixin(PermissionMixin):
    """Find the visit of the URL; 404 for one that the reader may not see."""

    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visits = Visit.objects.visible_to(request.user).with_names()
        self.visit = get_object_or_404(visits, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(visit=self.visit, **kwargs)


class VisitStep(VisitMixin, GuardedFormView):
    template_name = "visits/step.html"
    may = Permission.RECORD_VISITS

    thing: Visit

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.thing = self.visit

    @classmethod
    def may_see(cls, by: User, visit: Visit) -> None:
        rules.check_council_may(by, cls.may, visit)

    def get_success_url(self) -> str:
        return reverse("visit", args=[self.visit.public_id])
