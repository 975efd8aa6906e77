from django.urls import path

from qa_portal.portal.imports.views import code_lists, files, placing_counts

urlpatterns = [
    path("imports/", files.History.as_view(), name="imports"),
    path("imports/new/", files.NewImport.as_view(), name="new_import"),
    path("imports/<uuid:public_id>/", files.ImportPage.as_view(), name="import"),
    path("imports/<uuid:public_id>/confirm/", files.ConfirmImport.as_view(), name="confirm_import"),
    path("imports/<uuid:public_id>/withdraw/", files.WithdrawImport.as_view(), name="withdraw_import"),
    path("imports/files/<uuid:public_id>/", files.RegisterFilePage.as_view(), name="register_file"),
    path("imports/files/<uuid:public_id>/withdraw/", files.WithdrawFile.as_view(), name="withdraw_file"),
    path("placing-counts/", placing_counts.PlacingCounts.as_view(), name="placing_counts"),
    path(
        "placing-counts/upload/",
        placing_counts.UploadPlacingCounts.as_view(),
        name="upload_placing_counts",
    ),
    path("placing-counts/confirm/", placing_counts.ConfirmUse.as_view(), name="confirm_use"),
    path("code-lists/", code_lists.CodeLists.as_view(), name="code_lists"),
    path("code-lists/<slug:kind>/", code_lists.CodeList.as_view(), name="code_list"),
    path("code-lists/<slug:kind>/add/", code_lists.AddCode.as_view(), name="add_code"),
    path("code-lists/<slug:kind>/<int:pk>/", code_lists.ChangeCode.as_view(), name="change_code"),
]
