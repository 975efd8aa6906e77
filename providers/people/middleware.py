from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect

from providers.people.membership_context import activate_membership
from providers.people.selectors import memberships_of
from qa_portal.core.audit.audit_context import Actor, audit_as

ACTING_FOR = "acting_for"
WITHOUT_SECOND_FACTOR = {"mfa_activate_totp", "account_logout", "account_reauthenticate"}
WITHOUT_CHOICE = WITHOUT_SECOND_FACTOR | {
    "acting_for",
    "my_account",
    "my_details",
    "account_change_password",
    "usersessions_list",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


def is_for_anybody(view) -> bool:
    """Return whether the view is `login_not_required`: a signed-in person may read it too, whatever is still missing."""
    return not getattr(view, "login_required", True)


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


class SecondFactorMiddleware:
    """A password alone opens no page but the one where the second factor is set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not (settings.SECOND_FACTOR_COMPULSORY and request.user.is_authenticated) or is_for_anybody(view):
            return None
        if request.resolver_match.view_name in WITHOUT_SECOND_FACTOR or has_second_factor(request.user):
            return None
        return redirect("mfa_activate_totp")


class ActingForMiddleware:
    """Reads the memberships anew on every request, so that a change of role counts at the next click.

    Whoever has several must choose; the choice lives in the session. All that the request writes is
    recorded as that person's, for that organisation.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            with audit_as(Actor(role="not signed in")):
                return self.get_response(request)
        request.memberships = memberships_of(request.user)
        request.actor = activate_membership(request.user, self.chosen(request))
        with audit_as(request.actor):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or user.membership or is_for_anybody(view):
            return None
        return None if request.resolver_match.view_name in WITHOUT_CHOICE else redirect("acting_for")

    @staticmethod
    def chosen(request):
        if len(request.memberships) == 1:
            return request.memberships[0]
        wanted = request.session.get(ACTING_FOR)
        return next((row for row in request.memberships if row.pk == wanted), None)
