"""Pages that compose what every slice knows."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from qa_portal.portal.home.audiences import home_of
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


@method_decorator(login_not_required, name="dispatch")
class Help(TemplateView):
    template_name = "portal/help.html"


@method_decorator(login_not_required, name="dispatch")
class Accessibility(TemplateView):
    template_name = "portal/accessibility.html"


@method_decorator(login_not_required, name="dispatch")
class Privacy(TemplateView):
    template_name = "portal/privacy.html"
