"""Pages that compose what every slice knows."""

from typing import Any

from django.views.generic import TemplateView

from qa_portal.core.access.views import SignedInMixin
from qa_portal.portal import search
from qa_portal.portal.home.dispatch import home_of
from qa_portal.portal.navigation import pages_open_to


class Home(SignedInMixin, TemplateView):
    """What waits for the person, and what changed where they work."""

    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(home=home_of(self.request.user), **kwargs)


class AllPages(SignedInMixin, TemplateView):
    """Every page that the reader may open, with what it is for."""

    template_name = "portal/all_pages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(areas=pages_open_to(self.request.user.scope), **kwargs)


class Search(SignedInMixin, TemplateView):
    """What the reader may see that is called by the words asked for."""

    template_name = "portal/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = " ".join(self.request.GET.get("words", "").replace("\0", "").split())
        is_long_enough = search.SHORTEST <= len(words) <= search.LONGEST
        groups = search.found(self.request.user, words) if is_long_enough else []
        return super().get_context_data(
            words=words[: search.LONGEST],
            groups=groups,
            problem="" if is_long_enough or not words else search.TOO_SHORT_OR_LONG,
            **kwargs,
        )
