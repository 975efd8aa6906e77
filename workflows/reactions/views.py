from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from inspections.issues.selectors import known_without_case
from inspections.ofsted.forms import WithdrawFileForm
from inspections.ofsted.importer.withdrawing import plan_withdrawal
from inspections.ofsted.presenters import withdrawal_parts
from inspections.ofsted.views import OfstedFileMixin
from providers.directory.models import Setting
from providers.people.rules import own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView
from workflows.reactions.open_issues import open_known
from workflows.reactions.withdrawals import withdraw_and_notify


class KnownMixin(PermissionMixin):
    """For those of a council who may raise issues."""

    permission = Permission.RAISE_ISSUES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not scope_of(request.user).is_council:
            raise Http404


class KnownInadequate(KnownMixin, TemplateView):
    template_name = "issues/known.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        council = own_organisation(self.request.user)
        return super().get_context_data(settings=known_without_case(council, today()), **kwargs)


class OpenKnown(KnownMixin, ServiceFormView):
    template_name = "issues/open_known.html"
    page_title = "Open a contract issue"
    intro = "A contract issue will open and must be triaged today."
    button = "Open a contract issue"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.setting = get_object_or_404(
            Setting.objects.visible_to(request.user).with_names(), public_id=kwargs["public_id"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(setting=self.setting, **kwargs)

    def act(self, form: Any) -> None:
        self.issue = open_known(by=self.request.user, setting=self.setting)

    def success_message(self, form: Any) -> str:
        return "The contract issue is open."

    def get_success_url(self) -> str:
        return reverse("issue", args=[self.issue.public_id])


class WithdrawOfstedFile(OfstedFileMixin, PermissionMixin, ServiceFormView):
    """Withdraw an imported file, and tell the councils whose contract issues rest on it."""

    permission = Permission.IMPORT_REGISTER
    template_name = "ofsted/withdraw_file.html"
    form_class = WithdrawFileForm
    page_title = "Withdraw this file"
    button = "Withdraw the file"

    def act(self, form: Any) -> None:
        withdraw_and_notify(by=self.request.user, file=self.file, reason=form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = None if self.withdrawal else plan_withdrawal(self.file, lock=False).as_json()
        return super().get_context_data(
            file=self.file,
            withdrawal=self.withdrawal,
            parts=withdrawal_parts(plan) if plan else [],
            **kwargs,
        )

    def success_message(self, form: Any) -> str:
        return "File withdrawn. The register no longer includes it."

    def get_success_url(self) -> str:
        return reverse("ofsted_file", args=[self.file.public_id])
