"""Answered by `HealthMiddleware` before anything else; they stand in the portal's addresses like any other."""

from django.urls import path

from qa_portal.portal.health import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
