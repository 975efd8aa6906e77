from django.urls import include, path

urlpatterns = [
    path("", include("qa_portal.portal.urls")),
    path("", include("workflows.urls")),
    path("", include("inspections.question_sets.urls")),
    path("", include("inspections.actions.urls")),
    path("", include("inspections.scorecards.urls")),
    path("", include("providers.purchasing.urls")),
    path("ofsted-files/", include("inspections.ofsted.urls")),
    path("placing-counts/", include("providers.contracts.urls")),
    path("", include("providers.people.urls")),
    path("", include("providers.notifications.urls")),
    path("account/", include("providers.people.sign_in_urls")),
    path("documents/", include("providers.documents.urls")),
]

handler400 = "qa_portal.core.ui.errors.bad_request"
handler403 = "qa_portal.core.ui.errors.permission_denied"
handler404 = "qa_portal.core.ui.errors.not_found"
handler500 = "qa_portal.core.ui.errors.server_error"
