"""Viewflow's own queue page over the same tables, for the bench alone: the portal mounts none of its pages.

The `viewflow` app stays out of INSTALLED_APPS: its templates are found already, its tags are named here, and
its middleware is the one it asks for beside Django's own.
"""

from copy import deepcopy

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset

from qa_portal.core.access.permissions import Permission as P
from tests.parcels.flows import ParcelFlow


class EverybodyMayRecord(ModelBackend):
    """Stock permissions know no organisation: whoever holds one holds it everywhere."""

    def get_all_permissions(self, user_obj, obj=None):
        return {str(P.RECORD_VISITS)}


site = Site(title="Stock", viewsets=[FlowAppViewset(ParcelFlow, icon="inbox")])
urlpatterns = [path("", site.urls)]


def stock_settings() -> dict:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["libraries"] = {"viewflow": "viewflow.templatetags.viewflow"}
    for ours in ("providers.people.context.page", "qa_portal.portal.navigation.navigation"):
        templates[0]["OPTIONS"]["context_processors"].remove(ours)
    return {
        "ROOT_URLCONF": "tests.performance.stock",
        "TEMPLATES": templates,
        "AUTHENTICATION_BACKENDS": ["tests.performance.stock.EverybodyMayRecord"],
        "MIDDLEWARE": [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "viewflow.middleware.SiteMiddleware",
        ],
    }
