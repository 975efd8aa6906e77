"""What councils buy through, as everybody concerned reads it, and as its owner sets it up."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from providers.people.rules import can
from providers.people.selectors import names_told_to
from providers.purchasing.forms import (
    ConditionsForm,
    LotForm,
    ParticipantForm,
    RequirementForm,
    SystemForm,
)
from providers.purchasing.models import Lot, PurchasingSystem, RequiredDocument, SystemParticipant
from providers.purchasing.rules import check_can_apply, check_can_manage
from providers.purchasing.selectors import conditions_in_force, lots_with_members, systems_with_counts
from providers.purchasing.services.systems import (
    add_lot,
    add_participant,
    add_system,
    change_lot,
    change_system,
    end_participation,
    publish_system,
    require_document,
    set_conditions,
    stop_requiring,
)
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin, SignedInMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView


class SystemsMixin(SignedInMixin):
    """Councils, and providers that may read cases; for everybody else there are no such pages."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        scope = request.user.scope
        council = scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)
        if not (council or (scope.is_provider and scope.may(Permission.VIEW_CASES))):
            raise Http404


class Systems(SystemsMixin, TemplateView):
    template_name = "purchasing/systems.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            systems=systems_with_counts(user, today()),
            may_manage=user.scope.may(Permission.MANAGE_PURCHASING),
            today=today(),
            **kwargs,
        )


class SystemPage(SystemsMixin, TemplateView):
    template_name = "purchasing/system.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = PurchasingSystem.objects.visible_to(request.user).select_related("council")
        self.system = get_object_or_404(seen, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, system = self.request.user, self.system
        participants = list(system.participants.filter(to_on=None).select_related("council"))
        looking_after = {system.council_id, *(one.council_id for one in participants)}
        told = user.scope.is_provider or user.scope.organisation_id in looking_after
        return super().get_context_data(
            system=system,
            lots=lots_with_members(system, user, today(), holds_are_told=told),
            conditions=conditions_in_force(system, today()) or system.conditions.last(),
            participants=participants,
            today=today(),
            may_manage=can(check_can_manage, user, system),
            may_apply=can(check_can_apply, user, system),
            timeline=timeline(system, names=names_told_to(user)) if user.scope.is_council else None,
            **kwargs,
        )


class AddSystem(PermissionMixin, ServiceFormView):
    permission = Permission.MANAGE_PURCHASING
    template_name = "purchasing/add_system.html"
    form_class = SystemForm
    page_title = "Add a purchasing system"
    intro = "Nobody outside your council sees it until you publish it."
    button = "Save"

    def get_initial(self) -> dict[str, Any]:
        return SystemForm.USUAL

    def act(self, form: Any) -> None:
        values = {name: form.cleaned_data[name] for name in SystemForm.COLUMNS}
        self.system = add_system(by=self.request.user, **values)

    def get_success_url(self) -> str:
        return reverse("purchasing_system", args=[self.system.public_id])


class SystemFormPage(PermissionMixin, ServiceFormView):
    """Something that the owner council does to its system."""

    permission = Permission.MANAGE_PURCHASING
    template_name = "purchasing/system_form.html"
    button = "Save"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.system = self.find(PurchasingSystem.objects.visible_to(request.user).owned_by(request.user))

    def find(self, own: Any) -> PurchasingSystem:
        return get_object_or_404(own.select_related("council"), public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(system=self.system, **kwargs)

    def get_success_url(self) -> str:
        return reverse("purchasing_system", args=[self.system.public_id])


class ChangeSystem(SystemFormPage):
    form_class = SystemForm
    page_title = "Change the system"

    def get_initial(self) -> dict[str, Any]:
        return SystemForm.initial_for(self.system)

    def act(self, form: Any) -> None:
        values = {name: form.cleaned_data[name] for name in SystemForm.COLUMNS}
        seen = form.cleaned_data["row_version"]
        version = self.system.row_version if seen is None else seen
        change_system(by=self.request.user, system=self.system, row_version=version, **values)

    def success_message(self, form: Any) -> str:
        return "The system is saved."


class PublishSystem(SystemFormPage):
    page_title = "Publish the system"
    intro = (
        "Providers see it from now on and may apply from its first day. The reference and the legal regime are"
        " fixed then; the conditions of a dynamic market too."
    )
    button = "Publish"

    def act(self, form: Any) -> None:
        publish_system(by=self.request.user, system=self.system)

    def success_message(self, form: Any) -> str:
        return f"{self.system} is published."


class SetConditions(SystemFormPage):
    form_class = ConditionsForm
    page_title = "Conditions for membership"
    intro = "A new version. Applications sent before keep the version under which they were sent."

    def get_initial(self) -> dict[str, Any]:
        newest = self.system.conditions.first()
        return {"text": newest.text if newest else "", "from_on": today()}

    def act(self, form: Any) -> None:
        set_conditions(by=self.request.user, system=self.system, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The conditions are saved."


class LotFormMixin(SystemFormPage):
    form_class = LotForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "on": today()}


class AddLot(LotFormMixin):
    page_title = "Add a lot"

    def act(self, form: Any) -> None:
        add_lot(by=self.request.user, system=self.system, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The lot is added."


class LotFormPage(SystemFormPage):
    """The address names a lot of one's own system."""

    def find(self, own: Any) -> PurchasingSystem:
        lots = Lot.objects.visible_to(self.request.user).filter(system__in=own)
        self.lot = get_object_or_404(
            lots.select_related("system__council"), public_id=self.kwargs["public_id"]
        )
        return self.lot.system


class ChangeLot(LotFormMixin, LotFormPage):
    page_title = "Change the lot"

    def get_initial(self) -> dict[str, Any]:
        return LotForm.initial_for(self.lot)

    def act(self, form: Any) -> None:
        change_lot(by=self.request.user, lot=self.lot, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The lot is saved."


class RequireDocument(LotFormPage):
    form_class = RequirementForm
    intro = "A kind that is asked for already is changed."

    @property
    def page_title(self) -> str:
        return f"Ask for a document on lot {self.lot}"

    def act(self, form: Any) -> None:
        require_document(by=self.request.user, lot=self.lot, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The lot asks for the document."


class StopRequiring(SystemFormPage):
    button = "Stop asking"

    def find(self, own: Any) -> PurchasingSystem:
        rows = RequiredDocument.objects.filter(lot__system__in=own).select_related("lot__system__council")
        self.required = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.required.lot.system

    @property
    def page_title(self) -> str:
        return f"Stop asking for {self.required} on lot {self.required.lot}"

    def act(self, form: Any) -> None:
        stop_requiring(by=self.request.user, required=self.required)

    def success_message(self, form: Any) -> str:
        return "The lot does not ask for it any more."


class AddParticipant(SystemFormPage):
    form_class = ParticipantForm
    page_title = "Add a council"
    intro = "It sees the system and who is on each lot. Applications stay with your council."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "system": self.system}

    def act(self, form: Any) -> None:
        add_participant(by=self.request.user, system=self.system, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The council takes part."


class EndParticipation(SystemFormPage):
    button = "End"

    def find(self, own: Any) -> PurchasingSystem:
        rows = SystemParticipant.objects.filter(system__in=own, to_on=None)
        self.participant = get_object_or_404(
            rows.select_related("council", "system__council"), pk=self.kwargs["pk"]
        )
        return self.participant.system

    @property
    def page_title(self) -> str:
        return f"{self.participant.council} takes part no longer"

    def act(self, form: Any) -> None:
        end_participation(by=self.request.user, participant=self.participant)

    def success_message(self, form: Any) -> str:
        return "The council takes part no longer."
