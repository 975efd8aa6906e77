from django.conf import settings
from django.urls import include, path

from qa_portal.portal import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("", include("qa_portal.portal.directory.urls")),
    path("code-lists/", include("qa_portal.portal.code_lists.urls")),
    path("", include("qa_portal.portal.health.urls")),
    path("", include("qa_portal.portal.help.urls")),
    path("help/pages/", views.AllPages.as_view(), name="all_pages"),
    path("search/", views.Search.as_view(), name="search"),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("qa_portal.portal.demo.urls"))]
