from django.urls import include, path

urlpatterns = [
    path("", include("workflows.shared.urls")),
    path("", include("workflows.applications.urls")),
    path("", include("workflows.self_assessments.urls")),
    path("", include("workflows.visits.urls")),
    path("", include("workflows.recorded_inspections.urls")),
    path("", include("workflows.issues.urls")),
    path("", include("workflows.reactions.urls")),
]
