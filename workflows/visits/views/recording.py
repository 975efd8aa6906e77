"""The recording form: all of a visit on one page, at an address that a device can keep.

One form holds every section, so that saving one loses nothing that was typed in another.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from inspections.question_sets.forms import QuestionForm
from inspections.visits import rules
from inspections.visits.conflicts import EditConflict
from inspections.visits.models import PeopleSpokenTo
from inspections.visits.reports import VisitRecord, proposed_actions
from inspections.visits.services.recording import DETAIL_COLUMNS, AnswerEdit, save_record
from providers.people.rules import can
from qa_portal.core.access.permissions import Permission
from qa_portal.core.rules import Conflict, Refused
from workflows.visits.conflict_presenter import conflict_rows
from workflows.visits.flows import VisitFlow
from workflows.visits.forms import VisitDetailsForm
from workflows.visits.selectors import open_step
from workflows.visits.views.base import VisitMixin

MINE, THEIRS, UNANSWERED = "mine", "theirs", "unanswered"


class RecordVisitPage(VisitMixin, TemplateView):
    template_name = "visits/record.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return 404 to anybody who can never edit this record."""
        if not can(rules.check_council_may, request.user, Permission.RECORD_VISITS, self.visit):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            rules.check_can_record(request.user, self.visit)
        except Refused as refused:
            messages.warning(request, refused.sentence)
            return redirect("visit", public_id=self.visit.public_id)
        self.read()
        return self.render_to_response(self.get_context_data())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.read(request.POST)
        conflicts: list[EditConflict] = []
        wrong = [form for form in self.sent() if not form.is_valid()]
        try:
            conflicts = self.save()
        except Conflict:
            raise
        except Refused as refused:
            return self.render_to_response(self.get_context_data(refused=refused.sentence), status=422)
        if wrong or conflicts:
            page = self.get_context_data(
                wrong=wrong, conflicts=conflict_rows(conflicts, self.record.questions)
            )
            return self.render_to_response(page, status=409 if conflicts else 422)
        messages.success(request, f"Saved at {timezone.localtime():%H:%M}.")
        return redirect(self.back_to(request.POST.get("section", "")))

    def back_to(self, section: str) -> str:
        url = reverse("record_visit", args=[self.visit.public_id])
        view = f"?show={UNANSWERED}" if self.only_unanswered else ""
        known = {standard.code for standard in self.record.standards}
        return f"{url}{view}#standard-{section}" if section in known else url + view

    @property
    def only_unanswered(self) -> bool:
        return self.request.GET.get("show") == UNANSWERED

    def read(self, data: Any = None) -> None:
        self.record = VisitRecord(self.visit)
        self.details = VisitDetailsForm(data, visit=self.visit)
        asked = self.record.asked if data is None else self.record.questions
        self.forms = {
            question.pk: QuestionForm(question, data, answer=self.record.answers.get(question.pk))
            for question in asked
            if data is None or f"q{question.pk}-row_version" in data
        }

    def sent(self) -> Iterator:
        yield self.details
        yield from self.forms.values()

    def choice(self, key: str) -> str:
        return self.request.POST.get(f"choose-{key}", "")

    def version(self, key: str, drawn_from: int) -> int:
        """Return the version that the page showed; after a conflict, the one the person chose against."""
        seen = self.request.POST.get(f"seen-{key}", "")
        return int(seen) if self.choice(key) == MINE and seen.isdigit() else drawn_from

    def save(self) -> list[EditConflict]:
        answers = [
            AnswerEdit(form.question, form.answer, self.version(key, form.cleaned_data["row_version"] or 0))
            for form in self.forms.values()
            if form.is_valid() and self.choice(key := f"q{form.question.pk}") != THEIRS
        ]
        details = self.given_details() if self.details.is_valid() else {}
        return save_record(by=self.request.user, visit=self.visit, answers=answers, **details).conflicts

    def given_details(self) -> dict:
        answers = self.details.cleaned_data
        columns = {
            column: (answers[column], self.version(column, answers["version"]))
            for column in DETAIL_COLUMNS
            if self.choice(column) != THEIRS
        }
        people = {
            role: (
                answers[f"people_{role}"] or 0,
                self.version(f"people_{role}", answers[f"people_{role}_version"]),
            )
            for role in PeopleSpokenTo.Role.values
            if self.choice(f"people_{role}") != THEIRS
        }
        return {"details": columns, "people": people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit, record = self.visit, self.record
        step = open_step(visit, VisitFlow.record)
        return super().get_context_data(
            details=self.details,
            sections=[self.section(standard) for standard in record.standards],
            only_unanswered=self.only_unanswered,
            unanswered=len(record.unanswered()),
            asked=len(record.asked),
            task=step or open_step(visit),
            is_record_step=step is not None,
            may_arrive=not visit.is_known_to_provider
            and can(rules.check_can_arrive, self.request.user, visit),
            **kwargs,
        )

    def section(self, standard: Any) -> dict:
        record = self.record
        asked = record.of(standard)
        shown = [one for one in asked if not (self.only_unanswered and record.is_answered(one))]
        answered = sum(record.is_answered(question) for question in asked)
        return {
            "standard": standard,
            "forms": [self.forms[question.pk] for question in shown if question.pk in self.forms],
            "answered": answered,
            "asked": len(asked),
            "actions": [a for a in self.proposed if a.standard == standard.title],
        }

    @property
    def proposed(self) -> list:
        if not hasattr(self, "_proposed"):
            self._proposed = list(proposed_actions(self.visit))
        return self._proposed
