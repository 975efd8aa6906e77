"""The provider's page of one standard, saved as one section."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inspections.question_sets.answers import answer_text
from inspections.question_sets.forms import SectionForm
from inspections.question_sets.models import Question
from inspections.self_assessments.rules import check_can_answer
from inspections.self_assessments.selectors import AnswerSheet, answer_sheet, validations_of
from inspections.self_assessments.services import AnswersChanged, TypedAnswer, save_answers
from providers.people.rules import can
from qa_portal.core.access.permissions import Permission
from qa_portal.core.ui.views import ServiceFormView
from workflows.self_assessments.forms import OwnAnswerForm
from workflows.self_assessments.views.reading import StandardMixin


class AnswerStandard(StandardMixin, ServiceFormView):
    """Show the form to those who may answer now; to other readers the current answers."""

    template_name = "self_assessments/answer_standard.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.method == "POST" and not request.user.scope.may(Permission.ANSWER_FOR_PROVIDER):
            raise Http404
        self.sheet = answer_sheet(self.assessment, request.user)

    @property
    def page_title(self) -> str:
        return self.standard.title

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if can(check_can_answer, request.user, self.assessment):
            return super().get(request, *args, **kwargs)
        return self.read_only()

    def read_only(self) -> HttpResponse:
        validations = validations_of(self.assessment, self.request.user)
        context = super().get_context_data(form=None, section=self.section(self.sheet, validations))
        return render(self.request, "self_assessments/read_standard.html", context)

    def questions(self) -> list[Question]:
        """Return the questions asked now; for a sent form, those that its page asked."""
        if self.request.method != "POST":
            return self.sheet.asked_in(self.standard)
        of_standard = Question.objects.filter(standard=self.standard).order_by("order")
        sent = self.request.POST
        return [one for one in of_standard if f"q{one.pk}-row_version" in sent]

    def get_form_class(self) -> Any:
        return SectionForm

    def get_form(self, form_class: Any = None, data: Any = None) -> Any:
        data = data or (self.request.POST if self.request.method == "POST" else None)
        form = SectionForm(
            [
                OwnAnswerForm(question, data, answer=self.sheet.answers.get(question.pk))
                for question in self.questions()
            ]
        )
        return self.with_token(form)

    def act(self, form: Any) -> None:
        typed = [
            TypedAnswer(one.question, one.answer, one.cleaned_data.get("row_version") or 0)
            for one in form.forms
        ]
        self.changed = save_answers(by=self.request.user, assessment=self.assessment, typed=typed)
        self.sheet = answer_sheet(self.assessment, self.request.user)

    def run(self, service: Any, form: Any = None) -> HttpResponse:
        try:
            return super().run(service, form)
        except AnswersChanged as changed:
            return self.show_both(changed)

    def show_both(self, changed: AnswersChanged) -> HttpResponse:
        """Show what was typed beside a colleague's answer. Sending it again replaces theirs."""
        data = self.request.POST.copy()
        for pk, theirs in changed.theirs.items():
            data[f"q{pk}-row_version"] = theirs.row_version
        form = self.get_form(data=data)
        form.is_valid()
        for one in form.forms:
            if newer := changed.theirs.get(one.question.pk):
                one.theirs = newer
                one.theirs_in_words = answer_text(one.question, newer) or "No answer"
                one.add_error(
                    None,
                    f"{newer.answered_by.person} has answered {one.question.code} since you opened the page",
                )
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def success_message(self, form: Any) -> str:
        return "Your answers are saved."

    def get_success_url(self) -> str:
        """Return this page if it asks something new, else the next standard or the list."""
        asked_before = {one.pk for one in self.questions()}
        asked_now = {one.pk for one in self.sheet.asked_in(self.standard)}
        if self.request.POST.get("then") == "next":
            if asked_now - asked_before:
                return self.request.path
            if following := self.following(self.sheet):
                return reverse("self_assessment_standard", args=[self.assessment.public_id, following.code])
        return reverse("self_assessment", args=[self.assessment.public_id])

    def following(self, sheet: AnswerSheet) -> Any:
        later = [one for one in sheet.standards if one.order > self.standard.order]
        return later[0] if later else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            standard=self.standard,
            number=[one.pk for one in self.sheet.standards].index(self.standard.pk) + 1,
            total=len(self.sheet.standards),
            following=self.following(self.sheet),
            validations=validations_of(self.assessment, self.request.user),
            **kwargs,
        )
