from django.urls import path

from providers.contracts import views

urlpatterns = [
    path("", views.PlacingCounts.as_view(), name="placing_counts"),
    path("upload/", views.UploadPlacingCounts.as_view(), name="upload_placing_counts"),
    path("confirm/", views.ConfirmUse.as_view(), name="confirm_use"),
]
