from django.urls import path

from workflows.applications.views import applications, drafts, exclusion, exemptions, letters

OF_APPLICATION = "applications/<uuid:public_id>/"

urlpatterns = [
    path(
        "purchasing-systems/<uuid:public_id>/apply/",
        drafts.StartApplication.as_view(),
        name="start_application",
    ),
    path("applications/", applications.Applications.as_view(), name="applications"),
    path(OF_APPLICATION, applications.ApplicationPage.as_view(), name="application"),
    path(f"{OF_APPLICATION}lots/", drafts.ChooseLots.as_view(), name="application_lots"),
    path(f"{OF_APPLICATION}documents/", drafts.ApplicationDocuments.as_view(), name="application_documents"),
    path(
        f"{OF_APPLICATION}documents/<slug:kind>/upload/",
        drafts.UploadForApplication.as_view(),
        name="upload_for_application",
    ),
    path(f"{OF_APPLICATION}exclusion/", drafts.Declare.as_view(), name="application_declarations"),
    path(f"{OF_APPLICATION}exclusion/assess/", exclusion.AssessExclusion.as_view(), name="assess_exclusion"),
    path(f"{OF_APPLICATION}send/", drafts.CheckAndSend.as_view(), name="send_application"),
    path(f"{OF_APPLICATION}withdraw/", drafts.Withdraw.as_view(), name="withdraw_application"),
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
