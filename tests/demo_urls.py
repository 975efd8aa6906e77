"""The portal's addresses with those of the demo: the tests run in another mode, in which they do not exist."""

from django.urls import include, path

from qa_portal import urls as portal

urlpatterns = [path("demo/", include("qa_portal.portal.demo.urls")), *portal.urlpatterns]
handler400, handler403, handler404, handler500 = (
    portal.handler400,
    portal.handler403,
    portal.handler404,
    portal.handler500,
)
