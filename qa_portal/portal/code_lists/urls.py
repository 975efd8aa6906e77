from django.urls import path

from qa_portal.portal.code_lists import views

urlpatterns = [
    path("", views.CodeLists.as_view(), name="code_lists"),
    path("<slug:kind>/", views.CodeList.as_view(), name="code_list"),
    path("<slug:kind>/add/", views.AddCode.as_view(), name="add_code"),
    path("<slug:kind>/<int:pk>/", views.ChangeCode.as_view(), name="change_code"),
]
