import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic import FormView

from qa_portal.core.idempotency.services import DuplicateSubmission, location_of, record_submission, token_of
from qa_portal.core.rules import Conflict, Refused
from qa_portal.core.ui.forms import GovukFormMixin


class ConfirmForm(GovukFormMixin, forms.Form):
    """No question: the page says what will happen, and the button does it."""


class ServiceFormView(FormView):
    """A page whose form calls one service, named by `act`.

    A wrong answer or a service that says no comes back as 422, with the sentence on the page: people
    see the form again, while proxies, logs and tests can tell a refusal from a page that was asked for.
    The form carries a one-time token: sent again, by a double click or a retry, it leads where it led
    before (`IdempotencyMiddleware`) and does nothing.
    """

    template_name = "components/form_page.html"
    form_class: type[forms.BaseForm] = ConfirmForm
    button = "Continue"
    request: Any  # its user is the project's User

    @property
    def page_title(self) -> str:
        """Return the title of the page; a subclass may set a plain attribute instead."""
        return ""

    @property
    def intro(self) -> str:
        """Return the sentence above the form; a subclass may set a plain attribute instead."""
        return ""

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def success_message(self, form: Any) -> str:
        return ""

    def form_valid(self, form: Any) -> HttpResponse:
        return self.run(lambda: self.act(form), form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_form(self, form_class: Any = None) -> Any:
        return self.with_token(super().get_form(form_class))

    def with_token(self, form: Any) -> Any:
        """Also for a page that makes its form itself."""
        form.token = token_of(self.request.POST) or uuid.uuid4()
        return form

    def transaction(self) -> AbstractContextManager[None]:
        """Return the transaction that the service and the form's token are written in."""
        return transaction.atomic()

    def run(self, service: Callable[[], object], form: Any = None) -> HttpResponse:
        """Call the service; `form` carries the refusal and is left out where the page asks nothing."""
        form = form or ConfirmForm(data={})
        user, token = self.request.user, token_of(self.request.POST)
        try:
            with self.transaction():
                service()
                location = str(self.get_success_url())
                record_submission(user, token, location)
        except (Refused, DuplicateSubmission) as refused:
            # What refused may be our own effect: the same form, sent twice at the same moment.
            if before := location_of(user, token):
                return HttpResponseRedirect(before)
            if not isinstance(refused, Refused) or isinstance(refused, Conflict):
                raise
            form.add_error(None, refused.sentence)
            return self.form_invalid(form)
        if message := self.success_message(form):
            messages.success(self.request, message)
        return HttpResponseRedirect(location)

    def get_context_data(self, **context: Any) -> dict:
        page = {"page_title": self.page_title, "intro": self.intro, "button": self.button}
        return super().get_context_data(**page | context)
