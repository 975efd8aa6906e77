from django.urls import path

from providers.documents.views import changes, pages

urlpatterns = [
    path("", pages.Library.as_view(), name="documents"),
    path("add/", changes.AddDocument.as_view(), name="add_document"),
    path("<uuid:public_id>/", pages.DocumentPage.as_view(), name="document"),
    path("<uuid:public_id>/download/", pages.DownloadDocument.as_view(), name="download_document"),
    path("<uuid:public_id>/replace/", changes.ReplaceDocument.as_view(), name="replace_document"),
    path("<uuid:public_id>/remove/", changes.RemoveContents.as_view(), name="remove_document"),
    path(
        "<uuid:public_id>/identifies-a-child/",
        changes.MarkIdentifiesChild.as_view(),
        name="mark_identifies_child",
    ),
    path("<uuid:public_id>/readers/", changes.NameReader.as_view(), name="name_document_reader"),
    path(
        "<uuid:public_id>/readers/<uuid:reader_id>/end/",
        changes.EndReader.as_view(),
        name="end_document_reader",
    ),
]
