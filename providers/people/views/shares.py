from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from providers.people.forms import GiveReasonForm, ShareForm
from providers.people.models import Share
from providers.people.selectors import told_names
from providers.people.services.shares import end_share, share_cases
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView


class SharePage(PermissionMixin, TemplateView):
    """What the council shares with others and what others share with it."""

    permission = Permission.MANAGE_SHARES
    template_name = "people/shares.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        shares = list(Share.objects.visible_to(user).select_related("owner", "reader"))
        own = [share for share in shares if share.owner_id == user.scope.organisation_id]
        return super().get_context_data(
            given=own,
            received=[share for share in shares if share.owner_id != user.scope.organisation_id],
            today=today(),
            timeline=timeline(*own, names=told_names),
            **kwargs,
        )


class AddShare(PermissionMixin, ServiceFormView):
    permission = Permission.MANAGE_SHARES
    form_class = ShareForm
    page_title = "Share with another council or a partner agency"
    intro = "Your council stays the owner. The others can read, not change."
    button = "Share"
    success_url = reverse_lazy("shares")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> None:
        self.share = share_cases(by=self.request.user, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.share} is set up."


class EndShare(PermissionMixin, ServiceFormView):
    permission = Permission.MANAGE_SHARES
    form_class = GiveReasonForm
    button = "Stop sharing"
    success_url = reverse_lazy("shares")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        own = Share.objects.visible_to(request.user).filter(
            owner=request.user.scope.organisation_id, to_on=None
        )
        self.share = get_object_or_404(own.select_related("reader"), public_id=kwargs["public_id"])

    @property
    def page_title(self) -> str:
        return f"Stop sharing {self.share.get_kind_display().lower()} with {self.share.reader}"

    def act(self, form: Any) -> None:
        end_share(by=self.request.user, share=self.share, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The share is ended."
