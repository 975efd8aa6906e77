from django.urls import path

from providers.purchasing import views

OF_SYSTEM = "purchasing-systems/<uuid:public_id>/"

urlpatterns = [
    path("purchasing-systems/", views.Systems.as_view(), name="purchasing_systems"),
    path("purchasing-systems/add/", views.AddSystem.as_view(), name="add_purchasing_system"),
    path(OF_SYSTEM, views.SystemPage.as_view(), name="purchasing_system"),
    path(f"{OF_SYSTEM}change/", views.ChangeSystem.as_view(), name="change_purchasing_system"),
    path(f"{OF_SYSTEM}publish/", views.PublishSystem.as_view(), name="publish_purchasing_system"),
    path(f"{OF_SYSTEM}conditions/", views.SetConditions.as_view(), name="set_conditions"),
    path(f"{OF_SYSTEM}lots/add/", views.AddLot.as_view(), name="add_lot"),
    path(f"{OF_SYSTEM}councils/add/", views.AddParticipant.as_view(), name="add_participating_council"),
    path(
        "participating-councils/<int:pk>/end/",
        views.EndParticipation.as_view(),
        name="end_participating_council",
    ),
    path("lots/<uuid:public_id>/change/", views.ChangeLot.as_view(), name="change_lot"),
    path("lots/<uuid:public_id>/documents/add/", views.RequireDocument.as_view(), name="require_document"),
    path(
        "required-documents/<int:pk>/remove/", views.StopRequiring.as_view(), name="stop_requiring_document"
    ),
]
