"""Pages of Help: open to anybody, because somebody who cannot sign in needs them too."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from qa_portal.portal.help.guides import BY_SLUG, GLOSSARY, GUIDES, guide_for
from qa_portal.portal.help.markdown import guide_html


@method_decorator(login_not_required, name="dispatch")
class Help(TemplateView):
    """Who to ask, and the guides, the reader's own first."""

    template_name = "help/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = guide_for(getattr(self.request.user, "scope", None))
        others = [guide for guide in GUIDES if guide != own]
        return super().get_context_data(own_guide=own, other_guides=others, glossary=GLOSSARY, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class GuidePage(TemplateView):
    """One guide, or the glossary."""

    template_name = "help/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guide = BY_SLUG.get(self.kwargs["slug"])
        if guide is None:
            raise Http404
        return super().get_context_data(guide=guide, page=guide_html(guide.path, guide.file), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Accessibility(TemplateView):
    """The accessibility statement."""

    template_name = "help/accessibility.html"


@method_decorator(login_not_required, name="dispatch")
class Privacy(TemplateView):
    """What is kept about people, and why."""

    template_name = "help/privacy.html"
