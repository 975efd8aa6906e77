"""Pages of one self-assessment for both sides: its overview and the answers to one standard."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from inspections.question_sets.models import Standard
from inspections.self_assessments.models import TOLD_TO_COUNCIL, SelfAssessment, State
from inspections.self_assessments.rules import check_can_answer, check_can_review
from inspections.self_assessments.selectors import answer_sheet, validated_grades, validations_of, variances
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.ui.lists import page_of
from workflows.self_assessments.presenters import section_views, state_tag
from workflows.self_assessments.selectors import step_for


class AssessmentMixin(PermissionMixin):
    """Find the self-assessment of the URL; 404 for one that the reader may not see."""

    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = SelfAssessment.objects.visible_to(request.user).select_related(
            "campaign__version__question_set", "campaign__council", "setting__provision_type", "provider"
        )
        self.assessment = get_object_or_404(
            visible.select_related("case_link"), public_id=kwargs["public_id"]
        )

    @property
    def for_provider(self) -> bool:
        return self.request.user.scope.is_provider

    @property
    def tells_answers(self) -> bool:
        return self.for_provider or self.assessment.state in TOLD_TO_COUNCIL

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words, colour = state_tag(self.assessment, for_provider=self.for_provider)
        about = {
            "assessment": self.assessment,
            "campaign": self.assessment.campaign,
            "for_provider": self.for_provider,
            "tells_answers": self.tells_answers,
            "state_words": words,
            "state_colour": colour,
        }
        return super().get_context_data(**about | kwargs)


class StandardMixin(AssessmentMixin):
    """Find the standard of the URL by its code."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        standards = Standard.objects.filter(version=self.assessment.campaign.version_id)
        self.standard = get_object_or_404(standards, code=kwargs["standard"])

    def section(self, sheet: Any, validations: Any = None) -> Any:
        sections = section_views(sheet, validations)
        return next(one for one in sections if one.standard.pk == self.standard.pk)


class SelfAssessmentList(PermissionMixin, TemplateView):
    """The provider's own self-assessments, newest campaign first."""

    permission = Permission.VIEW_CASES
    template_name = "self_assessments/self_assessments.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.scope.is_provider:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = (
            SelfAssessment.objects.visible_to(self.request.user)
            .with_progress()
            .select_related("campaign__council", "setting__provision_type")
            .order_by("-campaign__opens_on", "due_on", "pk")
        )
        page = page_of(self.request, found)
        lines = [(one, *state_tag(one, for_provider=True)) for one in page]
        return super().get_context_data(page_obj=page, lines=lines, **kwargs)


class AssessmentPage(AssessmentMixin, TemplateView):
    """One self-assessment: for the provider what is left, for the council the answers and its review."""

    template_name = "self_assessments/self_assessment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, assessment = self.request.user, self.assessment
        sheet = answer_sheet(assessment, user)
        validations = validations_of(assessment, user)
        sections = section_views(sheet, validations) if self.tells_answers else []
        finished = sum(not section.left for section in sections)
        tells_grade = bool(sections) and finished == len(sections)  # half an answer sheet grades nothing
        is_over = assessment.state == State.VALIDATED
        return super().get_context_data(
            sections=sections,
            finished=finished,
            own_grade=sheet.graded()[1] if tells_grade else None,
            our_grade=validated_grades(sheet, validations)[1] if is_over else None,
            variances=variances(sheet, validations),
            submissions=list(assessment.submissions.select_related("submitted_by__person__details")),
            step=step_for(user, assessment),
            may_answer=can(check_can_answer, user, assessment),
            may_look=can(check_can_review, user, assessment),
            timeline=timeline(assessment, names=names_told_to(user)),
            **kwargs,
        )
