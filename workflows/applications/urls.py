from django.urls import path

from workflows.applications.views import applications, applying, exclusion, exemptions, letters, systems

OF_SYSTEM, OF_APPLICATION = "purchasing-systems/<uuid:public_id>/", "applications/<uuid:public_id>/"

urlpatterns = [
    path("purchasing-systems/", systems.Systems.as_view(), name="purchasing_systems"),
    path("purchasing-systems/add/", systems.AddSystem.as_view(), name="add_purchasing_system"),
    path(OF_SYSTEM, systems.SystemPage.as_view(), name="purchasing_system"),
    path(f"{OF_SYSTEM}change/", systems.ChangeSystem.as_view(), name="change_purchasing_system"),
    path(f"{OF_SYSTEM}publish/", systems.PublishSystem.as_view(), name="publish_purchasing_system"),
    path(f"{OF_SYSTEM}conditions/", systems.SetConditions.as_view(), name="set_conditions"),
    path(f"{OF_SYSTEM}lots/add/", systems.AddLot.as_view(), name="add_lot"),
    path(f"{OF_SYSTEM}councils/add/", systems.LetTakePart.as_view(), name="add_participating_council"),
    path(f"{OF_SYSTEM}apply/", applying.StartApplication.as_view(), name="start_application"),
    path(
        "participating-councils/<int:pk>/end/",
        systems.EndTakingPart.as_view(),
        name="end_participating_council",
    ),
    path("lots/<uuid:public_id>/change/", systems.ChangeLot.as_view(), name="change_lot"),
    path("lots/<uuid:public_id>/documents/add/", systems.RequireDocument.as_view(), name="require_document"),
    path(
        "required-documents/<int:pk>/remove/", systems.StopRequiring.as_view(), name="stop_requiring_document"
    ),
    path("applications/", applications.Applications.as_view(), name="applications"),
    path(OF_APPLICATION, applications.ApplicationPage.as_view(), name="application"),
    path(f"{OF_APPLICATION}lots/", applying.ChooseLots.as_view(), name="application_lots"),
    path(
        f"{OF_APPLICATION}documents/", applying.ApplicationDocuments.as_view(), name="application_documents"
    ),
    path(
        f"{OF_APPLICATION}documents/<slug:kind>/upload/",
        applying.UploadForApplication.as_view(),
        name="upload_for_application",
    ),
    path(f"{OF_APPLICATION}exclusion/", applying.Declare.as_view(), name="application_declarations"),
    path(f"{OF_APPLICATION}exclusion/assess/", exclusion.AssessExclusion.as_view(), name="assess_exclusion"),
    path(f"{OF_APPLICATION}send/", applying.CheckAndSend.as_view(), name="send_application"),
    path(f"{OF_APPLICATION}withdraw/", applying.Withdraw.as_view(), name="withdraw_application"),
    path(
        "application-lots/<uuid:public_id>/exemption/",
        exemptions.AllowExemption.as_view(),
        name="allow_exemption",
    ),
    path("outcome-letters/<uuid:public_id>/", letters.OutcomeLetter.as_view(), name="outcome_letter"),
    path(
        "outcome-letters/<uuid:public_id>/letter.pdf",
        letters.OutcomeLetterPdf.as_view(),
        name="outcome_letter_pdf",
    ),
]
