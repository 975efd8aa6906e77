from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from providers.people.forms import AcceptForm, ActingForForm, MyDetailsForm
from providers.people.middleware import ACTING_FOR, has_second_factor
from providers.people.models import User
from providers.people.services.invitations import (
    accept_as_known_person,
    accept_as_new_person,
    invitation_for,
)
from providers.people.services.memberships import change_details
from qa_portal.core.access.views import SignedInMixin
from qa_portal.core.ui.views import ServiceFormView


class MyAccount(SignedInMixin, TemplateView):
    template_name = "people/my_account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            memberships=self.request.memberships,
            second_factor=has_second_factor(self.request.user),
            **kwargs,
        )


class MyDetails(ServiceFormView):
    form_class = MyDetailsForm
    page_title = "Your details"
    button = "Save"
    success_url = reverse_lazy("my_account")

    def get_initial(self) -> dict[str, Any]:
        details = getattr(self.request.user.person, "details", None)
        if details is None:
            return {}
        return {"full_name": details.full_name, "job_title": details.job_title, "phone": details.phone}

    def act(self, form: Any) -> None:
        change_details(by=self.request.user, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "Your details are saved."


class ActingForPage(ServiceFormView):
    form_class = ActingForForm
    template_name = "people/acting_for.html"
    page_title = "Whom are you acting for now?"
    button = "Continue"
    success_url = reverse_lazy("home")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"memberships": self.request.memberships}

    def act(self, form: Any) -> None:
        self.request.session[ACTING_FOR] = int(form.cleaned_data["membership"])

    def success_message(self, form: Any) -> str:
        return ""


@method_decorator(login_not_required, name="dispatch")
class AcceptInvitation(ServiceFormView):
    """Opened from the mail. One answer for every link that no longer works, whatever the cause."""

    form_class = AcceptForm
    template_name = "people/accept_invitation.html"
    page_title = "You are invited"
    button = "Accept the invitation"
    success_url = reverse_lazy("home")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = invitation_for(kwargs["token"])
        if found is None:
            return render(request, "people/invitation_void.html", status=404)
        self.invitation = found
        self.has_account = User.objects.filter(email__iexact=self.invitation.email, is_active=True).exists()
        if request.method == "POST" and self.has_account:
            return self.accept_signed_in()
        if request.user.is_authenticated and not self.has_account:
            return render(request, "people/invitation_of_another.html", status=409)
        return super().dispatch(request, *args, **kwargs)

    def accept_signed_in(self) -> HttpResponseBase:
        user = self.request.user
        if not user.is_authenticated:
            return redirect(self.sign_in_address())
        if settings.SECOND_FACTOR_COMPULSORY and not has_second_factor(user):
            return redirect("mfa_activate_totp")
        return self.run(lambda: accept_as_known_person(by=self.request.user, invitation=self.invitation))

    def sign_in_address(self) -> str:
        return f"{reverse_lazy('account_login')}?next={self.request.path}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"email": self.invitation.email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            invitation=self.invitation,
            has_account=self.has_account,
            sign_in_address=self.sign_in_address(),
            **kwargs,
        )

    def act(self, form: Any) -> None:
        accept_as_new_person(invitation=self.invitation, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        if self.has_account:
            return f"You can act for {self.invitation.organisation} now."
        return "Your account is ready. Sign in with your email address and the password you chose."
