import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory

from qa_portal.core.rules import Conflict, Refused
from qa_portal.core.ui.forms import GovukFormMixin
from qa_portal.core.ui.views import ServiceFormView

pytestmark = pytest.mark.django_db  # the service and the form's receipt are one transaction


class Messages(BaseStorage):
    """Kept in memory only."""

    def _get(self, *args, **kwargs):
        return [], True


class NameForm(GovukFormMixin, forms.Form):
    name = forms.CharField(error_messages={"required": "Enter a name"})


class Rename(ServiceFormView):
    form_class = NameForm
    page_title = "Change the name"
    success_url = "/done/"
    refusal = None

    def act(self, form):
        if self.refusal:
            raise self.refusal

    def success_message(self, form) -> str:
        return f"{form.cleaned_data['name']} it is."


class Withdraw(ServiceFormView):
    page_title = "Withdraw"
    success_url = "/done/"

    def act(self, form):
        pass


@pytest.fixture
def post():
    def send(view, data, **options):
        request = RequestFactory().post("/", data)
        request.user, request._messages = AnonymousUser(), Messages(request)
        response = view.as_view(**options)(request)
        if hasattr(response, "render"):
            response.render()
        return response, [str(message) for message in get_messages(request)]

    return send


def test_what_the_service_does_is_told_on_the_next_page(post):
    response, told = post(Rename, {"name": "Beck Hall"})
    assert (response.status_code, response["Location"]) == (302, "/done/")
    assert told == ["Beck Hall it is."]


def test_a_wrong_answer_comes_back_as_422(post):
    response, told = post(Rename, {"name": ""})
    assert response.status_code == 422
    assert "Enter a name" in response.content.decode()
    assert told == []


def test_a_refusal_is_shown_above_what_was_typed(post):
    response, told = post(
        Rename, {"name": "Beck Hall"}, refusal=Refused("The name is taken. Choose another.")
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert html.index("The name is taken. Choose another.") < html.index('value="Beck Hall"')
    assert told == []


def test_a_conflict_is_left_to_the_middleware(post):
    with pytest.raises(Conflict):
        post(Rename, {"name": "Beck Hall"}, refusal=Conflict("Changed meanwhile."))


def test_a_page_may_ask_nothing_but_the_button(post):
    response, told = post(Withdraw, {})
    assert response.status_code == 302
    assert told == []
