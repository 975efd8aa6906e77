from django.urls import path

from inspections.ofsted import views

urlpatterns = [
    path("", views.OfstedFiles.as_view(), name="ofsted_files"),
    path("new/", views.NewImport.as_view(), name="new_ofsted_file"),
    path("imports/<uuid:public_id>/", views.ImportPage.as_view(), name="ofsted_file_import"),
    path(
        "imports/<uuid:public_id>/confirm/",
        views.ConfirmImport.as_view(),
        name="confirm_ofsted_file_import",
    ),
    path(
        "imports/<uuid:public_id>/withdraw/",
        views.WithdrawImport.as_view(),
        name="withdraw_ofsted_file_import",
    ),
    path("<uuid:public_id>/", views.OfstedFilePage.as_view(), name="ofsted_file"),
]
