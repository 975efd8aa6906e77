from django.urls import path

from providers.notifications import views

urlpatterns = [
    path("messages/", views.MessageList.as_view(), name="messages"),
    path("messages/<uuid:public_id>/", views.MessagePage.as_view(), name="message"),
    path(
        "messages/<uuid:public_id>/appointment.ics", views.CalendarEntry.as_view(), name="message_appointment"
    ),
    path("account/messages/", views.Preferences.as_view(), name="message_preferences"),
    path(
        "directory/settings/<uuid:public_id>/messages/",
        views.SettingMessages.as_view(),
        name="setting_messages",
    ),
    path("mail/", views.MailPage.as_view(), name="mail"),
    path("mail/try-again/", views.TryAgain.as_view(), name="try_all_mail_again"),
    path("mail/<uuid:public_id>/try-again/", views.TryAgain.as_view(), name="try_mail_again"),
]
