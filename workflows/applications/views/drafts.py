"""A provider prepares, sends and withdraws its application. Every page saves by itself: come back at any time."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from providers.documents.document_kinds import DocumentKind
from providers.documents.services import store_document
from providers.people.rules import can
from providers.purchasing.models import PurchasingSystem
from providers.purchasing.rules import check_can_apply, check_can_prepare, check_can_withdraw
from providers.purchasing.selectors import documents_asked_for, missing_of
from providers.purchasing.services.applications import (
    add_documents,
    choose_documents,
    choose_lots,
    declare,
    start_application,
)
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.views import ServiceFormView
from workflows.applications.exclusion_presenter import visible_declarations
from workflows.applications.forms.drafts import (
    DeclarationsForm,
    DocumentsForm,
    LotsForm,
    UploadForm,
    WithdrawApplicationForm,
)
from workflows.applications.selectors import documents_not_asked_for, library_of, lots_of
from workflows.applications.services import send_application, withdraw
from workflows.applications.views.applications import ApplicationMixin


class StartApplication(PermissionMixin, ServiceFormView):
    permission = Permission.APPLY
    template_name = "applications/start.html"
    button = "Start the application"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = PurchasingSystem.objects.visible_to(request.user).select_related("council")
        self.system = get_object_or_404(seen, public_id=kwargs["public_id"])
        if not can(check_can_apply, request.user, self.system):
            raise Http404

    @property
    def page_title(self) -> str:
        return f"Apply to {self.system}"

    def act(self, form: Any) -> None:
        self.application = start_application(by=self.request.user, system=self.system)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            system=self.system, lots=self.system.lots.select_related("provision_type"), **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("application", args=[self.application.public_id])


class DraftFormPage(ApplicationMixin, ServiceFormView):
    permission = Permission.APPLY
    may_see = check_can_prepare
    template_name = "applications/draft_form.html"
    button = "Save and continue"

    def get_success_url(self) -> str:
        return reverse("application", args=[self.application.public_id])


class ChooseLots(DraftFormPage):
    form_class = LotsForm
    page_title = "Choose lots and settings"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"application": self.application}

    def get_initial(self) -> dict[str, Any]:
        return LotsForm.initial_for(self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lots = self.application.system.lots.all()
        under_way = context["form"].under_way
        return context | {"left_out": [(lot, under_way[lot.pk]) for lot in lots if lot.pk in under_way]}

    def act(self, form: Any) -> None:
        choose_lots(by=self.request.user, application=self.application, chosen=form.chosen)

    def success_message(self, form: Any) -> str:
        return "Your lots are saved."


class ApplicationDocuments(DraftFormPage):
    template_name = "applications/documents.html"
    form_class = DocumentsForm
    page_title = "Documents"
    button = "Save"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"library": library_of(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        return {"documents": list(self.application.documents.values_list("document", flat=True))}

    def act(self, form: Any) -> None:
        choose_documents(by=self.request.user, application=self.application, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "Your documents are saved."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            asked_for=documents_asked_for(self.application),
            has_library=library_of(self.request.user).exists(),
            **kwargs,
        )


class UploadForApplication(DraftFormPage):
    """One upload, kept in the library and sent with the application."""

    form_class = UploadForm
    button = "Upload"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in DocumentKind.values:
            raise Http404
        self.kind = DocumentKind(kwargs["kind"])

    @property
    def page_title(self) -> str:
        return f"Upload: {self.kind.label}"

    intro = "It is kept in your documents, so that you can use it again. It must not identify a child."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def act(self, form: Any) -> None:
        user = self.request.user
        document = store_document(by=user, kind=self.kind, identifies_child=False, **form.cleaned_data)
        add_documents(by=user, application=self.application, documents=[document])

    def success_message(self, form: Any) -> str:
        return f"{self.kind.label}: uploaded and added to the application."

    def get_success_url(self) -> str:
        return reverse("application_documents", args=[self.application.public_id])


class Declare(DraftFormPage):
    form_class = DeclarationsForm
    page_title = "Exclusion"

    def get_initial(self) -> dict[str, Any]:
        return DeclarationsForm.initial_for(self.application)

    def act(self, form: Any) -> None:
        values = form.cleaned_data
        declare(
            by=self.request.user,
            application=self.application,
            answers=form.answers,
            platform_supplier_id=values["platform_supplier_id"],
            platform_share_code=values["platform_share_code"],
        )

    def success_message(self, form: Any) -> str:
        return "Your answers are saved."


class CheckAndSend(DraftFormPage):
    template_name = "applications/check_and_send.html"
    page_title = "Check your answers and send"
    button = "Send the application"

    def act(self, form: Any) -> None:
        send_application(by=self.request.user, application=self.application)

    def success_message(self, form: Any) -> str:
        return f"Application {self.application.reference} is sent."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked_for = documents_asked_for(self.application)
        return super().get_context_data(
            lots=lots_of(self.application),
            asked_for=asked_for,
            also_sent=documents_not_asked_for(self.application, asked_for),
            declarations=visible_declarations(self.application, self.request.user),
            missing=missing_of(self.application),
            **kwargs,
        )


class Withdraw(ApplicationMixin, ServiceFormView):
    permission = Permission.APPLY
    may_see = check_can_withdraw
    template_name = "applications/draft_form.html"
    form_class = WithdrawApplicationForm
    page_title = "Withdraw the application"
    intro = "Nothing more is done with it, and this cannot be taken back. You can apply again later."
    button = "Withdraw"

    def act(self, form: Any) -> None:
        withdraw(by=self.request.user, application=self.application, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"Application {self.application.reference} is withdrawn."

    def get_success_url(self) -> str:
        return reverse("applications")
