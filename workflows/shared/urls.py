from django.urls import path

from workflows.shared import views

urlpatterns = [
    path("work/", views.Inbox.as_view(), name="inbox"),
    path("tasks/<int:pk>/", views.TaskPage.as_view(), name="task"),
    path("tasks/<int:pk>/take/", views.TakeTask.as_view(), name="take_task"),
    path("tasks/<int:pk>/return/", views.ReturnTask.as_view(), name="return_task"),
    path("tasks/<int:pk>/reassign/", views.ReassignTask.as_view(), name="reassign_task"),
    path("tasks/<int:pk>/stand-in/", views.AllowStandIn.as_view(), name="allow_stand_in"),
    path("cases/<int:pk>/", views.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/diagram.svg", views.CaseDiagram.as_view(), name="case_diagram"),
]
