from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView

from providers.people.filters import OrganisationFilter
from providers.people.forms import AddAgencyForm, AddProviderForm, RenameForm
from providers.people.models import Invitation, Membership, Organisation, Share
from providers.people.rules import can, check_can_rename, roles_to_invite
from providers.people.selectors import names_told_to
from providers.people.services.organisations import add_agency, add_provider, rename_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.ui.lists import ScopedListView
from qa_portal.core.ui.views import ServiceFormView


class OrganisationList(PermissionMixin, ScopedListView):
    permission = Permission.VIEW_ORGANISATION
    model = Organisation
    filterset_class = OrganisationFilter
    template_name = "people/organisation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_add = self.request.user.scope.may(Permission.MANAGE_ORGANISATIONS)
        return super().get_context_data(may_add=may_add, **kwargs)


class OrganisationMixin(PermissionMixin):
    """Pages below one organisation that the user may see."""

    permission = Permission.VIEW_ORGANISATION

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Organisation.objects.visible_to(request.user).select_related("authority", "provider")
        self.organisation = get_object_or_404(visible, public_id=kwargs["public_id"])


class OrganisationPage(OrganisationMixin, DetailView):
    template_name = "people/organisation.html"
    context_object_name = "organisation"

    def get_object(self, queryset: Any = None) -> Any:
        return self.organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.object
        people = Membership.objects.visible_to(user).filter(organisation=organisation).with_names()
        invitations = Invitation.objects.visible_to(user).open().filter(organisation=organisation)
        return super().get_context_data(
            people=people.in_force(),
            left=people.exclude(pk__in=people.in_force()).order_by("-to_on")[:20],
            invitations=invitations,
            may_invite=bool(roles_to_invite(user, organisation)),
            may_rename=can(check_can_rename, user, organisation),
            shares=Share.objects.visible_to(user).filter(reader=organisation).select_related("reader"),
            timeline=timeline(organisation, names=names_told_to(user)),
            **kwargs,
        )


class AddOrganisation(PermissionMixin, ServiceFormView):
    permission = Permission.MANAGE_ORGANISATIONS
    added: Organisation
    button = "Add"

    def success_message(self, form: Any) -> str:
        return f"{self.added} is added. Invite its first person next."

    def get_success_url(self) -> str:
        return reverse("organisation", args=[self.added.public_id])


class AddProvider(AddOrganisation):
    form_class = AddProviderForm
    page_title = "Add a provider"

    def act(self, form: Any) -> None:
        self.added = add_provider(by=self.request.user, **form.cleaned_data)


class AddAgency(AddOrganisation):
    form_class = AddAgencyForm
    page_title = "Add a partner agency"

    def act(self, form: Any) -> None:
        self.added = add_agency(by=self.request.user, **form.cleaned_data)


class RenameOrganisation(OrganisationMixin, ServiceFormView):
    form_class = RenameForm
    page_title = "Change the name"
    button = "Save the new name"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can(check_can_rename, request.user, self.organisation):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.organisation.name}

    def act(self, form: Any) -> None:
        rename_organisation(by=self.request.user, organisation=self.organisation, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The name is changed."

    def get_success_url(self) -> str:
        return reverse("organisation", args=[self.organisation.public_id])
