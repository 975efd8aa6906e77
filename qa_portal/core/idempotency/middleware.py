from django.http import HttpResponseRedirect

from qa_portal.core.idempotency.services import location_of, token_of


class IdempotencyMiddleware:
    """A form that was acted on leads where it led before, and no view looks at it again.

    Before any view: what its own effect has changed since (a step done, a right used up) may refuse it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        before = location_of(request.user, token_of(request.POST))
        return HttpResponseRedirect(before) if before else None
