from typing import Any

from django.http import Http404
from django.views.generic import View
from django.views.generic.base import ContextMixin

from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of


class SignedInMixin(ContextMixin, View):
    """A page behind the sign-in middleware: the user of its request is the project's User, never anonymous."""

    request: Any


class PermissionMixin(SignedInMixin):
    """A page for those whose role holds `permission` where they act; for others it does not exist."""

    permission: Permission

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not scope_of(request.user).may(self.permission):
            raise Http404
