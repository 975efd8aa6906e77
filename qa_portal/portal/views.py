"""Pages that compose what every slice knows."""

from django.views.generic import TemplateView

from qa_portal.portal.home.dispatch import home_of
from qa_portal.portal.more import entries_for


class Home(TemplateView):
    """What waits for the person, and what changed where they work."""

    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(home=home_of(self.request.user), **kwargs)


class More(TemplateView):
    """Everything that is opened now and then."""

    template_name = "portal/more.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(groups=entries_for(self.request.user.scope), **kwargs)
