from django.urls import path

from workflows.issues import views

urlpatterns = [
    path("issues/", views.IssueList.as_view(), name="issues"),
    path("issues/raise/", views.RaiseIssue.as_view(), name="raise_issue"),
    path("issues/<uuid:public_id>/", views.IssuePage.as_view(), name="issue"),
    path("issues/<uuid:public_id>/move/", views.MoveIssue.as_view(), name="move_issue"),
    path("issues/<uuid:public_id>/concerns/add/", views.AddConcern.as_view(), name="add_concern"),
    path("issues/letters/<int:pk>/", views.RecordNotice.as_view(), name="issue_notice"),
]
