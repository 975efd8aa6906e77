from django.urls import path

from inspections.scorecards import views

urlpatterns = [
    path("scorecards/", views.RegionPage.as_view(), name="scorecards"),
    path("scorecards/settings/<uuid:public_id>/", views.SettingProfile.as_view(), name="scorecard_setting"),
    path("scorecards/providers/<uuid:public_id>/", views.ProviderProfile.as_view(), name="scorecard_provider"),
]
