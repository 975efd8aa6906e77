"""The council's page of one standard, where it reviews each answer."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from inspections.question_sets.forms import SectionForm
from inspections.self_assessments.models import State
from inspections.self_assessments.selectors import answer_sheet, validations_of
from inspections.self_assessments.services import review_answers
from qa_portal.core.access.permissions import Permission
from qa_portal.core.ui.views import ServiceFormView
from workflows.self_assessments.forms import AgreeWithRestForm, CouncilViewForm
from workflows.self_assessments.views.reading import StandardMixin


class ReviewStandard(StandardMixin, ServiceFormView):
    permission = Permission.VALIDATE_SELF_ASSESSMENTS
    template_name = "self_assessments/review_standard.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.scope.is_council:
            raise Http404
        self.sheet = answer_sheet(self.assessment, request.user)
        self.looked = validations_of(self.assessment)

    @property
    def page_title(self) -> str:
        return f"Validate: {self.standard.title}"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.assessment.state != State.SUBMITTED:
            return HttpResponseRedirect(
                reverse("self_assessment_standard", args=[self.assessment.public_id, self.standard.code])
            )
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        data = self.request.POST if self.request.method == "POST" else None
        views = [
            CouncilViewForm(line.question, data, answer=line.answer, looked=self.looked.get(line.question.pk))
            for line in self.section(self.sheet, self.looked).lines
            if line.answer
        ]
        return self.with_token(SectionForm([*views, AgreeWithRestForm(data)]))

    def act(self, form: Any) -> None:
        *views, rest = form.forms
        told = [one.told(agree_with_the_rest=rest.cleaned_data["rest"]) for one in views]
        self.written = review_answers(
            by=self.request.user, assessment=self.assessment, views=[view for view in told if view]
        )

    def success_message(self, form: Any) -> str:
        return "Your review of these answers is saved."

    def get_success_url(self) -> str:
        later = [one for one in self.sheet.standards if one.order > self.standard.order]
        if self.request.POST.get("then") == "next" and later:
            return reverse("review_standard", args=[self.assessment.public_id, later[0].code])
        return reverse("self_assessment", args=[self.assessment.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        section = self.section(self.sheet, self.looked)
        form = kwargs.get("form") or self.get_form()
        views = {one.question.pk: one for one in form.forms if hasattr(one, "question")}
        return super().get_context_data(
            **kwargs | {"form": form},
            standard=self.standard,
            section=section,
            pairs=[(line, views.get(line.question.pk)) for line in section.lines],
            rest=form.forms[-1],
            is_last=section.standard.pk == self.sheet.standards[-1].pk,
        )
