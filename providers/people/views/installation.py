import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from providers.directory.models import Authority
from providers.people.forms import AuthorityForm
from providers.people.services.organisations import change_authority
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.views import ServiceFormView


class AuthorityList(PermissionMixin, TemplateView):
    permission = Permission.MANAGE_INSTALLATION
    template_name = "people/authorities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        authorities = Authority.objects.visible_to(self.request.user).prefetch_related(
            "inheritances__predecessor", "successions__successor"
        )
        return super().get_context_data(authorities=authorities, **kwargs)


class ChangeAuthority(PermissionMixin, ServiceFormView):
    permission = Permission.MANAGE_INSTALLATION
    form_class = AuthorityForm
    button = "Save"
    success_url = reverse_lazy("authorities")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Authority.objects.visible_to(request.user)
        self.authority = get_object_or_404(visible, public_id=kwargs["public_id"])

    @property
    def page_title(self) -> str:
        return f"Change {self.authority}"

    def get_initial(self) -> dict[str, Any]:
        return AuthorityForm.initial_for(self.authority)

    def act(self, form: Any) -> None:
        change_authority(by=self.request.user, authority=self.authority, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.authority} is changed."


@login_not_required
@cache_control(public=True, max_age=365 * 24 * 60 * 60, immutable=True)
def brand_css(request: Any, colour: str) -> HttpResponse:
    """Return the council's colour as a style sheet, because pages have no inline style. The URL holds the colour."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    return HttpResponse(f":root{{--govuk-brand-colour:#{colour}}}\n", content_type="text/css")
