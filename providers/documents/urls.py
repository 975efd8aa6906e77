from django.urls import path

from providers.documents.views import acting, reading

urlpatterns = [
    path("", reading.Library.as_view(), name="documents"),
    path("add/", acting.AddDocument.as_view(), name="add_document"),
    path("<uuid:public_id>/", reading.DocumentPage.as_view(), name="document"),
    path("<uuid:public_id>/download/", reading.DownloadDocument.as_view(), name="download_document"),
    path("<uuid:public_id>/replace/", acting.ReplaceDocument.as_view(), name="replace_document"),
    path("<uuid:public_id>/remove/", acting.RemoveContents.as_view(), name="remove_document"),
    path(
        "<uuid:public_id>/identifies-a-child/",
        acting.MarkIdentifiesChild.as_view(),
        name="mark_identifies_child",
    ),
    path("<uuid:public_id>/readers/", acting.NameReader.as_view(), name="name_document_reader"),
    path(
        "<uuid:public_id>/readers/<uuid:reader_id>/end/",
        acting.EndReader.as_view(),
        name="end_document_reader",
    ),
]
