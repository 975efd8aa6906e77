from django.urls import path

from workflows.recorded_inspections import views

urlpatterns = [
    path(
        "settings/<uuid:public_id>/inspections/record/",
        views.RecordInspection.as_view(),
        name="record_inspection",
    ),
    path("inspections/<uuid:public_id>/", views.InspectionPage.as_view(), name="inspection"),
    path(
        "inspections/<uuid:public_id>/withdraw/",
        views.WithdrawInspection.as_view(),
        name="withdraw_inspection",
    ),
]
