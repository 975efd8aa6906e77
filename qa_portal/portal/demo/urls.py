"""Included only in demo mode. Every name begins with `demo_`, so that a check can find one that got out."""

from django.urls import path

from qa_portal.portal.demo import views

urlpatterns = [
    path("", views.Front.as_view(), name="demo_front"),
    path("become/", views.Become.as_view(), name="demo_become"),
    path("tour/", views.Tour.as_view(), name="demo_tour"),
    path("clock/", views.DemoClock.as_view(), name="demo_clock"),
    path("mail/", views.Mails.as_view(), name="demo_mail"),
    path("mail/<str:key>/", views.OneMail.as_view(), name="demo_one_mail"),
    path("mail/<str:key>/invitation.ics", views.DemoInvitation.as_view(), name="demo_invitation"),
]
