from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from inspections.ofsted.import_requests import ImportRequest
from inspections.ofsted.import_steps import ask_for_import, confirm_import, withdraw_import
from inspections.ofsted.models import RegisterFile
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.views import ServiceFormView
from qa_portal.portal.imports.forms import ImportForm
from qa_portal.portal.imports.results import parts_of

PAGE = 25


class CouncilMixin(PermissionMixin):
    """What was imported is for every council: its dates stand behind what their pages say."""

    permission = Permission.VIEW_ORGANISATION

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not scope_of(request.user).is_council:
            raise Http404

    @property
    def may_import(self) -> bool:
        return scope_of(self.request.user).may(Permission.IMPORT_REGISTER)


class History(CouncilMixin, TemplateView):
    template_name = "imports/history.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        files = RegisterFile.objects.visible_to(user).defer("headings").select_related("imported_by__details")
        requests = ImportRequest.objects.visible_to(user).unfinished().with_names()
        return super().get_context_data(
            page_obj=Paginator(files, PAGE).get_page(self.request.GET.get("page")),
            requests=requests,
            may_import=self.may_import,
            **kwargs,
        )


class RegisterFilePage(CouncilMixin, DetailView):
    template_name = "imports/register_file.html"
    context_object_name = "file"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        visible = RegisterFile.objects.visible_to(request.user).select_related("imported_by__details")
        self.file = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_object(self, queryset=None):
        return self.file

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            parts=parts_of(self.file.result),
            refused=self.file.result["refused"],
            may_import=self.may_import,
            **kwargs,
        )


class NewImport(PermissionMixin, ServiceFormView):
    permission = Permission.IMPORT_REGISTER
    template_name = "imports/new_import.html"
    form_class = ImportForm
    page_title = "Import a register file"
    button = "Upload and preview"

    def act(self, form):
        self.asked = ask_for_import(by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("import", args=[self.asked.public_id])


class ImportMixin(PermissionMixin):
    permission = Permission.IMPORT_REGISTER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        visible = ImportRequest.objects.visible_to(request.user).with_names()
        self.asked = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=self.asked, **kwargs)

    def get_success_url(self):
        return reverse("import", args=[self.asked.public_id])


class ImportPage(ImportMixin, TemplateView):
    template_name = "imports/import.html"

    def get_context_data(self, **kwargs):
        asked, State = self.asked, ImportRequest.State
        return super().get_context_data(
            parts=parts_of(asked.result) if asked.result else [],
            refused=asked.result["refused"] if asked.result else [],
            is_under_way=asked.state in (State.WAITING, State.APPLYING),
            may_confirm=asked.may_become(State.APPLYING),
            may_withdraw=asked.may_become(State.WITHDRAWN),
            **kwargs,
        )


class ConfirmImport(ImportMixin, ServiceFormView):
    page_title = "Import this file"
    intro = "The register will be what the file says on the day that it speaks for. This cannot be undone."
    button = "Import now"

    def act(self, form):
        confirm_import(by=self.request.user, request=self.asked)


class WithdrawImport(ImportMixin, ServiceFormView):
    page_title = "Withdraw this import"
    intro = "Nothing is imported, and the uploaded file is deleted."
    button = "Withdraw"

    def act(self, form):
        withdraw_import(by=self.request.user, request=self.asked)

    def success_message(self, form) -> str:
        return "The import is withdrawn."

    def get_success_url(self):
        return reverse("imports")
