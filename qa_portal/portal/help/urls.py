"""Addresses of Help."""

from django.urls import path

from qa_portal.portal.help import views

urlpatterns = [
    path("help/", views.Help.as_view(), name="help"),
    path("help/accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("help/privacy/", views.Privacy.as_view(), name="privacy"),
    path("help/guides/<slug:slug>/", views.GuidePage.as_view(), name="guide"),
]
