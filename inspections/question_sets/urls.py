from django.urls import path

from inspections.question_sets import views

urlpatterns = [
    path("question-sets/", views.QuestionSets.as_view(), name="question_sets"),
    path("question-sets/<slug:code>/<int:number>/", views.VersionPage.as_view(), name="question_set_version"),
    path(
        "question-sets/<slug:code>/<int:before>/<int:after>/",
        views.CompareVersions.as_view(),
        name="compare_versions",
    ),
]
