from django.urls import path

from workflows.reactions import views

urlpatterns = [
    path(
        "ofsted-files/<uuid:public_id>/withdraw/",
        views.WithdrawOfstedFile.as_view(),
        name="withdraw_ofsted_file",
    ),
    path("issues/known/", views.KnownInadequate.as_view(), name="known_inadequate"),
    path("issues/known/<uuid:public_id>/open/", views.OpenKnown.as_view(), name="open_known"),
]
