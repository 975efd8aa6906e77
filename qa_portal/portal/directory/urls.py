from django.urls import path

from qa_portal.portal.directory.views import lists, providers, setting_steps, settings

urlpatterns = [
    path("directory/", lists.Directory.as_view(), name="directory"),
    path("directory/settings.csv", lists.DirectoryCsv.as_view(), name="directory_csv"),
    path("directory/settings.xlsx", lists.DirectoryXlsx.as_view(), name="directory_xlsx"),
    path("directory/settings/<uuid:public_id>/", settings.SettingPage.as_view(), name="setting"),
    *(
        path(
            f"directory/settings/<uuid:public_id>/{view.page.removeprefix('setting_')}/",
            view.as_view(),
            name=view.page,
        )
        for view in settings.TAB_VIEWS
    ),
    path(
        "directory/settings/<uuid:public_id>/details/",
        setting_steps.ChangeWorkingDetails.as_view(),
        name="change_working_details",
    ),
    path(
        "directory/settings/<uuid:public_id>/contact/", setting_steps.SetContact.as_view(), name="set_contact"
    ),
    path(
        "directory/settings/<uuid:public_id>/note/",
        setting_steps.AddContactNote.as_view(),
        name="add_contact_note",
    ),
    path(
        "directory/settings/<uuid:public_id>/premises/",
        setting_steps.AddPremises.as_view(),
        name="add_premises",
    ),
    path(
        "directory/settings/<uuid:public_id>/children/",
        setting_steps.RecordPlacingCount.as_view(),
        name="record_placing_count",
    ),
    path("directory/contacts/<uuid:public_id>/end/", setting_steps.EndContact.as_view(), name="end_contact"),
    path(
        "directory/premises/<uuid:public_id>/end/", setting_steps.EndPremises.as_view(), name="end_premises"
    ),
    path("directory/providers/<uuid:public_id>/", providers.ProviderPage.as_view(), name="provider"),
    path(
        "directory/providers/<uuid:public_id>/merge/",
        providers.MergeProvider.as_view(),
        name="merge_provider",
    ),
    path(
        "directory/provider-groups/<uuid:public_id>/",
        providers.ProviderGroupPage.as_view(),
        name="provider_group",
    ),
]
