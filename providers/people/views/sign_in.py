from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.models import UserSession
from django.http.response import HttpResponseBase


class ActivateSecondFactor(ActivateTOTPView):
    """Ends every other session: one that got in by the password alone must not become whole by this one's code."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        answer = super().form_valid(form)
        others = UserSession.objects.filter(user=self.request.user)
        for session in others.exclude(session_key=self.request.session.session_key):
            session.end()
        return answer


activate_totp = ActivateSecondFactor.as_view()
