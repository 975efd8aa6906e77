from django.urls import path

from qa_portal.portal import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("help/", views.Help.as_view(), name="help"),
    path("help/accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("help/privacy/", views.Privacy.as_view(), name="privacy"),
]
