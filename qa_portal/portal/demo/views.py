"""The demo's own pages, which anybody may open: there is nothing real in a demo."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView, TemplateView, View

from providers.people.middleware import ACTING_FOR
from providers.people.rules import own_membership
from qa_portal.core.dates import today
from qa_portal.core.demonstration import Demonstration
from qa_portal.core.ui.lists import page_of
from qa_portal.portal.demo import mail
from qa_portal.portal.demo.activity import days_of, lines_of
from qa_portal.portal.demo.clock import wind
from qa_portal.portal.demo.forms import WindForm
from qa_portal.portal.demo.people import PERSONAS
from qa_portal.portal.demo.region import signed_in
from qa_portal.portal.demo.tour import stops

for_anybody = method_decorator(login_not_required, name="dispatch")
SIGN_IN_BACKEND = "providers.people.backends.SignInBackend"
STEPS = {"1": "A day", "7": "A week", "30": "A month"}
PER_PAGE = 25


def next_page(request: Any, data: Any) -> str:
    """Return the page to go on to, if it is one of ours."""
    url = data.get("next", "")
    if not url.startswith("/"):  # a bare word would be taken for the name of an address
        return ""
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


@for_anybody
class Front(TemplateView):
    template_name = "demo/front.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        next_url = next_page(self.request, self.request.GET)
        return super().get_context_data(personas=PERSONAS, next=next_url, **context)


@for_anybody
class Become(View):
    """Signs in as one of the personas, without a password."""

    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        if request.POST.get("login") not in {persona.login for persona in PERSONAS}:
            raise Http404
        user = signed_in(request.POST["login"])
        login(request, user, backend=SIGN_IN_BACKEND)
        request.session[ACTING_FOR] = own_membership(user).pk
        return redirect(next_page(request, request.POST) or reverse("home"))


@for_anybody
class Tour(TemplateView):
    template_name = "demo/tour.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(stops=stops(), **context)


@for_anybody
class DemoClock(FormView):
    template_name = "demo/clock.html"
    form_class = WindForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("days") in STEPS:
            wind(int(request.POST["days"]))
            return redirect("demo_clock")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        wind((form.cleaned_data["to"] - today()).days)
        return redirect("demo_clock")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        row = Demonstration.objects.first()
        happened = row.happened if row else {}
        return super().get_context_data(
            today=today(),
            days_ahead=row.wound.days if row else 0,
            steps=STEPS,
            days=days_of(happened),
            lines=lines_of(happened),
            **context,
        )


@for_anybody
class Mails(TemplateView):
    template_name = "demo/mails.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = page_of(self.request, mail.outbox(), PER_PAGE)
        return super().get_context_data(
            mails=[mail.of_message(message) for message in page],
            page_obj=page,
            in_files=mail.in_files() if page.number == 1 else [],
            **context,
        )


def mail_of(key: str) -> mail.Mail:
    """Return the mail with this key. Raises Http404 where there is none."""
    try:
        message = mail.outbox().filter(public_id=key).first()
    except ValidationError:
        message = None
    found = mail.of_message(message) if message else next((m for m in mail.in_files() if m.key == key), None)
    if found is None:
        raise Http404
    return found


@for_anybody
class OneMail(TemplateView):
    template_name = "demo/mail.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(mail=mail_of(self.kwargs["key"]), **context)


@for_anybody
class DemoInvitation(View):
    def get(self, request: Any, key: Any) -> HttpResponse:
        found = mail_of(key)
        if not found.invitation:
            raise Http404
        attached = {"Content-Disposition": 'attachment; filename="invitation.ics"'}
        return HttpResponse(found.invitation, content_type="text/calendar; charset=utf-8", headers=attached)
