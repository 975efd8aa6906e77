"""A page about one thing, guarded by the rules of the service that its form calls."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from qa_portal.core.rules import Refused
from qa_portal.core.ui.views import ServiceFormView


class GuardedFormView(ServiceFormView):
    """`thing` is set in `setup`. Each rule takes the user and the thing, and raises Refused.

    Who `may_see` refuses could never do it: the page is 404. Where `may_do` refuses, it is
    too early or too late: the page redirects and shows the reason.
    """

    thing: object
    may_see: Callable
    may_do: Callable

    def dispatch(self, request, *args, **kwargs):
        try:
            type(self).may_see(request.user, self.thing)
        except Refused:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        try:
            type(self).may_do(request.user, self.thing)
        except Refused as refused:
            messages.warning(request, refused.sentence)
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)
