from typing import Any

from django.http import HttpResponse
from django.views.generic import TemplateView, View

from inspections.ofsted.models import RegisterFile
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.exports import csv_response, xlsx_response
from qa_portal.core.ui.lists import page_of
from qa_portal.portal.directory.exports import HEADER, directory_rows
from qa_portal.portal.directory.filters import DirectoryFilter
from qa_portal.portal.directory.selectors import directory_of, with_grades


class DirectoryMixin(PermissionMixin):
    permission = Permission.VIEW_REGISTER

    def found(self) -> DirectoryFilter:
        user = self.request.user
        return DirectoryFilter(self.request.GET, directory_of(user, today()), user=user)


class Directory(DirectoryMixin, TemplateView):
    template_name = "directory/directory.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, found = self.request.user, self.found()
        page = page_of(self.request, found.qs)
        settings = with_grades(page.object_list)
        return super().get_context_data(
            filter=found,
            page_obj=page,
            settings=settings,
            has_register=bool(settings) or found.is_set or RegisterFile.objects.visible_to(user).exists(),
            may_import=user.scope.may(Permission.IMPORT_REGISTER),
            **kwargs,
        )


class DirectoryCsv(DirectoryMixin, View):
    def get(self, request: Any) -> HttpResponse:
        return csv_response(filename="settings.csv", header=HEADER, rows=directory_rows(self.found().qs))


class DirectoryXlsx(DirectoryMixin, View):
    def get(self, request: Any) -> HttpResponse:
        rows = directory_rows(self.found().qs)
        return xlsx_response(filename="settings.xlsx", title="Settings", header=HEADER, rows=rows)
