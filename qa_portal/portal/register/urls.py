from django.urls import path

from qa_portal.portal.register.views import lists, providers, setting_steps, settings

urlpatterns = [
    path("register/", lists.Register.as_view(), name="register"),
    path("register/register.csv", lists.RegisterCsv.as_view(), name="register_csv"),
    path("register/register.xlsx", lists.RegisterXlsx.as_view(), name="register_xlsx"),
    path("settings/<uuid:public_id>/", settings.SettingPage.as_view(), name="setting"),
    path(
        "settings/<uuid:public_id>/details/",
        setting_steps.ChangeWorkingDetails.as_view(),
        name="change_working_details",
    ),
    path("settings/<uuid:public_id>/contact/", setting_steps.SetContact.as_view(), name="set_contact"),
    path("settings/<uuid:public_id>/note/", setting_steps.AddContactNote.as_view(), name="add_contact_note"),
    path("settings/<uuid:public_id>/premises/", setting_steps.AddPremises.as_view(), name="add_premises"),
    path(
        "settings/<uuid:public_id>/children/",
        setting_steps.RecordPlacingCount.as_view(),
        name="record_placing_count",
    ),
    path("contacts/<uuid:public_id>/end/", setting_steps.EndContact.as_view(), name="end_contact"),
    path("premises/<uuid:public_id>/end/", setting_steps.EndPremises.as_view(), name="end_premises"),
    path("providers/<uuid:public_id>/", providers.ProviderPage.as_view(), name="provider"),
    path("providers/<uuid:public_id>/merge/", providers.MergeProvider.as_view(), name="merge_provider"),
    path("provider-groups/<uuid:public_id>/", providers.ProviderGroupPage.as_view(), name="provider_group"),
]
