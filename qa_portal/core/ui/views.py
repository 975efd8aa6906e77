from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.generic import FormView

from qa_portal.core.rules import Conflict, Refused
from qa_portal.core.ui.forms import GovukFormMixin


class ConfirmForm(GovukFormMixin, forms.Form):
    """No question: the page says what will happen, and the button does it."""


class ServiceFormView(FormView):
    """A page whose form calls one service, named by `act`.

    A wrong answer or a service that says no comes back as 422, with the sentence on the page: people
    see the form again, while proxies, logs and tests can tell a refusal from a page that was asked for.
    """

    template_name = "components/form_page.html"
    form_class = ConfirmForm
    page_title = ""
    intro = ""
    button = "Continue"

    def act(self, form) -> None:
        raise NotImplementedError

    def success_message(self, form) -> str:
        return ""

    def form_valid(self, form) -> HttpResponse:
        return self.run(lambda: self.act(form), form)

    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def run(self, service: Callable[[], object], form=None) -> HttpResponse:
        """Calls the service; `form` carries the refusal and is left out where the page asks nothing."""
        form = form or ConfirmForm(data={})
        try:
            service()
        except Conflict:
            raise
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return self.form_invalid(form)
        if message := self.success_message(form):
            messages.success(self.request, message)
        return super().form_valid(form)

    def get_context_data(self, **context) -> dict:
        page = {"page_title": self.page_title, "intro": self.intro, "button": self.button}
        return super().get_context_data(**page | context)
