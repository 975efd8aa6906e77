"""Pages that show question sets. Councils and providers see the same questions."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from inspections.question_sets.models import QuestionSetVersion
from inspections.question_sets.selectors import (
    differences,
    question_sets_with_versions,
    questions_of,
    standards_of,
)
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin


class QuestionSets(PermissionMixin, TemplateView):
    permission = Permission.VIEW_ORGANISATION
    template_name = "question_sets/question_sets.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question_sets=question_sets_with_versions(self.request.user), **kwargs
        )


class VersionMixin(PermissionMixin):
    """Find the versions whose numbers are in the URL; 404 for one that the reader may not see."""

    permission = Permission.VIEW_ORGANISATION
    numbers: tuple[str, ...] = ("number",)

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        asked = [kwargs[name] for name in self.numbers]
        visible = QuestionSetVersion.objects.visible_to(request.user).select_related("question_set")
        found = {
            one.number: one for one in visible.filter(question_set__code=kwargs["code"], number__in=asked)
        }
        if not found.keys() >= set(asked):
            raise Http404
        self.versions = [found[number] for number in asked]


class VersionPage(VersionMixin, TemplateView):
    template_name = "question_sets/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [version] = self.versions
        standards = standards_of(version)
        others = QuestionSetVersion.objects.visible_to(self.request.user).filter(
            question_set=version.question_set
        )
        return super().get_context_data(
            version=version,
            question_set=version.question_set,
            standards=standards,
            questions=len(questions_of(standards)),
            others=list(others.exclude(pk=version.pk)),
            **kwargs,
        )


class CompareVersions(VersionMixin, TemplateView):
    template_name = "question_sets/compare.html"
    numbers = ("before", "after")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = self.versions
        told = {"before": before, "after": after, "question_set": after.question_set}
        return super().get_context_data(**kwargs | told, differences=differences(before, after))
