"""Reading the frameworks: councils and providers see the same questions."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from inspections.frameworks.models import FrameworkVersion
from inspections.frameworks.selectors import differences, frameworks_with_versions, questions_of, standards_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin


class Frameworks(PermissionMixin, TemplateView):
    permission = Permission.VIEW_ORGANISATION
    template_name = "frameworks/frameworks.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(frameworks=frameworks_with_versions(self.request.user), **kwargs)


class VersionMixin(PermissionMixin):
    permission = Permission.VIEW_ORGANISATION

    def version(self, number: int) -> FrameworkVersion:
        visible = FrameworkVersion.objects.visible_to(self.request.user).select_related("framework")
        return get_object_or_404(visible, framework__code=self.kwargs["code"], number=number)


class VersionPage(VersionMixin, TemplateView):
    template_name = "frameworks/version.html"

    def get_context_data(self, **kwargs):
        version = self.version(self.kwargs["number"])
        standards = standards_of(version)
        others = version.framework.versions.visible_to(self.request.user).exclude(pk=version.pk)
        return super().get_context_data(
            version=version,
            framework=version.framework,
            standards=standards,
            questions=len(questions_of(standards)),
            others=list(others),
            **kwargs,
        )


class CompareVersions(VersionMixin, TemplateView):
    template_name = "frameworks/compare.html"

    def get_context_data(self, **kwargs):
        before, after = self.version(self.kwargs["before"]), self.version(self.kwargs["after"])
        return super().get_context_data(
            framework=after.framework,
            differences=differences(before, after),
            **kwargs | {"before": before, "after": after},
        )
