from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.generic import TemplateView, View

from inspections.ofsted.models import RegisterFile
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.exports import csv_response, xlsx_response
from qa_portal.portal.register.exports import HEADER, register_rows
from qa_portal.portal.register.filters import RegisterFilter
from qa_portal.portal.register.selectors import register_of, with_grades

PAGE = 50


class RegisterMixin(PermissionMixin):
    permission = Permission.VIEW_REGISTER

    def found(self) -> RegisterFilter:
        user = self.request.user
        return RegisterFilter(self.request.GET, register_of(user, today()), user=user)


class Register(RegisterMixin, TemplateView):
    template_name = "register/register.html"

    def get_context_data(self, **kwargs):
        user, found = self.request.user, self.found()
        page = Paginator(found.qs, PAGE).get_page(self.request.GET.get("page"))
        settings = with_grades(page.object_list)
        return super().get_context_data(
            filter=found,
            page_obj=page,
            settings=settings,
            has_register=bool(settings) or found.is_set or RegisterFile.objects.visible_to(user).exists(),
            may_import=user.scope.may(Permission.IMPORT_REGISTER),
            **kwargs,
        )


class RegisterCsv(RegisterMixin, View):
    def get(self, request) -> HttpResponse:
        return csv_response(filename="register.csv", header=HEADER, rows=register_rows(self.found().qs))


class RegisterXlsx(RegisterMixin, View):
    def get(self, request) -> HttpResponse:
        rows = register_rows(self.found().qs)
        return xlsx_response(filename="register.xlsx", title="Register", header=HEADER, rows=rows)
