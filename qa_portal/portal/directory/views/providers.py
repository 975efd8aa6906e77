from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView

from inspections.scorecards.queries import may_read_provider
from providers.directory.models import Provider, ProviderGroup, ProviderMerger
from providers.directory.services import check_can_merge_something, merge_providers
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView
from qa_portal.portal.directory.filters import SORTS
from qa_portal.portal.directory.forms import MergeForm
from qa_portal.portal.directory.selectors import (
    directory_of,
    group_counts,
    names_like,
    with_grades,
)


class ProviderMixin(PermissionMixin):
    permission = Permission.VIEW_REGISTER

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Provider.objects.visible_to(request.user).select_related("group", "merger__into")
        self.provider = get_object_or_404(visible, public_id=kwargs["public_id"])

    @property
    def may_merge(self) -> bool:
        return can(check_can_merge_something, self.request.user, self.provider)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(provider=self.provider, **kwargs)


class ProviderPage(ProviderMixin, DetailView):
    template_name = "directory/provider.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.provider

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, provider = self.request.user, self.provider
        owned = directory_of(user, today()).owned_by(provider.pk, today()).order_by(*SORTS["name"])
        page = page_of(self.request, owned)
        mergers = list(provider.mergers.select_related("merged"))
        return super().get_context_data(
            page_obj=page,
            settings=with_grades(page.object_list),
            mergers=mergers,
            may_merge=self.may_merge,
            may_read_scorecard=may_read_provider(user, provider.present),
            alike=names_like(provider) if self.may_merge else [],
            timeline=timeline(provider, *self.told_mergers(mergers), names=names_told_to(user)),
            **kwargs,
        )

    def told_mergers(self, mergers: list[ProviderMerger]) -> list[ProviderMerger]:
        """Return the mergers that the reader may see: an officer's reason is for councils, not for other providers."""
        return mergers if self.request.user.scope.is_council else []


class MergeProvider(ProviderMixin, ServiceFormView):
    permission = Permission.MERGE_PROVIDERS
    template_name = "directory/merge_provider.html"
    form_class = MergeForm
    button = "Confirm that they are one"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may_merge:
            raise Http404

    @property
    def page_title(self) -> str:
        return f"{self.provider} is another provider's name"

    def get_initial(self) -> dict[str, Any]:
        return {"into": self.request.GET.get("into", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(alike=names_like(self.provider), **kwargs)

    def act(self, form: Any) -> None:
        self.into = form.cleaned_data["into"]
        merge_providers(by=self.request.user, merged=self.provider, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.provider} now counts as {self.into}."

    def get_success_url(self) -> str:
        return reverse("provider", args=[self.into.public_id])


class ProviderGroupPage(PermissionMixin, DetailView):
    permission = Permission.VIEW_REGISTER
    template_name = "directory/provider_group.html"
    context_object_name = "group"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = ProviderGroup.objects.visible_to(request.user)
        self.group = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_object(self, queryset: Any = None) -> Any:
        return self.group

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        providers, scales = group_counts(self.group, user, today())
        return super().get_context_data(
            providers=providers,
            scales=scales,
            timeline=timeline(self.group, names=names_told_to(user)),
            **kwargs,
        )
