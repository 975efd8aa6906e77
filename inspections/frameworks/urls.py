from django.urls import path

from inspections.frameworks import views

urlpatterns = [
    path("frameworks/", views.Frameworks.as_view(), name="frameworks"),
    path("frameworks/<slug:code>/<int:number>/", views.VersionPage.as_view(), name="framework_version"),
    path(
        "frameworks/<slug:code>/<int:before>/<int:after>/",
        views.CompareVersions.as_view(),
        name="compare_versions",
    ),
]
