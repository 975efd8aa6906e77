from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from inspections.ofsted.forms import ConfirmImportForm, ImportForm
from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.import_steps import ask_for_import, confirm_import, withdraw_import
from inspections.ofsted.models import RegisterFile, RegisterFileWithdrawal
from inspections.ofsted.presenters import parts_of, warning_of, withdrawal_parts
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.views import PermissionMixin, SignedInMixin
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView

PAGE = 25


class ImportedFilesMixin(PermissionMixin):
    """Access for every council to imported files: their dates explain what other pages show."""

    permission = Permission.VIEW_ORGANISATION

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not scope_of(request.user).is_council:
            raise Http404

    @property
    def may_import(self) -> bool:
        return scope_of(self.request.user).may(Permission.IMPORT_REGISTER)


class OfstedFiles(ImportedFilesMixin, TemplateView):
    template_name = "ofsted/ofsted_files.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        files = RegisterFile.objects.visible_to(user).defer("headings", "fields")
        files = files.select_related("imported_by__details", "withdrawal__by__details")
        requests = ImportRequest.objects.visible_to(user).unfinished().with_names()
        return super().get_context_data(
            page_obj=page_of(self.request, files, PAGE),
            requests=requests,
            may_import=self.may_import,
            **kwargs,
        )


class OfstedFileMixin(SignedInMixin):
    """Lookup of the file in the URL, among those that the reader may see."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = RegisterFile.objects.visible_to(request.user).defer("headings", "fields")
        visible = visible.select_related("imported_by__details", "withdrawal__by__details")
        self.file = get_object_or_404(visible, public_id=kwargs["public_id"])

    @property
    def withdrawal(self) -> RegisterFileWithdrawal | None:
        return getattr(self.file, "withdrawal", None)


class OfstedFilePage(OfstedFileMixin, ImportedFilesMixin, DetailView):
    template_name = "ofsted/ofsted_file.html"
    context_object_name = "file"

    def get_object(self, queryset: Any = None) -> Any:
        return self.file

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            parts=parts_of(self.file.result),
            refused=self.file.result["refused"],
            may_import=self.may_import,
            withdrawal=self.withdrawal,
            withdrawal_parts=withdrawal_parts(self.withdrawal.result) if self.withdrawal else [],
            **kwargs,
        )


class NewImport(PermissionMixin, ServiceFormView):
    permission = Permission.IMPORT_REGISTER
    template_name = "ofsted/new_import.html"
    form_class = ImportForm
    page_title = "Import an Ofsted file"
    button = "Upload and preview"

    def act(self, form: Any) -> None:
        self.asked = ask_for_import(by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("ofsted_file_import", args=[self.asked.public_id])


class ImportMixin(PermissionMixin):
    permission = Permission.IMPORT_REGISTER

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = ImportRequest.objects.visible_to(request.user).with_names()
        self.asked = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked, **kwargs)

    def get_success_url(self) -> str:
        return reverse("ofsted_file_import", args=[self.asked.public_id])


class ImportPage(ImportMixin, TemplateView):
    template_name = "ofsted/import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, State = self.asked, ImportRequest.State
        return super().get_context_data(
            parts=parts_of(asked.result) if asked.result else [],
            refused=asked.result["refused"] if asked.result else [],
            is_under_way=asked.state in (State.WAITING, State.APPLYING),
            may_confirm=asked.may_become(State.APPLYING),
            may_withdraw=asked.may_become(State.WITHDRAWN),
            warning=warning_of(asked),
            **kwargs,
        )


class ConfirmImport(ImportMixin, ServiceFormView):
    template_name = "ofsted/confirm_import.html"
    form_class = ConfirmImportForm
    page_title = "Import this file"
    button = "Import now"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"takes_too_many": self.asked.takes_too_many}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(warning=warning_of(self.asked), **kwargs)

    def act(self, form: Any) -> None:
        confirm_import(
            by=self.request.user,
            request=self.asked,
            gone_confirmed=form.cleaned_data.get("gone_confirmed", False),
        )


class WithdrawImport(ImportMixin, ServiceFormView):
    page_title = "Withdraw this import"
    intro = "Nothing is imported, and the uploaded file is deleted."
    button = "Withdraw"

    def act(self, form: Any) -> None:
        withdraw_import(by=self.request.user, request=self.asked)

    def success_message(self, form: Any) -> str:
        return "Import withdrawn."

    def get_success_url(self) -> str:
        return reverse("ofsted_files")
