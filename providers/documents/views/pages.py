"""Documents to read: the library, the page of one, and its contents."""

import logging
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import TemplateView, View
from django.views.generic.base import ContextMixin

from providers.documents import rules
from providers.documents.filters import DocumentFilter
from providers.documents.models import Document, DocumentReader
from providers.documents.quarantine import open_stored
from providers.documents.selectors import expiry_words, readers_of, same_contents
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.log import record_access
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.rules import Refused
from qa_portal.core.ui.lists import page_of

log = logging.getLogger("qa.documents")
LOST = "The contents of this document could not be found. Tell your administrator."
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class Library(PermissionMixin, TemplateView):
    """A provider's documents, used for every application, council and return."""

    permission = Permission.VIEW_DOCUMENTS
    template_name = "documents/library.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.scope.is_provider:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Document.objects.visible_to(user).library_of(user.scope.organisation_id)
        found = DocumentFilter(self.request.GET, own)
        page = page_of(self.request, found.qs)
        return super().get_context_data(
            filter=found,
            page_obj=page,
            documents=[(document, *expiry_words(document)) for document in page],
            has_documents=bool(page.object_list) or own.exists(),
            may_add=can(rules.check_can_add_to_library, user),
            **kwargs,
        )


class DocumentMixin(PermissionMixin, ContextMixin, View):
    """Pages below one document that the user may see; whoever `may_see` refuses finds no page."""

    permission = Permission.VIEW_DOCUMENTS
    may_see: Any = None  # `check(user, document)`, or None where whoever sees the document may open the page

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Document.objects.visible_to(request.user).with_names()
        self.document = get_object_or_404(visible, public_id=kwargs["public_id"])
        may_see = type(self).may_see
        if may_see and not can(may_see, request.user, self.document):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=self.document, **kwargs)


class DocumentPage(DocumentMixin, TemplateView):
    template_name = "documents/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, document = self.request.user, self.document
        readers = DocumentReader.objects.visible_to(user).filter(document=document)
        level, words = expiry_words(document)
        return super().get_context_data(
            own=document.organisation_id == user.scope.organisation_id,
            level=level,
            words=words,
            readers=readers_of(document, user),
            newer=Document.objects.visible_to(user).filter(replaces=document, removed_at=None).first(),
            same=same_contents(document, user),
            may_download=can(rules.check_is_served, document),
            may_remove=can(rules.check_can_remove, user, document),
            may_replace=can(rules.check_can_replace, user, document),
            may_mark=can(rules.check_can_mark, user, document),
            may_name=can(rules.check_can_name_readers, user, document),
            timeline=timeline(document, *readers, names=names_told_to(user)),
            **kwargs,
        )


class DownloadDocument(DocumentMixin, View):
    """Hand out the contents as a download only, and log who took them."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse | FileResponse:
        document = self.document
        try:
            rules.check_is_served(document)
            content = open_stored(document.stored_name)
        except Refused as refused:
            return self.not_served(refused.sentence)
        except FileNotFoundError:
            log.error("contents of document %s are not in storage", document.public_id)
            return self.not_served(LOST)
        record_access(
            by=request.user,
            item="document that identifies a child" if document.identifies_child else "document",
            item_id=document.public_id,
            purpose=AccessEvent.Purpose.DOWNLOADED,
        )
        return FileResponse(
            content,
            as_attachment=True,
            filename=document.filename,
            content_type=document.content_type,
            headers=SAFE_HEADERS,
        )

    def not_served(self, sentence: str) -> HttpResponse:
        context = {"document": self.document, "sentence": sentence}
        return render(self.request, "documents/not_served.html", context, status=422)
