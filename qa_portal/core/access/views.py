from django.http import Http404

from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of


class PermissionMixin:
    """A page for those whose role holds `permission` where they act; for others it does not exist."""

    permission: Permission

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not scope_of(request.user).may(self.permission):
            raise Http404
