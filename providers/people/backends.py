from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from providers.people.models import Organisation
from providers.people.selectors import holds


class SignInBackend(AuthenticationBackend):
    """Checks e-mail and password. Grants nothing: Django's own permissions and groups are not used."""

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def has_module_perms(self, user_obj, app_label):
        return False

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions


class MembershipBackend(BaseBackend):
    """Answers "may this person do it at that organisation?", and without an organisation always no.

    In a request only the organisation acted for counts; elsewhere any membership in force there.
    """

    def has_perm(self, user_obj, perm, obj=None):
        if not (user_obj.is_active and isinstance(obj, Organisation)):
            return False
        scope = getattr(user_obj, "scope", None)
        if scope is None:
            return holds(user_obj, perm, obj)
        return scope.organisation_id == obj.pk and perm in scope.permissions

    def get_all_permissions(self, user_obj, obj=None):
        return set()
