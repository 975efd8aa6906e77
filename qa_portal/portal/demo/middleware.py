from types import SimpleNamespace

from qa_portal.portal.demo.clock import clock, keep_time
from qa_portal.portal.demo.people import PERSONAS


class DemoMiddleware:
    """Answers every request at the demo's time, and lets its page offer the demo's own pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        keep_time()
        request.demo = SimpleNamespace(personas=PERSONAS, days_ahead=clock.ahead.days)
        return self.get_response(request)
