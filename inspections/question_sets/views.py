"""Reading the frameworks: councils and providers see the same questions."""

from django.http import Http404
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
    """Versions of one framework by their numbers in the address; one the reader may not see is 404."""

    permission = Permission.VIEW_ORGANISATION
    numbers = ("number",)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        asked = [kwargs[name] for name in self.numbers]
        visible = FrameworkVersion.objects.visible_to(request.user).select_related("framework")
        found = {one.number: one for one in visible.filter(framework__code=kwargs["code"], number__in=asked)}
        if not found.keys() >= set(asked):
            raise Http404
        self.versions = [found[number] for number in asked]


class VersionPage(VersionMixin, TemplateView):
    template_name = "frameworks/version.html"

    def get_context_data(self, **kwargs):
        [version] = self.versions
        standards = standards_of(version)
        others = FrameworkVersion.objects.visible_to(self.request.user).filter(framework=version.framework)
        return super().get_context_data(
            version=version,
            framework=version.framework,
            standards=standards,
            questions=len(questions_of(standards)),
            others=list(others.exclude(pk=version.pk)),
            **kwargs,
        )


class CompareVersions(VersionMixin, TemplateView):
    template_name = "frameworks/compare.html"
    numbers = ("before", "after")

    def get_context_data(self, **kwargs):
        before, after = self.versions
        told = {"before": before, "after": after, "framework": after.framework}
        return super().get_context_data(**kwargs | told, differences=differences(before, after))
